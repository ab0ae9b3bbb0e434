/** Whether an open block goes on with the next line. */
import type { Block } from './block.js';
import type { BlockReader } from './block-reader.js';

/** Uses up what the block's lines start with; `line-done` when the line ends the block. */
export function goOn(target: Block, reader: BlockReader): 'yes' | 'no' | 'line-done' {
  const { cursor } = reader;
  switch (target.type) {
    case 'root':
    case 'list':
    case 'definitionList':
    case 'container':
      return 'yes';
    case 'blockquote':
      if (cursor.indented || cursor.peek() !== '>') return 'no';
      cursor.advanceToNonspace();
      cursor.advance(1);
      if (cursor.isBlankAt(cursor.offset)) cursor.advance(1, true);
      return 'yes';
    case 'listItem':
    case 'definitionDescription': {
      const width = (target.marker?.offset ?? 0) + (target.marker?.padding ?? 2);
      if (cursor.blank) {
        // An item that starts with a blank line must have its text on the next.
        if (target.children.length === 0) return 'no';
        cursor.advanceToNonspace();
        return 'yes';
      }
      if (cursor.indent < width) return 'no';
      cursor.advance(width, true);
      return 'yes';
    }
    case 'footnoteDefinition':
      if (cursor.blank) {
        cursor.advanceToNonspace();
        return 'yes';
      }
      if (!cursor.indented) return 'no';
      cursor.advance(4, true);
      return 'yes';
    case 'paragraph':
    case 'table':
      return cursor.blank ? 'no' : 'yes';
    case 'fencedCode':
    case 'math': {
      const { character, length, indent } = target.fence ?? { character: '`', length: 3, indent: 0 };
      if (cursor.indent <= 3 && closesFence(target, cursor.rest(), character, length)) {
        target.closed = true;
        reader.closeUnmatched();
        reader.tip = target;
        reader.close(target, reader.lineEnd());
        return 'line-done';
      }
      for (let left = indent; left > 0 && cursor.isBlankAt(cursor.offset); left -= 1) cursor.advance(1, true);
      return 'yes';
    }
    case 'indentedCode':
      if (cursor.indented) cursor.advance(4, true);
      else if (cursor.blank) cursor.advanceToNonspace();
      else return 'no';
      return 'yes';
    case 'html':
      return cursor.blank && (target.htmlKind ?? 0) >= 6 ? 'no' : 'yes';
    case 'heading':
    case 'thematicBreak':
    case 'definition':
    case 'definitionTerm':
    case 'tableCaption':
      return 'no';
  }
}

function closesFence(target: Block, rest: string, character: string, length: number): boolean {
  if (!rest.startsWith(character)) {
    // TeX may end on the line of its closing dollars: "y = x $$ {#eq-line}".
    if (target.type !== 'math' || target.fence?.info !== 'open') return false;
    return endsMath(target, rest);
  }
  let run = 0;
  while (rest[run] === character) run += 1;
  if (run < length) return target.type === 'math' && target.fence?.info === 'open' && endsMath(target, rest);
  const after = rest.slice(run).trim();
  if (after === '') return true;
  if (target.type !== 'math') return false;
  return mathLabel(target, after);
}

const labelled = /^(?:\{\s*#(?<braced>[A-Za-z][\w:-]*)\s*\}|\((?<bare>[A-Za-z][\w:-]*)\))$/;

/** Keeps `{#eq-one}` after the closing dollars, or `(eq-one)`, as MyST writes it. */
export function mathLabel(target: Block, after: string): boolean {
  const { braced, bare } = labelled.exec(after)?.groups ?? {};
  const id = braced ?? bare;
  if (id === undefined) return false;
  target.attributes = { id, classes: [], values: {} };
  return true;
}

/** The last line of TeX that began on its opening line: `... $$` with or without a label. */
function endsMath(target: Block, rest: string): boolean {
  const at = rest.lastIndexOf('$$');
  if (at < 0) return false;
  const after = rest.slice(at + 2).trim();
  if (after !== '' && !mathLabel(target, after)) return false;
  target.segments.push({ text: rest.slice(0, at), offset: 0, line: 0, column: 0 });
  return true;
}
