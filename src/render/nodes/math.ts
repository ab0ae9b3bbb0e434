/** Formulas, and equations with a number. */
import type { Problem } from '../../shared/problem.js';
import type { DisplayMath, InlineMath } from '../../source/report.js';
import { escapeHtml } from '../html.js';
import { texToMathMl } from '../math.js';
import type { Writer } from './writer.js';

export function writeInlineMath(node: InlineMath, writer: Writer): string {
  return formula(node, node.value, node.display, node.display ? 2 : 1, writer);
}

export function writeMath(node: DisplayMath, writer: Writer): string {
  const { value, attributes } = node;
  if (!node.closed) {
    writer.problem(node, {
      rule: 'unclosed-math',
      message: 'this formula is never closed',
      hint: 'end it with a line of $$',
    });
    return '';
  }
  const inset = node.from - (node.position?.start.offset ?? 0);
  const math = formula(node, value, true, inset, writer);
  const id = attributes?.id;
  if (id === undefined) return `<div class="equation">${math}</div>`;
  const number = writer.context.labels.get(id)?.number ?? '';
  return `<div class="equation numbered" id="${escapeHtml(id)}">${math}<a class="number" href="#${escapeHtml(id)}" aria-label="Equation ${escapeHtml(number)}">(${escapeHtml(number)})</a></div>`;
}

/** `inset` is where the TeX starts in the node as written. */
function formula(node: DisplayMath | InlineMath, tex: string, display: boolean, inset: number, writer: Writer): string {
  const math = texToMathMl(tex, display);
  if (typeof math === 'string') return math;
  const source = writer.context.origin.source(node);
  const start = source.indexOf(tex, inset);
  // Inside a quote or a list the TeX of several lines is not as it was written; its whole place is shown then.
  const at = start < 0 || math.at === undefined ? undefined : start + Math.min(math.at, Math.max(0, tex.length - 1));
  const problem: Omit<Problem, 'place'> = {
    rule: 'tex',
    message: `this formula cannot be read: ${math.message}`,
    hint: math.hint ?? 'mend the TeX',
  };
  if (at === undefined) writer.problem(node, problem);
  else writer.problem(node, problem, at, at + 1);
  return `<code>${escapeHtml(tex)}</code>`;
}
