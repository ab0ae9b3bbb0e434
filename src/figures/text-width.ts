/** How wide a text is in Inter, so that Vega can lay it out without a canvas and alike on every machine. The table is made when the program is compiled. */
import { regularWidths, semiboldWidths } from './inter-widths.js';

type Widths = ReadonlyMap<string, number>;

const byCharacter = (table: typeof regularWidths): Widths =>
  new Map(
    table.flatMap(([width, characters]) => Array.from(characters).map((character) => [character, width] as const)),
  );

const regular = byCharacter(regularWidths);
const semibold = byCharacter(semiboldWidths);

/** Of a character outside the table; wide, so that text rather has too much room than too little. */
const unknownWidth = 900;

/** In pixels, without kerning. */
export function textWidth(text: string, fontSize: number, fontWeight: number | string = 400): number {
  const weight = fontWeight === 'bold' ? 700 : Number(fontWeight);
  const widths = weight >= 550 ? semibold : regular;
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? unknownWidth;
  return (thousandths * fontSize) / 1000;
}
