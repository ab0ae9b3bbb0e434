/** Handlebars layouts, the stylesheet and the scripts: the program's own, replaced file by file by a report's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Handlebars from 'handlebars/runtime.js';
import { messageOf } from '../shared/message-of.js';
import { sha256 } from '../shared/hash.js';
import type { Allowed } from '../shared/allowed.js';
import { decodeText } from '../shared/decode.js';
import { once } from '../shared/lazy.js';
import type { Problem } from '../shared/problem.js';
import { compiledFile, programFolder } from '../shared/program-folder.js';
import type { FileKind, ReportFiles } from '../source/report.js';
import { cleanImage } from '../svg/image.js';
import { type Font, loadFonts } from './fonts.js';
import { percentRules } from './percent-width.js';
import { checkStylesheet } from './stylesheet.js';

/** By what they are for. */
type ScriptName =
  | ('page' | 'theme' | 'search' | 'figure' | 'pointing' | 'fields' | 'drag' | 'vega' | 'root' | 'tabs')
  | ('lab' | 'labEngine' | 'labExports')
  | ('verify' | 'verifyEngine');

export interface Templates {
  /** A page from its data; content reaches a template only as data, escaped unless it is SafeHtml. */
  readonly page: (data: object) => string | Problem;
  /** The content of a page that no author wrote, by the template's name. */
  readonly part: (name: 'experiments' | 'provenance' | 'missing', data: object) => string | Problem;
  readonly css: string;
  /** Of open labs. */
  readonly labCss: string;
  readonly icon: string;
  /** For the browser; classic scripts, because modules do not load from file://. */
  readonly scripts: Readonly<Record<ScriptName, string>>;
  readonly fonts: readonly Font[];
  readonly problems: readonly Problem[];
  /** What templates have logged since they were loaded, as warnings. */
  readonly logged: () => readonly Problem[];
  /** Of the report's own, by their names. */
  readonly own: ReadonlyMap<string, string>;
  /** Of all that pages are laid out with. */
  readonly digest: string;
}

const require = createRequire(import.meta.url);

/**
 * Loads the templates for a report. `icon.svg` of its templates/ folder replaces ours, and with `trust` so do `.hbs` files
 * of the same name, which may write anything into a page; its theme.css comes after our stylesheet.
 */
export function loadTemplates(report: ReportFiles, { trust }: Pick<Allowed, 'trust'>): Templates {
  const own = join(programFolder, 'templates');
  const unread: Problem[] = [];
  const theirs = ownFiles(report, trust, unread);
  const files = new Map([...templatesIn(own), ...theirs.templates]);
  const digest = sha256(JSON.stringify([...files]));
  if (latest?.digest !== digest) latest = { digest, ...compile(files) };
  const { render, problems, logged } = latest;
  const text = (...path: string[]): string => readFileSync(join(...path), 'utf8');
  const script = (name: string): string => text(programFolder, 'dist', 'client', `${name}.js`);
  return {
    page: (data) => render('page', data),
    part: render,
    css:
      percentRules() +
      // Of templates/*.css, when the program is compiled.
      text(programFolder, 'dist', 'style.css') +
      (theirs.theme ?? ''),
    labCss: text(programFolder, 'dist', 'lab.css'),
    icon: theirs.icon ?? text(own, 'icon.svg'),
    scripts: {
      page: script('page'),
      theme: script('theme'),
      search: script('search'),
      figure: script('figure'),
      pointing: script('pointing'),
      fields: script('fields'),
      drag: script('drag'),
      vega: script('vega'),
      root: script('root'),
      tabs: script('tabs'),
      lab: script('lab'),
      labEngine: script('lab-engine'),
      labExports: script('lab-exports'),
      verify: script('verify'),
      verifyEngine: script('verify-engine'),
    },
    fonts: loadFonts(),
    problems: [...unread, ...problems],
    logged,
    own: new Map(theirs.templates),
    digest,
  };
}

function templatesIn(folder: string): [string, string][] {
  const names = readdirSync(folder).sort();
  return names.filter((name) => name.endsWith('.hbs')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** What a report brings of its own, as far as it may; the rest becomes problems. */
interface OwnFiles {
  readonly templates: readonly (readonly [string, string])[];
  readonly theme: string | undefined;
  readonly icon: string | undefined;
}

function ownFiles(report: ReportFiles, trust: boolean, problems: Problem[]): OwnFiles {
  const refuse = (file: string, why: string): void => {
    problems.push({
      place: { file, line: 1, column: 1 },
      rule: 'unreadable-file',
      message: `${file} cannot be read: ${why}`,
      hint: 'mend or remove it',
    });
  };
  const text = (file: string, kind: FileKind): string | undefined => {
    const bytes = report.read(file, kind);
    if ('refused' in bytes) {
      if (bytes.isAbsent !== true) refuse(file, bytes.refused);
      return undefined;
    }
    const decoded = decodeText(file, bytes);
    if ('text' in decoded) return decoded.text;
    problems.push(decoded.problem);
    return undefined;
  };
  const listed = report.names(folder);
  const names = 'refused' in listed ? [] : listed.filter((name) => name.endsWith('.hbs'));
  if ('refused' in listed) refuse(folder, listed.refused);
  if (names[0] !== undefined && !trust) {
    problems.push({
      place: { file: `${folder}/${names[0]}`, line: 1, column: 1 },
      rule: 'untrusted-template',
      message: `templates of a report can put scripts on its pages; ${names.length === 1 ? 'this one is' : `these ${names.length} are`} not used`,
      hint: 'add --trust if this report is your own',
      severity: 'warning',
    });
  }
  const templates = (trust ? names : []).flatMap((name): [string, string][] => {
    const content = text(`${folder}/${name}`, 'template');
    return content === undefined ? [] : [[name, content]];
  });
  const theme = text('theme.css', 'stylesheet');
  if (theme !== undefined) problems.push(...checkStylesheet('theme.css', theme));
  const picture = text(icon, 'icon');
  return { templates, theme, icon: picture === undefined ? undefined : cleanIcon(picture, problems) };
}

function cleanIcon(text: string, problems: Problem[]): string | undefined {
  const cleaned = cleanImage(text);
  const refused = 'refused' in cleaned ? cleaned.refused : undefined;
  const leftOut = 'refused' in cleaned ? [] : cleaned.leftOut;
  if (refused !== undefined || leftOut.length > 0) {
    problems.push({
      place: { file: icon, line: 1, column: 1 },
      rule: 'cleaned-picture',
      message: refused ?? `it is published without ${leftOut.join(', ')}, which no picture of a page may have`,
      hint: 'save it as a plain SVG',
      ...(refused === undefined && { severity: 'warning' }),
    });
  }
  return 'refused' in cleaned ? undefined : cleaned.svg;
}

/** Of a report's own templates. */
const folder = 'templates';
const icon = `${folder}/icon.svg`;

interface Compiled {
  readonly render: (name: string, data: object) => string | Problem;
  readonly problems: readonly Problem[];
  readonly logged: () => readonly Problem[];
}

/** Of the last report: one that is built again and again has the same templates each time. */
let latest: (Compiled & { readonly digest: string }) | undefined;

/** Handlebars' own form of a compiled template. */
type Specification = Parameters<typeof Handlebars.template>[0];

/** Of the program's own templates, by the SHA-256 of their text; `npm run compile` makes it. */
const compiledBefore = once((): Readonly<Record<string, Specification>> => {
  const file = compiledFile('templates.cjs');
  return existsSync(file) ? (require(file) as Readonly<Record<string, Specification>>) : {};
});

type Template = Handlebars.TemplateDelegate<object>;

/** Of ours, what writes nothing but the value that it is given, which many pages show. */
const lineTemplate = 'contents-entry.hbs';

/** Templates by the names of their files. */
function compile(files: ReadonlyMap<string, string>): Compiled {
  const known = compiledBefore();
  const specifications = new Map([...files].map(([name, text]) => [name, known[sha256(text)]]));
  // The compiler takes longer to load than all pages to lay out: only a template of a report's own needs it.
  const isKnown = [...specifications.values()].every((specification) => specification !== undefined);
  const handlebars = (isKnown ? Handlebars : (require('handlebars') as typeof Handlebars)).create();
  const problems: Problem[] = [];
  const lines = new Set<string>();
  // Handlebars' own writes to the console whatever it is given.
  handlebars.registerHelper('log', (...said: unknown[]) => {
    lines.add(said.slice(0, -1).map(String).join(' '));
  });
  const logged = (): Problem[] =>
    [...lines].map((line) => ({
      rule: 'template-log',
      message: `a template says: ${line}`,
      hint: 'leave its {{log}} out when it is as it should be',
      severity: 'warning',
    }));
  const templates = new Map<string, Template>();
  for (const [name, text] of files) {
    try {
      const specification = specifications.get(name);
      const template: Template =
        specification === undefined
          ? handlebars.compile<object>(handlebars.parse(text), { strict: true })
          : handlebars.template<object>(specification);
      templates.set(name, template);
      const partial = name === lineTemplate && specification !== undefined ? onceForEach(template) : template;
      handlebars.registerPartial(name.replace(/\.hbs$/, ''), namingItself(name, partial));
    } catch (error) {
      problems.push(broken(name, error));
    }
  }
  const render = (name: string, data: object): string | Problem => {
    try {
      return templates.get(`${name}.hbs`)?.(data) ?? '';
    } catch (error) {
      return error instanceof PartialError ? broken(error.file, error.cause) : broken(`${name}.hbs`, error);
    }
  };
  return { render, problems, logged };
}

/** An error in a template that another one takes in. */
class PartialError extends Error {
  constructor(
    readonly file: string,
    override readonly cause: unknown,
  ) {
    super(`${file} failed`);
  }
}

/** The same template, whose errors say in which file they are: Handlebars names none. */
function namingItself(file: string, template: Template): Template {
  return (value, options) => {
    try {
      return template(value, options);
    } catch (error) {
      throw error instanceof PartialError ? error : new PartialError(file, error);
    }
  };
}

/** Writes the same value once, however many pages show it: the contents of each of many pages lists all of them. */
function onceForEach(template: Template): Template {
  const written = new WeakMap<object, string>();
  return (value, options) => {
    let text = written.get(value);
    text ??= template(value, options);
    written.set(value, text);
    return text;
  };
}

function broken(name: string, error: unknown): Problem {
  const message = messageOf(error);
  const line = Number(/line (\d+)|- (\d+):\d+/.exec(message)?.slice(1).find(Boolean) ?? 1);
  return {
    place: { file: `templates/${name}`, line, column: 1 },
    rule: 'broken-template',
    message: `this template cannot be used: ${message.split('\n')[0] ?? message}`,
    hint: 'mend it, or remove it to use the built-in one',
  };
}
