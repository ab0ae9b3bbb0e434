/** `@fig-one`: a link to a numbered thing, wherever in the report it stands. */
import type { ElementContent } from 'hast';
import type { State } from 'mdast-util-to-hast';
import type { CrossReference } from '../../source/report.js';
import { closest, suggestion } from '../../shared/suggest.js';
import { relativeAddress } from '../address.js';
import { element, text } from '../hast.js';
import { labelText } from '../labels.js';
import { labelNoun } from '../../shared/label-kinds.js';
import { titleToText } from '../math-text.js';
import { writerOf } from './writer.js';

export function reference(state: State, node: CrossReference): ElementContent {
  const writer = writerOf(state);
  const { labels, address, language } = writer.context;
  const label = labels.get(node.id);
  if (label === undefined) {
    writer.problem(node, {
      rule: 'unknown-reference',
      message: `there is no ${labelNoun(node.id)} "${node.id}"`,
      hint: hintFor(node.id, [...labels.keys()]),
    });
    return text(`@${node.id}`);
  }
  const page = label.address === address ? '' : relativeAddress(address, label.address);
  const link = { className: ['reference'], href: `${page}#${label.anchor}` };
  return element('a', link, [text(titleToText(labelText(label, language)))]);
}

/** The label that was probably meant, or how something of the kind gets one. */
function hintFor(id: string, labels: readonly string[]): string {
  const prefix = id.slice(0, id.indexOf('-') + 1);
  const alike = labels.filter((known) => known.startsWith(prefix));
  const bare = id.slice(prefix.length);
  if (alike.length > 0 && closest(id, alike) !== undefined) return suggestion(id, alike);
  // A directive whose name does not say what it is.
  if (labels.includes(bare)) return `name the directive "${bare}" ${id}`;
  const make = howToLabel(id);
  return alike.length === 0 ? make : `${suggestion(id, alike)}, or ${make}`;
}

function howToLabel(id: string): string {
  switch (id.slice(0, id.indexOf('-'))) {
    case 'fig':
      return `name a figure so: \`\`\`figure #${id}`;
    case 'tbl':
      return `name a table so: \`\`\`table #${id}, or write ": Its caption {#${id}}" below one`;
    case 'eq':
      return `write {#${id}} after the closing $$ of an equation`;
    case 'sec':
      return `write {#${id}} at the end of its heading`;
    default:
      return `start a block with ::: {#${id}}`;
  }
}
