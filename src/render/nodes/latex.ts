/** What authors of LaTeX write outside of formulas: it would be printed as it stands, so it is a problem with what to write. */
import { dictionary } from '../../shared/dictionary.js';
import type { Text } from 'mdast';
import type { Problem } from '../../shared/problem.js';
import type { Writer } from './writer.js';

const environment = /\\begin\{((?:equation|align|gather|multline|alignat|eqnarray|displaymath)\*?)\}/;
const reference = /\\(?:eqref|ref|autoref|cref|Cref)\{([^{}]*)\}/;
const citation = /\\(?:cite|citep|citet|parencite|textcite)\{([^{}]*)\}/;

/** Of LaTeX's customary prefixes of labels, ours. */
const prefixes = dictionary<string>({
  tab: 'tbl',
  table: 'tbl',
  figure: 'fig',
  eqn: 'eq',
  section: 'sec',
});

export function noteLatex(node: Text, writer: Writer): void {
  if (!node.value.includes('\\') || !writer.context.typography) return;
  const said = environment.exec(node.value) ?? reference.exec(node.value) ?? citation.exec(node.value);
  if (said === null) return;
  const written = writer.context.origin.source(node).indexOf(said[0]);
  const problem: Omit<Problem, 'place'> = {
    rule: 'bare-tex',
    message: `"${said[0]}" stands outside a formula`,
    hint: instead(said),
  };
  if (written < 0) writer.problem(node, problem);
  else writer.problem(node, problem, written, written + said[0].length);
}

function instead([written, name = '']: RegExpExecArray): string {
  if (written.startsWith('\\begin')) return 'put a line of $$ before it and one after it, or write it as code';
  if (written.startsWith('\\cite') || written.includes('cite{')) {
    const keys = name.split(',').map((key) => `@${key.trim()}`);
    return `write [${keys.join('; ')}], or write it as code`;
  }
  const [prefix = '', ...rest] = name.split(':');
  // A label of this report's own manner is one already.
  const own = /^(?:fig|tbl|eq|sec)-/.test(name) ? name : `eq-${name}`;
  const label = rest.length === 0 ? own : `${prefixes[prefix] ?? prefix}-${rest.join('-')}`;
  return `write @${label}, for what is labelled {#${label}}, or write it as code`;
}
