/**
 * What files of a report may be published, and as what. Whatever is published belongs to the site: where a browser opens it
 * as a page, or a host runs it or takes it for its settings, it acts in the site's name. So only kinds that cannot act are.
 */
import { posix } from 'node:path';
import { cleanImage } from '../svg/image.js';

const words = (text: string): string[] => text.split(' ');

/** Published as they are. */
const harmless = new Set([
  ...words('png jpg jpeg gif webp avif apng bmp ico tif tiff'),
  ...words('mp4 m4v webm mov ogv mp3 m4a wav ogg oga flac'),
  ...words('pdf txt log bib ris csv tsv json jsonl ndjson geojson ipynb'),
  ...words(
    'npy npz mat h5 hdf5 nc fits parquet feather arrow avro safetensors onnx gguf sqlite db xlsx ods docx odt pptx odp',
  ),
  ...words('zip tar gz tgz bz2 xz zst 7z woff woff2 ttf otf srt vtt'),
]);

/** Source code and other text, published as text under a name that no host runs. */
const source = new Set([
  ...words(
    'py pyi pyx r rmd qmd jl m c h cc cpp cxx hpp cu cuh rs go java kt scala swift cs fs vb f f90 f95 hs ml mli',
  ),
  ...words('ex exs erl clj lisp scm el lua pl pm rb sh bash zsh fish ps1 bat awk sed sql tex sty cls bst rst org adoc'),
  ...words(
    'yaml yml toml ini cfg conf xml diff patch ts tsx cmake make mk gradle proto stan bugs nf smk wgsl glsl hlsl metal',
  ),
]);

/** In the middle of a name, too, some hosts go by these: "page.html.gz" is a page there. */
const acting = new Set([
  ...words('html htm xhtml xht shtml shtm mhtml svg svgz js mjs cjs css wasm swf xsl xslt'),
  ...words('php php3 php4 php5 php7 php8 phps phtml phar cgi fcgi pl py rb asp aspx ashx asmx jsp jspx cfm lua'),
]);

/** Names that hosts and crawlers take for their settings, wherever they look for them. */
const settings = new Set(
  words(
    'cname robots.txt ads.txt app-ads.txt sellers.json vercel.json now.json firebase.json staticwebapp.config.json manifest.json composer.json package.json web.config netlify.toml wrangler.toml render.yaml',
  ),
);

export interface Published {
  /** In the site. */
  readonly address: string;
  readonly content: Uint8Array | string;
  /** What was left out of it that someone may miss. */
  readonly leftOut?: readonly string[];
}

/** Why not, and what to do. */
export interface Unpublished {
  readonly refused: string;
  readonly hint: string;
}

/** A file of the report as the site may have it. */
export function publishable(path: string, bytes: Uint8Array): Published | Unpublished {
  const file = posix.basename(path);
  const [stem = '', ...extensions] = file.toLowerCase().split('.');
  const extension = extensions.at(-1) ?? '';
  if (file.startsWith('_') || settings.has(file.toLowerCase()))
    return {
      refused: `hosts take a file called "${file}" for their settings`,
      hint: 'rename it, or put it into an archive',
    };
  if (/[\u0000-\u001f\u007f<>:"|?*\\]|[. ]$/.test(path))
    return { refused: 'not every system has such a name', hint: 'rename it' };
  const inner = extensions.slice(0, -1).find((one) => acting.has(one));
  if (inner !== undefined)
    return {
      refused: `some hosts take it for a .${inner} file`,
      hint: `rename it without ".${inner}", or put it into an archive`,
    };
  if (extension === 'svg') return picture(path, bytes);
  if (harmless.has(extension)) return { address: path, content: bytes };
  const isBare = extensions.length === 0 && ['makefile', 'dockerfile', 'license', 'readme'].includes(stem);
  if (source.has(extension) || isBare) return { address: asText(path, isBare), content: bytes };
  return {
    refused:
      extension === ''
        ? 'its name does not say what it is'
        : `.${extension} files can act in a site's name, or are of no known kind`,
    hint: 'put it into a .zip archive and link to that, or name another file',
  };
}

/** "code/train.py" as "code/train-py.txt". */
function asText(path: string, isBare: boolean): string {
  return `${isBare ? path : path.replace(/\.([^.]*)$/, '-$1')}.txt`;
}

function picture(path: string, bytes: Uint8Array): Published | Unpublished {
  const hint = 'save it as a plain SVG or as a PNG';
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { refused: 'it is not UTF-8', hint };
  }
  const cleaned = cleanImage(text);
  if ('refused' in cleaned) return { refused: `as an SVG picture, ${cleaned.refused}`, hint };
  return { address: path, content: cleaned.svg, ...(cleaned.leftOut.length > 0 && { leftOut: cleaned.leftOut }) };
}
