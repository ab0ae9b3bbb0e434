/**
 * A bar inside a formula is part of the formula, in a table's cell too: `$P(a|b)$`. GitHub's tables are split at their bars
 * before anything in them is read, so such bars are read as another character of the same length and put back in the tree.
 */
import type { Nodes } from 'mdast';
import { cellCount, isDelimiterRow } from './tables.js';

/** A formula by Pandoc's rule, on one line. */
const formula = /(?<![\\$])\$(?![\s$])(?:[^$\\]|\\.)*?(?<![\s\\])\$(?![\d$])/g;

export interface Masked {
  /** As long as the text. */
  readonly text: string;
  /** What stands for a bar; undefined where nothing had to be replaced. */
  readonly stand: string | undefined;
}

/** Replaces the bars inside formulas in those rows of tables that have as many cells as their table only then. */
export function maskBars(text: string): Masked {
  if (!text.includes('|') || !text.includes('$')) return { text, stand: undefined };
  const stand = unusedCharacter(text);
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (!isDelimiterRow(line)) continue;
    const columns = cellCount(line);
    const mask = (row: number): void => {
      const written = lines[row] ?? '';
      if (!written.includes('$') || cellCount(written) <= columns) return;
      const whole = written.replace(formula, (tex) => tex.replaceAll('|', stand));
      if (cellCount(whole) === columns) lines[row] = whole;
    };
    mask(index - 1);
    // The table goes on up to a blank line; what looks like another delimiter row in it is a row.
    while (index + 1 < lines.length && lines[index + 1]?.trim() !== '') {
      index += 1;
      mask(index);
    }
  }
  const masked = lines.join('\n');
  return { text: masked, stand: masked === text ? undefined : stand };
}

/** Puts the bars back, wherever the tree holds text. */
export function restoreBars(tree: Nodes, stand: string): void {
  const restore = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(stand, '|');
    if (typeof value !== 'object' || value === null) return value;
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'position') (value as Record<string, unknown>)[name] = restore(inner);
    }
    return value;
  };
  restore(tree);
}

/** A character for private use that the text does not hold. */
function unusedCharacter(text: string): string {
  for (let code = 0xe000; code < 0xf8ff; code += 1) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) return character;
  }
  return '\ufdd0';
}
