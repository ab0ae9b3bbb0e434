/** The open blocks of a page while its lines are read. */
import type { Point } from 'unist';
import { type Block, type BlockType, canContain, newBlock } from './block.js';
import { finish } from './finish-block.js';
import { LineCursor } from './line-cursor.js';
import type { Definitions } from './links.js';

/** Opens and closes blocks at the end of the tree. */
export class BlockReader {
  readonly cursor = new LineCursor();
  readonly root: Block;
  readonly definitions: Definitions = new Map();
  readonly footnotes = new Set<string>();
  tooDeep: Point | undefined;
  tip: Block;
  /** The innermost open block before the line, and the innermost that goes on with it. */
  old: Block;
  lastMatched: Block;
  /** Whether the blocks that do not go on are closed. */
  allClosed = true;
  /** Of the last line with something on it. */
  previousEnd: Point = { line: 1, column: 1, offset: 0 };

  constructor() {
    this.root = newBlock('root', undefined, { line: 1, column: 1, offset: 0 });
    this.tip = this.root;
    this.old = this.root;
    this.lastMatched = this.root;
  }

  /** The place of an offset into the current line. */
  at(offset: number): Point {
    return { line: this.cursor.number, column: offset + 1, offset: this.cursor.start + offset };
  }

  /** Opens a block below the tip, after closing what cannot contain it. */
  add(type: BlockType, offset: number): Block {
    while (!canContain(this.tip, type)) this.close(this.tip, this.previousEnd);
    return this.#open(type, this.at(offset));
  }

  #open(type: BlockType, start: Point): Block {
    const child = newBlock(type, this.tip, start);
    this.tip.children.push(child);
    this.tip = child;
    return child;
  }

  /** Closes the open blocks that the line did not go on with. */
  closeUnmatched(): void {
    if (this.allClosed) return;
    while (this.old !== this.lastMatched) {
      const parent = this.old.parent;
      this.close(this.old, this.previousEnd);
      if (parent === undefined) break;
      this.old = parent;
    }
    this.allClosed = true;
  }

  close(target: Block, end: Point): void {
    target.open = false;
    finish(target, end, this.definitions);
    if (target.parent !== undefined) this.tip = target.parent;
  }

  /** The end of the current line without its trailing blanks. */
  lineEnd(): Point {
    return this.at(this.cursor.line.trimEnd().length);
  }

  addLine(): void {
    const { cursor, tip } = this;
    if (tip.type === 'table' && cursor.blank) return;
    let text = cursor.line.slice(cursor.offset);
    if (cursor.partialTab) text = ' '.repeat(4 - (cursor.column % 4)) + cursor.line.slice(cursor.offset + 1);
    tip.segments.push({
      text,
      offset: cursor.start + cursor.offset,
      line: cursor.number,
      column: cursor.offset + 1,
    });
  }
}
