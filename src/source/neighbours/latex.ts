/** LaTeX's outside of formulas; equations, references and citations of LaTeX are problems of the page's text. */
import { dictionary } from '../../shared/dictionary.js';
import { labelInstead, type Neighbour } from './neighbour.js';

const environments = dictionary<string>({
  table: 'write a table with | between its cells, and below it : Its caption {#tbl-name}',
  tabular: 'write a table with | between its cells',
  itemize: 'write each item in a line that starts with -',
  enumerate: 'write each item in a line that starts with 1.',
  description: 'write each term in a line, and below it : what it means',
  theorem: 'write ::: {#thm-name} … :::',
  lemma: 'write ::: {#lem-name} … :::',
  corollary: 'write ::: {#cor-name} … :::',
  proposition: 'write ::: {#prp-name} … :::',
  definition: 'write ::: {#def-name} … :::',
  example: 'write ::: {#exm-name} … :::',
  remark: 'write ::: {#rem-name} … :::',
  proof: 'write ::: proof … :::',
  abstract: 'write description: in the front matter',
  quote: 'write > before each of its lines',
  quotation: 'write > before each of its lines',
  verbatim: 'write a fenced block: ```text',
  lstlisting: 'write a fenced block: ```python',
  minted: 'write a fenced block: ```python',
  algorithm: 'write a fenced block: ```text',
  thebibliography: 'put the BibTeX entries into references.bib and write [@key]',
  document: 'leave it out: a page starts with # and its title',
});

/** Formulas without their dollars are said elsewhere, with all that stands in them. */
const formulas = /^(?:equation|align|gather|multline|alignat|eqnarray|displaymath|math|split|aligned|cases)\*?$/;

/** Of one environment, in characters. */
const longest = 20_000;

/** Commands with one argument in braces. */
const commands = dictionary<(inside: string) => string>({
  textbf: (inside) => `write **${inside}**`,
  textit: (inside) => `write *${inside}*`,
  emph: (inside) => `write *${inside}*`,
  texttt: (inside) => `write \`${inside}\``,
  verb: (inside) => `write \`${inside}\``,
  underline: (inside) => `write *${inside}*`,
  textsc: (inside) => `write ${inside}`,
  section: (inside) => `write ## ${inside}`,
  subsection: (inside) => `write ### ${inside}`,
  subsubsection: (inside) => `write #### ${inside}`,
  chapter: (inside) => `write # ${inside}`,
  paragraph: (inside) => `write **${inside}**`,
  title: (inside) => `write # ${inside}`,
  author: (inside) => `write authors: ${inside} in the front matter`,
  footnote: (inside) => `write [^1] there, and in a paragraph of its own: [^1]: ${inside}`,
  label: (inside) => `write {#${inside.replace(':', '-').replace(/^tab-/, 'tbl-')}} after what it labels`,
  caption: (inside) => `write ![${inside}](file.png){#fig-name}, or caption: in a directive`,
  includegraphics: (inside) => `write ![Its caption](${inside}){#fig-name}`,
  input: () => 'write the text here, or make it a page and write a link to it: [its title](page.md)',
  include: () => 'write the text here, or make it a page and write a link to it: [its title](page.md)',
  url: (inside) => `write <${inside}>`,
  href: (inside) => `write [the text](${inside})`,
  usepackage: () => 'leave it out',
  documentclass: () => 'leave it out',
  bibliography: () => 'write bibliography: with the file in colophon.yaml',
  bibliographystyle: () => 'write citation-style: author-year or numeric in colophon.yaml',
});

export const latex: readonly Neighbour[] = [
  {
    sign: '\\begin{',
    pattern: /\\begin\{([A-Za-z]+\*?)\}/g,
    say: ({ index, 0: written, 1: name = '' }, { searched }) => {
      const close = `\\end{${name}}`;
      const rest = searched.slice(index, index + longest);
      const end = rest.indexOf(close);
      return {
        message: `"${written}" stands outside a formula`,
        hint: formulas.test(name) ? '' : environmentInstead(name.replace('*', ''), rest.slice(0, Math.max(0, end))),
        until: end < 0 ? index + written.length : index + end + close.length,
      };
    },
  },
  {
    sign: '\\',
    pattern: new RegExp(String.raw`\\(${Object.keys(commands).join('|')})\*?(?:\[[^\]\n]*\])?\{([^{}\n]*)\}`, 'g'),
    say: ([written, command = '', inside = '']) => ({
      message: `"${written}" is LaTeX, which is read in formulas only`,
      hint: commands[command]?.(inside) ?? 'leave it out',
    }),
  },
];

function environmentInstead(name: string, inside: string): string {
  if (name !== 'figure') return environments[name] ?? 'leave it out, or write it as code';
  const file = /\\includegraphics(?:\[[^\]]*\])?\{([^{}]+)\}/.exec(inside)?.[1] ?? 'file.png';
  const caption = /\\caption\{([^{}]+)\}/.exec(inside)?.[1] ?? 'Its caption';
  const label = /\\label\{([^{}]+)\}/.exec(inside)?.[1] ?? 'name';
  return `write ![${caption}](${file}){#${labelInstead(label, 'fig')}}, or a figure directive`;
}
