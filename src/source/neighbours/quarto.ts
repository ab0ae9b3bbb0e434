/** Quarto's, Pandoc's and R Markdown's. */
import { dictionary } from '../../shared/dictionary.js';
import { codeMark, labelInstead, type Neighbour, otherMark } from './neighbour.js';

const shortcodes = dictionary<string>({
  include: 'write the text here, or make it a page and write a link to it: [its title](page.md)',
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
    say: ([written, name = '']) => ({
      message: `"${written}" is a shortcode, which is not read here`,
      hint: shortcodes[name] ?? 'leave it out',
    }),
  },
  {
    sign: '^[',
    pattern: /\^\[(?=[^\]\n]{0,99}[A-Za-z]{3})([^\]\n]{1,400})\]/g,
    say: ([, note = '']) => ({
      message: 'a footnote inside a line is not read here',
      hint: `write [^1] there, and in a paragraph of its own: [^1]: ${note}`,
    }),
  },
  {
    sign: 'Table:',
    pattern: /^ {0,3}Table:[ \t]+(\S[^\n{]{0,400})(\{#[^{}\n]{1,100}\})?[ \t]*$/gm,
    say: ({ index, 0: written, 1: caption = '', 2: label = '' }, { text }) => {
      // Without a label it is a caption only beside a table.
      if (label === '' && !besideTable(text, index, index + written.length)) return undefined;
      const id = labelInstead(label.replace(/[{}#]/g, ''), 'tbl');
      return {
        message: 'a caption that starts with "Table:" is not read here',
        hint: `write : ${caption.trim()}${label === '' ? '' : ` {#${id}}`} below the table`,
      };
    },
  },
  {
    sign: ': ',
    pattern: /^ {0,3}:[ \t]+(\S[^\n]*)\n(?:[ \t]*\n)?(?= {0,3}\|[^\n]*\n {0,3}\|?[ \t]*:?-+)/gm,
    say: ([, caption = '']) => ({
      message: 'a caption above its table is not read here',
      hint: `write : ${caption.trim()} below the table`,
      shown: caption.length + 2,
    }),
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
    sign: '{',
    pattern: /(?<=^#{1,6}[ \t][^\n{}]{1,300}[ \t])\{[ \t]*-[ \t]*\}[ \t]*$/gm,
    say: ([written]) => ({ message: `a heading has no ${written.trim()} here`, hint: 'leave it out' }),
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
    sign: '^',
    pattern: /(?<=[\w)])\^([\w+−-]{1,12})\^(?!\w)/g,
    say: ([written, raised = '']) => ({
      message: `"${written}" is not raised here`,
      hint: `write <sup>${raised}</sup>, or a formula: $x^{${raised}}$`,
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
