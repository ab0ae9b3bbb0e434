/** MyST's and Jupyter Book's, and reStructuredText's. */
import { dictionary } from '../../shared/dictionary.js';
import { calloutInstead, codeMark, codeText, labelInstead, type Neighbour } from './neighbour.js';

export const myst: readonly Neighbour[] = [
  {
    sign: ':::',
    pattern: /^[ \t]*:{3,}[ \t]*\{([A-Za-z][\w:.+-]*)\}[ \t]*([^\n]*)$/gm,
    say: ([written, name = '', rest = '']) => ({
      message: `"${written.trim()}" is not how a block is written here`,
      hint: directiveInstead(name, rest),
    }),
  },
  {
    sign: '::',
    pattern: /^[ \t]*\.\.[ \t]+([\w:-]+)::[ \t]*([^\n]*)$/gm,
    say: ([written, name = '', rest = '']) => ({
      message: `"${written.trim()}" is not how a block is written here`,
      hint: directiveInstead(name, rest),
    }),
  },
  {
    pattern: new RegExp(`(?:\\{([A-Za-z][\\w:+.-]*)\\}|(?<![\\w:]):([A-Za-z][\\w:+.-]*):)(${codeMark}+)`, 'g'),
    say: (match, { text }) => {
      const [written, braced, colons, code = ''] = match;
      const end = match.index + written.length;
      const content = codeText(text.slice(end - code.length, end));
      return {
        message: `"${text.slice(match.index, end)}" is not read here`,
        hint: roleInstead(braced ?? colons ?? '', content),
      };
    },
  },
  {
    sign: ')=',
    pattern: /^ {0,3}\(([\w:.-]+)\)=[ \t]*$/gm,
    say: ([written, label = '']) => ({
      message: `"${written.trim()}" is not how something is labelled here`,
      hint: `write {#${labelInstead(label, 'sec')}} at the end of the heading below`,
    }),
  },
  {
    sign: '{{',
    pattern: /\{\{(?![<%])[ \t]*([A-Za-z_][^{}\n]{0,200}?)[ \t]*\}\}/g,
    say: ([written]) => ({
      message: `"${written}" is not filled in here`,
      hint: 'write it out; a computed number is `= id.name`',
    }),
  },
];

/** What to write for a directive of MyST, whichever fence it has. */
export function directiveInstead(name: string, argument: string): string {
  const callout = calloutInstead(name, argument);
  if (callout !== undefined) return callout;
  const file = argument.trim();
  switch (name) {
    case 'figure':
    case 'image':
    case 'subfigure':
      return `write ![Its caption](${file === '' ? 'file.png' : file}){#fig-name}`;
    case 'table':
    case 'list-table':
    case 'csv-table':
      return `write the table with | between its cells, and below it : ${file === '' ? 'Its caption' : file} {#tbl-name}`;
    case 'math':
      return 'write the formula between lines of $$, and {#eq-name} after the last of them';
    case 'dropdown':
    case 'details':
    case 'collapse':
      return `write ::: {.details title="${file === '' ? 'More' : file}"} … :::`;
    case 'margin':
    case 'sidebar':
    case 'aside':
      return 'write ::: margin … :::';
    case 'proof':
    case 'prf:proof':
      return 'write ::: proof … :::';
    case 'bibliography':
      return 'write ::: {#refs} and ::: in two lines';
    case 'include':
    case 'literalinclude':
      return 'write the text here, or make it a page and write a link to it: [its title](page.md)';
    case 'code-block':
    case 'code':
    case 'sourcecode':
      return `write a fenced block: \`\`\`${file === '' ? 'python' : file}`;
    case 'code-cell':
    case 'eval-rst':
      return `a report runs no code: write \`\`\`${/^\w+/.exec(file)?.[0] ?? 'python'} to show it, and a directive such as train for what it computes`;
    case 'toctree':
    case 'tableofcontents':
    case 'contents':
      return 'leave it out: contents are made from the headings and the order of the pages';
    case 'glue:figure':
      return 'write a figure directive that shows the result';
  }
  const theorem = /^(?:prf:)?(theorem|lemma|corollary|proposition|conjecture|definition|example|exercise|remark)$/.exec(
    name,
  );
  const prefix = theorem?.[1] === undefined ? undefined : theorems[theorem[1]];
  return prefix === undefined ? 'leave it out, or write ::: note … :::' : `write ::: {#${prefix}-name} … :::`;
}

const theorems = dictionary<string>({
  theorem: 'thm',
  lemma: 'lem',
  corollary: 'cor',
  proposition: 'prp',
  conjecture: 'cnj',
  definition: 'def',
  example: 'exm',
  exercise: 'exr',
  remark: 'rem',
});

function roleInstead(role: string, content: string): string {
  const target = (/<([^<>]*)>\s*$/.exec(content)?.[1] ?? content).trim();
  const said = content.replace(/\s*<[^<>]*>\s*$/, '').trim();
  switch (role) {
    case 'ref':
    case 'prf:ref':
    case 'std:ref':
      return `write @${labelInstead(target, 'sec')}`;
    case 'numref':
      return `write @${labelInstead(target, 'fig')}`;
    case 'eq':
    case 'math:numref':
      return `write @${labelInstead(target, 'eq')}`;
    case 'doc':
    case 'download':
      return `write [${said}](${role === 'doc' ? `${target.replace(/\.md$/, '')}.md` : target})`;
    case 'math':
      return `write $${content}$`;
    case 'sub':
    case 'subscript':
      return `write <sub>${content}</sub>`;
    case 'sup':
    case 'superscript':
      return `write <sup>${content}</sup>`;
    case 'kbd':
    case 'abbr':
      return `write <${role}>${content}</${role}>`;
    case 'eval':
    case 'glue':
      return `write a computed number: \`= id.name\``;
  }
  if (/^(?:cite|footcite)/.test(role)) {
    const keys = content.split(',').map((key) => `@${key.trim()}`);
    return /:t|textual|year|author/.test(role) ? `write ${keys.join(' and ')}` : `write [${keys.join('; ')}]`;
  }
  if (role.startsWith('glue')) return 'write a computed number: `= id.name`';
  return `write \`${content}\` alone`;
}
