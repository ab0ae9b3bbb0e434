/** Handlebars layouts, the stylesheet and the scripts: the program's own, replaced file by file by a report's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { sha256 } from '../hash.js';
import type { Problem } from '../problem.js';
import { programFolder } from '../program-folder.js';

export interface Font {
  readonly name: string;
  readonly content: Uint8Array;
  /** Which pages show it at once, and ask for it as early as for their style. */
  readonly first: 'on every page' | 'with formulas' | 'never';
}

export interface Templates {
  /** A page from its data; content reaches a template only as data, escaped unless it is SafeHtml. */
  readonly page: (data: object) => string | Problem;
  /** The content of a page that no author wrote, by the template's name. */
  readonly part: (name: 'experiments' | 'provenance' | 'missing', data: object) => string | Problem;
  readonly css: string;
  readonly icon: string;
  /** For the browser; classic scripts, because modules do not load from file://. */
  readonly scripts: Readonly<Record<'page' | 'theme' | 'search' | 'figure' | 'vega', string>>;
  readonly fonts: readonly Font[];
  readonly problems: readonly Problem[];
  /** Of all that pages are laid out with. */
  readonly digest: string;
}

const require = createRequire(import.meta.url);
/** Where the fonts of every site are on this machine; without a path, a font is not installed. */
export function installedFonts(): { readonly name: string; readonly path: string | undefined }[] {
  return fontFiles.map((file) => {
    const name = file.replace(/^.*\//, '');
    try {
      return { name, path: require.resolve(file) };
    } catch {
      return { name, path: undefined };
    }
  });
}

/** The name of the font of formulas in a site, and of the part of it that the site's own formulas need. */
export const wholeMathFontFile = 'stix-two-math-latin-400-normal.woff2';
export const mathFontFile = 'stix-two-math-used.woff';
const wholeMathFont = `@fontsource/stix-two-math/files/${wholeMathFontFile}`;

const fontFiles = [
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  // Names such as Drmač and Łukasz; a browser asks for them only where one stands.
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2',
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-italic.woff2',
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
  wholeMathFont,
];

/**
 * Loads the templates for a report. `.hbs` files and `icon.svg` of its templates/ folder replace ours of the same name;
 * its theme.css comes after our stylesheet.
 */
export function loadTemplates(reportFolder: string): Templates {
  const own = join(programFolder, 'templates');
  const theirs = join(reportFolder, 'templates');
  const files = new Map<string, string>();
  for (const folder of [own, theirs]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith('.hbs')) files.set(name, readFileSync(join(folder, name), 'utf8'));
    }
  }
  const digest = sha256(JSON.stringify([...files]));
  if (latest?.digest !== digest) latest = { digest, ...compile(files) };
  const { render, problems } = latest;
  const text = (...path: string[]): string => readFileSync(join(...path), 'utf8');
  const theme = join(reportFolder, 'theme.css');
  const icon = join(theirs, 'icon.svg');
  const script = (name: string): string => text(programFolder, 'dist', 'client', `${name}.js`);
  return {
    page: (data) => render('page', data),
    part: render,
    css:
      text(own, 'style.css') +
      text(own, 'math.css') +
      text(own, 'figures.css') +
      (existsSync(theme) ? text(theme) : ''),
    icon: existsSync(icon) ? text(icon) : text(own, 'icon.svg'),
    scripts: {
      page: script('page'),
      theme: script('theme'),
      search: script('search'),
      figure: script('figure'),
      vega: script('vega'),
    },
    fonts: [
      ...fontFiles.map(
        (file): Font => ({
          name: file.replace(/^.*\//, ''),
          content: readFileSync(require.resolve(file)),
          first: /(?:serif-4|inter)-latin-wght-normal/.test(file) ? 'on every page' : 'never',
        }),
      ),
      // A build cuts it down when it knows all formulas.
      { name: mathFontFile, content: readFileSync(require.resolve(wholeMathFont)), first: 'with formulas' },
    ],
    problems,
    digest,
  };
}

interface Compiled {
  readonly render: (name: string, data: object) => string | Problem;
  readonly problems: readonly Problem[];
}

/** Of the last report: one that is built again and again has the same templates each time. */
let latest: (Compiled & { readonly digest: string }) | undefined;

/** Templates by the names of their files, each compiled when it is first needed. */
function compile(files: ReadonlyMap<string, string>): Compiled {
  const handlebars = Handlebars.create();
  const problems: Problem[] = [];
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  for (const [name, text] of files) {
    try {
      const template = handlebars.compile(Handlebars.parse(text), { strict: true });
      templates.set(name, template);
      handlebars.registerPartial(name.replace(/\.hbs$/, ''), template);
    } catch (error) {
      problems.push(broken(name, error));
    }
  }
  const render = (name: string, data: object): string | Problem => {
    try {
      return templates.get(`${name}.hbs`)?.(data) ?? '';
    } catch (error) {
      return broken(`${name}.hbs`, error);
    }
  };
  return { render, problems };
}

function broken(name: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const line = Number(/line (\d+)|- (\d+):\d+/.exec(message)?.slice(1).find(Boolean) ?? 1);
  return {
    place: { file: `templates/${name}`, line, column: 1 },
    rule: 'broken-template',
    message: `this template cannot be used: ${message.split('\n')[0] ?? message}`,
    hint: 'mend it, or remove it to use the built-in one',
  };
}
