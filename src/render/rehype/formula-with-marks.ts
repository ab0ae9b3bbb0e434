/** A formula in a line with the punctuation that touches it: browsers may break a line between the two, unlike after a word. */
import type { ElementContent, Parents } from 'hast';
import { element, text, type Written } from '../hast.js';

const opening = /[([{«‹“‘„‚¿¡（「『【《〈]+$/;
const closing = /^[)\]}»›”’"'…,.;:!?%‰،؛؟）」』】》〉、。，．；：！？\p{Pd}]+/u;

/** Puts a formula that stands between the other children of `parent` into a span that no line parts. */
export function joinMarks(parent: Parents, formula: Written): void {
  const siblings = parent.children as ElementContent[];
  const at = siblings.indexOf(formula);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  const open = before?.type === 'text' ? (opening.exec(before.value)?.[0] ?? '') : '';
  const close = after?.type === 'text' ? (closing.exec(after.value)?.[0] ?? '') : '';
  if (open === '' && close === '') return;
  if (before?.type === 'text') before.value = before.value.slice(0, before.value.length - open.length);
  if (after?.type === 'text') after.value = after.value.slice(close.length);
  const marked = (mark: string): ElementContent[] => (mark === '' ? [] : [text(mark)]);
  siblings[at] = element('span', { className: ['with-marks'] }, [...marked(open), formula, ...marked(close)]);
}
