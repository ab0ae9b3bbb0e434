/** Quarto's, Pandoc's and R Markdown's. */
import { dictionary } from '../../shared/dictionary.js';
import { codeMark, type Neighbour, otherMark } from './neighbour.js';

const shortcodes = dictionary<string>({
  include: 'put it on a line of its own, with a Markdown file of the report',
  embed: 'write a figure directive that shows the result',
  video: 'write a link to the video: [its title](https://…)',
  youtube: 'write a link to the video: [its title](https://…)',
  figure: 'write ![Its caption](file.png){#fig-name}',
  ref: 'write a link to the page: [its title](page.md)',
  relref: 'write a link to the page: [its title](page.md)',
  highlight: 'write a fenced block: ```python',
  meta: 'write it out; a computed number is `= id.name`',
  var: 'write it out; a computed number is `= id.name`',
  env: 'write it out',
});

export const quarto: readonly Neighbour[] = [
  {
    sign: '{{',
    pattern: /\{\{[<%]\s*\/?\s*([\w-]+)?[^\n]{0,300}?[>%]\}\}/g,
    say: ([written, name = '']) =>
      // It concerns paper alone, and is no part of the page.
      name === 'pagebreak'
        ? undefined
        : {
            message: `"${written}" is a shortcode, which is not read here`,
            hint: shortcodes[name] ?? 'leave it out',
          },
  },
  {
    sign: 'Table:',
    pattern: /^ {0,3}Table:[ \t]+(\S[^\n{]{0,400})(\{#[^{}\n]{1,100}\})?[ \t]*$/gm,
    say: ({ index, 0: written, 2: label = '' }, { text }) => {
      if (label === '' || besideTable(text, index, index + written.length)) return undefined;
      return {
        message: 'this caption stands beside no table',
        hint: 'put it right above or below its table, with a blank line between',
      };
    },
  },
  {
    sign: '{',
    pattern: new RegExp(String.raw`(?<=[\]${codeMark}])\{(?:[.#][A-Za-z][^{}\n]*|[\w-]+=[^{}\n]*|=\w+)\}`, 'g'),
    say: ([written]) => ({
      message: `the attributes ${written} have no place here`,
      hint: 'leave them out: images, headings, captions of tables, equations and blocks between ::: have attributes',
    }),
  },
  {
    sign: '==',
    pattern: /(?<![=\w])==(?=[^\s=])[^=\n]{1,200}(?<=[^\s=])==(?![=\w])/g,
    say: ([written]) => ({
      message: `"${written}" is not read as a mark here`,
      hint: `write <mark>${written.slice(2, -2)}</mark>`,
    }),
  },
  {
    sign: '--- -',
    pattern: /^ {0,3}-{2,}(?: +-{2,})+[ \t]*$/gm,
    say: () => ({
      message: 'a table of columns under lines of - is not read here',
      hint: 'write | a | b |, below it |---|---|, and each row between |',
      shown: 3,
    }),
  },
  {
    sign: '+-',
    pattern: /(?<!^[ \t]*[|+][^\n]*\n)^ {0,3}\+(?:[-=:]{3,}\+)+[ \t]*$/gm,
    say: () => ({
      message: 'a table drawn with + and - is not read here',
      hint: 'write | a | b |, below it |---|---|, and each row between |',
      shown: 3,
    }),
  },
  {
    sign: '{#',
    pattern: new RegExp(
      String.raw`(?<=^(?![ \t>]*(?:#|:|\||Table:))[^\n${otherMark}{]{0,300}[^\s${otherMark}][ \t])\{#([\w:.-]+)[^{}\n]*\}[ \t]*$(?!\n[ \t]*(?:=+|-+)[ \t]*$)`,
      'gm',
    ),
    say: ([written]) => ({
      message: `the label ${written.trim()} has no place here`,
      hint: 'leave it out: headings, images, captions of tables, equations and blocks between ::: have labels',
    }),
  },
];

/** Whether a line of a page stands next to a table, blank lines apart. */
function besideTable(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2000), start).trimEnd();
  const last = before.slice(before.lastIndexOf('\n') + 1);
  return last.trimStart().startsWith('|') || /^\s*\|/.test(text.slice(end, end + 200));
}
