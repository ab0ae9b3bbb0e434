/** Formulas, and equations with a number; the plugin `formulas` sets the TeX that they hold. */
import type { Element } from 'hast';
import type { State } from 'mdast-util-to-hast';
import type { DisplayMath, InlineMath } from '../../source/report.js';
import { labelNamed, writtenReferences } from '../../shared/label-kinds.js';
import { element, text } from '../hast.js';
import { numbered } from '../labels.js';
import { type Writer, writerOf } from './writer.js';

export function inlineMath(state: State, node: InlineMath): Element {
  return formula(state, node, node.display, node.display ? 2 : 1);
}

export function math(state: State, node: DisplayMath): Element | undefined {
  const writer = writerOf(state);
  if (!node.closed) {
    writer.problem(node, {
      rule: 'unclosed-math',
      message: 'this formula is never closed',
      hint: 'end it with a line of $$',
    });
    return undefined;
  }
  const made = formula(state, node, true, node.from - (node.position?.start.offset ?? 0));
  const id = node.attributes?.id;
  if (id === undefined) return element('div', { className: ['equation'] }, [made]);
  const { labels, language } = writer.context;
  const number = labels.get(id)?.number ?? '';
  const link = { className: ['number'], href: `#${id}`, ariaLabel: numbered('eq', number, language) };
  return element('div', { className: ['equation', 'numbered'], id }, [made, element('a', link, [text(`(${number})`)])]);
}

/** As remark-math writes it, so that a plugin that knows such formulas can set them. `inset` is where the TeX starts in the node as written. */
function formula(state: State, node: DisplayMath | InlineMath, isDisplay: boolean, inset: number): Element {
  noteReferences(node, inset, writerOf(state));
  const className = ['language-math', isDisplay ? 'math-display' : 'math-inline'];
  const made: Element = { ...element('code', { className }, [text(node.value)]), data: { inset } };
  state.patch(node, made);
  return made;
}

/** TeX has no references of ours: they would be printed as they are written. */
function noteReferences(node: DisplayMath | InlineMath, inset: number, writer: Writer): void {
  for (const { 0: written, 1: name = '', index } of node.value.matchAll(writtenReferences)) {
    if (labelNamed(name) === undefined) continue;
    const problem = {
      rule: 'misplaced-reference',
      message: `"${written}" is no reference inside a formula`,
      hint: `end the formula before it: $…$ ${written}`,
    } as const;
    // In a quote or a list the TeX of several lines is not as it was written.
    const start = writer.context.origin.source(node).indexOf(node.value, inset) + index;
    if (start >= index) writer.problem(node, problem, start, start + written.length);
    else writer.problem(node, problem);
  }
}
