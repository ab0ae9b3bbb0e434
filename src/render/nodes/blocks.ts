/** Paragraphs, headings, quotes and everything else that stands on its own. */
import type { Heading as HeadingNode, RootContent } from 'mdast';
import { escapeHtml } from '../html.js';
import { writeCode } from './code.js';
import { nearCallout, writeCallout, writeContainer } from './container.js';
import { labelledImage, writeFigure } from './image.js';
import { writeDefinitionList, writeList } from './list.js';
import { writeMath } from './math.js';
import { writeTable } from './table.js';
import type { Writer } from './writer.js';

/** One block as HTML; raw HTML is the business of whoever writes its siblings. */
export function writeBlock(node: RootContent, writer: Writer): string {
  const replaced = writer.context.replace(node);
  if (replaced !== undefined) return replaced.html;
  writer.before = ' ';
  switch (node.type) {
    case 'paragraph': {
      const figure = labelledImage(node);
      return figure === undefined ? `<p>${writer.inline(node.children)}</p>` : writeFigure(figure, writer);
    }
    case 'heading':
      return writeHeading(node, writer);
    case 'blockquote': {
      const [first] = node.children;
      const near = first?.type === 'paragraph' ? nearCallout(writer.text(first.children)) : undefined;
      if (near !== undefined && first !== undefined) {
        writer.problem(
          first,
          { rule: 'unknown-callout', message: `"${near.word}" is not a kind of callout`, hint: near.hint },
          0,
          near.word.length + 3,
        );
      }
      return `<blockquote>\n${writer.blocks(node.children)}</blockquote>`;
    }
    case 'list':
      return writeList(node, writer);
    case 'code':
      return writeCode(node, writer);
    case 'math':
      return writeMath(node, writer);
    case 'table':
      return writeTable(node, writer);
    case 'thematicBreak':
      return '<hr>';
    case 'callout':
      return writeCallout(node, writer);
    case 'container':
      return writeContainer(node, writer);
    case 'defList':
      return writeDefinitionList(node, writer);
    default:
      return '';
  }
}

function writeHeading(node: HeadingNode, writer: Writer): string {
  const said = writer.text(node.children);
  writer.before = ' ';
  const inside = writer.inline(node.children);
  const tag = `h${node.depth}`;
  if (!writer.context.typography) return `<${tag}>${inside}</${tag}>`;
  const given = node.data?.attributes?.id;
  if (given !== undefined && !writer.ids.claim(given)) {
    writer.problem(node, {
      rule: 'duplicate-id',
      message: `something else on this page has the id "${given}"`,
      hint: 'give the heading another one',
    });
  }
  const id = given ?? writer.ids.ofText(writer.written(node.children));
  writer.anchors.set(node, id);
  const number = writer.context.sectionNumber(node);
  const text = number === undefined ? said : `${number} ${said}`;
  if (node.depth > 1 && node.depth < 4) writer.headings.push({ level: node.depth, id, text });
  const before = number === undefined ? '' : `<span class="section-number">${number}</span> `;
  const anchor =
    node.depth > 1 && node.depth < 5
      ? ` <a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to the section ${escapeHtml(said)}">#</a>`
      : '';
  return `<${tag} id="${escapeHtml(id)}">${before}${inside}${anchor}</${tag}>`;
}
