/** What a neighbour means by code, images and formulas that we read as something else. */
import type { Code, Image, InlineCode, Nodes } from 'mdast';
import { otherNames } from '../../shared/other-names.js';
import { adviceAbout, nameElsewhere } from '../../shared/suggest.js';
import { directiveInstead } from './myst.js';
import type { Attributes } from '../markdown/syntax.js';

/** Something said of a part of the page's text, from an offset to another. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string;
}

/** What there is to say of a node; `text` is the page's, `kinds` are the kinds of directives. */
export function findingsOf(node: Nodes, text: string, kinds: readonly string[]): Finding[] {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  const written = text.slice(start, end);
  const whole = (message: string, hint: string): Finding[] => [{ start, end, message, hint }];
  switch (node.type) {
    case 'image':
      return imageAttributes(node, written, end);
    case 'link': {
      const attributes = node.data?.attributes;
      const at = written.lastIndexOf('{');
      if (attributes === undefined || at < 0) return [];
      const { classes, values } = attributes;
      if ([...classes, ...Object.keys(values)].every((name) => ofLinks.has(name))) return [];
      return [{ start: start + at, end, message: `a link has no ${written.slice(at)} here`, hint: 'leave it out' }];
    }
    case 'heading': {
      const attributes = node.data?.attributes;
      const classes = attributes?.classes.filter((name) => !headingClasses.has(name)) ?? [];
      const dropped = [...classes, ...Object.keys(attributes?.values ?? {})];
      if (dropped.length === 0) return [];
      const braces = written.slice(written.lastIndexOf('{'));
      const from = end - braces.length;
      return [{ start: from, end, message: `a heading has no ${braces} here`, hint: headingInstead(attributes?.id) }];
    }
    case 'inlineMath':
    case 'math': {
      const number = /`=\s[^`\n]+`/.exec(node.value)?.[0];
      if (number === undefined) return [];
      const at = start + Math.max(0, written.indexOf(number));
      const message = 'a number in a formula is not computed';
      const hint = `end the formula before it: $…$ ${number}`;
      return [{ start: at, end: at + number.length, message, hint }];
    }
    case 'inlineCode': {
      // A number in the text has a blank after its equals sign.
      const glued = /^=\{?([A-Za-z][\w-]*(?:\[[^\]]*\])?\.[\w.-]+(?: [^}]*)?)\}?$/.exec(node.value)?.[1];
      if (glued !== undefined) return whole('this is code, and no number of a result', `write \`= ${glued}\``);
      const expression = evaluated(node, written);
      if (expression === undefined) return [];
      return whole('a report runs no code in its text', numberInstead(expression));
    }
    case 'span': {
      const other = Object.keys(node.attributes.values).find((name) => name !== 'lang' && name !== 'dir');
      if (other === undefined) return [];
      const at = start + Math.max(0, written.lastIndexOf('{'));
      return [
        {
          start: at,
          end,
          message: `words have no "${other}" here`,
          hint: 'leave it out: words have .class, lang and dir',
        },
      ];
    }
    case 'code':
      return kinds.includes(node.lang ?? '') ? cellOptions(node, text, start) : chunk(node, written, start, kinds);
    default:
      return [];
  }
}

/** What changes nothing of a link: how it is opened, and what it looks like elsewhere. */
const ofLinks = new Set(['uri', 'email', 'external', 'target', 'rel']);

/** What a heading may be besides: without a number; out of the contents; of tabs the one that is shown first. */
const headingClasses = new Set(['unnumbered', 'unlisted', 'active']);

function headingInstead(id: string | undefined): string {
  return id === undefined ? 'leave it out' : `write {#${id}}`;
}

/** The last three concern paper alone. */
const imageValues = new Set(['alt', 'fig-alt', 'fig-cap', 'fig-align', 'fig-pos', 'fig-env', 'fig-scap']);
const sizes = {
  width: /^\d{1,5}(?:\.\d+)?(?:px|in|cm|mm|pt|pc|%)?$/,
  height: /^\d{1,5}(?:\.\d+)?(?:px|in|cm|mm|pt|pc)?$/,
};

function imageAttributes({ data }: Image, written: string, end: number): Finding[] {
  const attributes = data?.attributes;
  if (attributes === undefined) return [];
  const braces = written.slice(written.lastIndexOf('{'));
  const start = end - braces.length;
  for (const [name, value] of Object.entries(attributes.values)) {
    const sized = name === 'width' || name === 'height';
    if (sized ? sizes[name].test(value) : imageValues.has(name)) continue;
    const message = sized
      ? `an image cannot be ${value} ${name === 'width' ? 'wide' : 'high'} here`
      : `an image has no "${name}" here`;
    const hint = sized
      ? `write ${name}=400, in CSS pixels${name === 'width' ? ', or a share of the text such as width=50%' : ''}`
      : 'leave it out: an image has alt, width, height and .wide';
    return [{ start, end, message, hint }];
  }
  const other = attributes.classes.find((name) => name !== 'wide');
  if (other === undefined) return [];
  return [
    {
      start,
      end,
      message: `an image has no .${other} here`,
      hint: 'leave it out: an image has alt, width, height and .wide',
    },
  ];
}

/** The expression of `` `{python} x` `` or `` `r x` ``; blanks inside the backticks make it code to be shown. */
function evaluated({ value }: InlineCode, written: string): string | undefined {
  if (/^`+ /.test(written)) return undefined;
  const braced = /^\{(?:python|r|julia|ojs|eval|jl|py)\}\s+(.+)$/s.exec(value)?.[1];
  return braced ?? /^r ([A-Za-z.][\w.$]*(?:\(.*\)|\[.*\]|[$.][\w.]+))$/s.exec(value)?.[1];
}

/** An expression of Python or R as a number in the text, as far as it can be told. */
function numberInstead(expression: string): string {
  const path = /([A-Za-z]\w*)(?:\$([A-Za-z][\w.]*)|\.([A-Za-z]\w*))/.exec(expression);
  const format = /:(\.\d+[fge%])|round\(.*?,\s*(?:digits\s*=\s*)?(\d+)\)/.exec(expression);
  const digits = format?.[1] ?? (format?.[2] === undefined ? undefined : `.${format[2]}f`);
  if (path === null) return 'write the number of a result: `= id.name .3f`';
  const [, id = '', ofR, ofPython = ''] = path;
  const name = ofR ?? ofPython;
  return `write \`= ${id}.${name.replace(/[_.]/g, '-')}${digits === undefined ? '' : ` ${digits}`}\``;
}

/** What code may say in braces. Numbered lines are shown as others. */
const ofCode = new Set(['lst-cap', 'filename', 'title', 'numberLines', 'number-lines', 'line-numbers', 'startFrom']);

function attributesOfCode({ classes, values }: Attributes, written: string, start: number): Finding[] {
  const line = written.split('\n', 1)[0] ?? '';
  return [...classes, ...Object.keys(values)].flatMap((name): Finding[] => {
    const at = line.indexOf(name);
    if (ofCode.has(name) || at < 0) return [];
    const message = `code has no "${name}" here`;
    const hint = 'leave it out: code has a language, a label, lst-cap and filename';
    return [{ start: start + at, end: start + at + name.length, message, hint }];
  });
}

/** A fence such as ```{python} or ```{note}. */
function chunk({ lang, meta, data }: Code, written: string, start: number, kinds: readonly string[]): Finding[] {
  if (data?.attributes !== undefined) return attributesOfCode(data.attributes, written, start);
  const braced = /^\{\s*([.=]?)([A-Za-z][\w:+-]*)/.exec(`${lang ?? ''} ${meta ?? ''}`);
  if (braced === null) return [];
  const [, mark = '', name = ''] = braced;
  const line = written.split('\n', 1)[0] ?? '';
  const at = line.indexOf('{');
  const argument = line.slice(at).replace(/^\{[^}]*\}?\s*/, '');
  const found = (message: string, hint: string): Finding[] => [{ start, end: start + line.length, message, hint }];
  // A kind in braces is a problem of its own, unless it is MyST's, with a file or a caption.
  const isKind = kinds.includes(name);
  const bare = lang === `{${name}` || lang === `{${name}}`;
  if (isKind && bare && (argument === '' || argument.startsWith('#'))) return [];
  if (mark === '.') {
    const title = /(?:filename|title|name)="([^"]*)"/.exec(line)?.[1];
    return found(
      'attributes of code are not read here',
      `write \`\`\`${name}${title === undefined ? '' : ` title="${title}"`}`,
    );
  }
  if (mark === '=') return found(`a block of raw ${name} is not published as it is`, 'write Markdown');
  if (languages.has(name.toLowerCase())) {
    const shown = name.toLowerCase();
    return found(
      `a report runs no code: this ${name} is shown as it is`,
      `write \`\`\`${shown} to show it, and a directive such as train for what it computes`,
    );
  }
  if (isKind && !bare)
    return found(`"${line.slice(at)}" is not how a directive is written`, `write \`\`\`${name} #name`);
  return found(`"{${name}}" is not how a block is written here`, directiveInstead(name, argument));
}

const languages = new Set([
  ...['python', 'r', 'julia', 'ojs', 'mermaid', 'dot', 'bash', 'sh', 'sql', 'js', 'javascript', 'rust', 'cpp', 'stan'],
  ...['observable', 'pyodide', 'webr', 'webr-r', 'tikz', 'matlab', 'octave', 'ipython', 'ipython3', 'jupyter-execute'],
]);

/** Lines such as `#| fig-cap: The fit` in a directive's body: YAML takes them for comments. */
function cellOptions(node: Code, text: string, start: number): Finding[] {
  if (!node.value.includes('#|')) return [];
  const kind = node.lang ?? '';
  const written = text.slice(start, node.position?.end.offset);
  return [...written.matchAll(/(?<=^[ \t>]*)#\|[ \t]*([\w.-]+)[ \t]*:[ \t]*([^\n]*)$/gm)].map((match): Finding => {
    const [line, name = '', value = ''] = match;
    const option = nameElsewhere(name, otherNames[kind]?.options ?? {}) ?? name;
    const advice = name === 'label' ? `write it after the kind: \`\`\`${kind} #${value}` : adviceAbout(kind, name);
    return {
      start: start + match.index,
      end: start + match.index + line.length,
      message: 'a line that starts with #| is a comment here',
      hint: advice ?? `write it as an option: ${option}: ${value}`,
    };
  });
}
