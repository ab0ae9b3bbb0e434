/** Footnotes: a number in the text that leads to the note, and back. */
import type { FootnoteDefinition, FootnoteReference } from 'mdast';
import { escapeHtml } from '../html.js';
import { backArrow } from '../marks.js';
import type { Writer } from './writer.js';

export function writeFootnoteReference(node: FootnoteReference, writer: Writer): string {
  const note = writer.footnote(node.identifier);
  if (note === undefined) {
    writer.problem(node, {
      rule: 'unknown-footnote',
      message: `there is no footnote "${node.label ?? node.identifier}" on this page`,
      hint: `write it in a paragraph of its own: [^${node.label ?? node.identifier}]: ...`,
    });
    return escapeHtml(`[^${node.label ?? node.identifier}]`);
  }
  const { number, use } = note;
  const id = use === 1 ? `fnref-${number}` : `fnref-${number}-${use}`;
  return `<sup><a class="footnote" data-footnote-ref href="#fn-${number}" id="${id}" aria-describedby="colophon.footnotes">${number}</a></sup>`;
}

/** The notes at the end of a page, in the order in which the text refers to them; `uses` counts the references to each. */
export function writeFootnotes(
  notes: readonly { readonly definition: FootnoteDefinition; readonly uses: () => number }[],
  writer: Writer,
): string {
  const items: string[] = [];
  // Writing a note may use further notes, which join the list.
  for (let index = 0; index < notes.length; index += 1) {
    const note = notes[index];
    if (note === undefined) break;
    const { definition, uses } = note;
    const body = writer.blocks(definition.children);
    const number = index + 1;
    const back = Array.from({ length: uses() }, (_, use) => {
      const id = use === 0 ? `fnref-${number}` : `fnref-${number}-${use + 1}`;
      const label = use === 0 ? `Back to reference ${number}` : `Back to reference ${number}-${use + 1}`;
      const mark = use === 0 ? '' : `<sup>${use + 1}</sup>`;
      return `<a class="footnote-back" href="#${id}" aria-label="${label}">${backArrow}${mark}</a>`;
    }).join(' ');
    const inside = body.trimEnd();
    const withBack = inside.endsWith('</p>') ? `${inside.slice(0, -4)} ${back}</p>` : `${inside}<p>${back}</p>`;
    items.push(`<li id="fn-${number}">${withBack}</li>`);
  }
  if (items.length === 0) return '';
  return `<section class="footnotes"><h2 class="footnotes-title" id="colophon.footnotes">Footnotes</h2>\n<ol>\n${items.join('\n')}\n</ol>\n</section>\n`;
}
