/** `@fig-one`: a link to a numbered thing, wherever in the report it stands. */
import type { CrossReference } from '../../source/report.js';
import { suggestion } from '../../suggest.js';
import { relativeAddress } from '../address.js';
import { escapeHtml } from '../html.js';
import { labelNoun } from '../labels.js';
import type { Writer } from './writer.js';

export function writeReference(node: CrossReference, writer: Writer): string {
  const { labels, address } = writer.context;
  const label = labels.get(node.id);
  if (label === undefined) {
    const prefix = node.id.slice(0, node.id.indexOf('-') + 1);
    const alike = [...labels.keys()].filter((known) => known.startsWith(prefix));
    writer.problem(node, {
      rule: 'unknown-reference',
      message: `there is no ${labelNoun(node.id)} "${node.id}"`,
      hint: suggestion(node.id, alike.length > 0 ? alike : [...labels.keys()]),
    });
    return escapeHtml(`@${node.id}`);
  }
  const page = label.address === address ? '' : relativeAddress(address, label.address);
  return `<a class="reference" href="${escapeHtml(page)}#${escapeHtml(label.anchor)}">${escapeHtml(label.text)}</a>`;
}
