/**
 * Lines to blocks: the first half of reading Markdown, after the strategy that CommonMark's appendix describes. Each line
 * goes on with the open blocks that it can, closes the others, and opens new ones; inline text is read afterwards.
 */
import { acceptsLines } from './block.js';
import { BlockReader } from './block-reader.js';
import { startBlock } from './block-starts.js';
import { goOn } from './go-on.js';
import { endsHtmlBlock } from './html.js';

/** Blocks inside blocks beyond this are text: what walks the tree may recurse. */
const deepestBlock = 100;

/** Reads the text from an offset, which starts the line of that number. */
export function readBlocks(text: string, from: number, firstLine: number): BlockReader {
  const reader = new BlockReader();
  let start = from;
  let number = firstLine;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    readLine(reader, text.slice(start, end), start, number);
    start = end + 1;
    number += 1;
  }
  while (reader.tip.parent !== undefined) reader.close(reader.tip, reader.previousEnd);
  reader.close(reader.root, reader.previousEnd);
  return reader;
}

function readLine(reader: BlockReader, line: string, start: number, number: number): void {
  const { cursor } = reader;
  cursor.begin(line, start, number);
  reader.old = reader.tip;
  let container = reader.root;
  let allMatched = true;
  for (let child = container.children.at(-1); child?.open === true; child = container.children.at(-1)) {
    container = child;
    const outcome = goOn(container, reader);
    if (outcome === 'line-done') {
      reader.previousEnd = reader.lineEnd();
      return;
    }
    if (outcome === 'no') {
      allMatched = false;
      break;
    }
  }
  if (!allMatched) container = container.parent ?? reader.root;
  reader.allClosed = container === reader.old;
  reader.lastMatched = container;

  let leaf = container.type !== 'paragraph' && container.type !== 'table' && acceptsLines(container);
  while (!leaf) {
    if (container.depth >= deepestBlock) {
      reader.tooDeep ??= reader.at(cursor.nextNonspace);
      cursor.advanceToNonspace();
      break;
    }
    const outcome = startBlock(reader, container);
    if (outcome === 'line-done') {
      reader.previousEnd = reader.lineEnd();
      return;
    }
    if (outcome === 'container') container = reader.tip;
    else if (outcome === 'leaf') {
      container = reader.tip;
      leaf = true;
    } else {
      cursor.advanceToNonspace();
      break;
    }
  }

  if (!reader.allClosed && !cursor.blank && reader.tip.type === 'paragraph') {
    reader.addLine(); // A lazy continuation of a paragraph.
  } else {
    reader.closeUnmatched();
    if (acceptsLines(container)) {
      reader.addLine();
      if (container.type === 'html' && endsHtmlBlock(container.htmlKind ?? 0, line.slice(cursor.offset))) {
        reader.close(container, reader.lineEnd());
      }
    } else if (!cursor.blank) {
      reader.add('paragraph', cursor.offset);
      cursor.advanceToNonspace();
      reader.addLine();
    }
  }
  if (line.trim() !== '') reader.previousEnd = reader.lineEnd();
}
