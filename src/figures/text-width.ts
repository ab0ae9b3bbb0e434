/** How wide a text is in Inter, so that Vega can lay it out without a canvas and alike on every machine. The table is made when the program is compiled. */
import { regularWidths, semiboldWidths } from './inter-widths.js';

type Widths = ReadonlyMap<string, number>;

const byCharacter = (table: typeof regularWidths): Widths =>
  new Map(
    table.flatMap(([width, characters]) => Array.from(characters).map((character) => [character, width] as const)),
  );

const regular = byCharacter(regularWidths);
const semibold = byCharacter(semiboldWidths);

/** Of characters outside the table, by their script: wide, so that text rather has too much room than too little. */
const widthsOfScripts: readonly (readonly [RegExp, number])[] = [
  [/\p{M}|\p{Cf}/u, 0],
  [/[\p{sc=Arabic}\p{sc=Hebrew}]/u, 620],
  [/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uff60]/u, 1000],
];
const unknownWidth = 900;

function widthOutside(character: string): number {
  return widthsOfScripts.find(([script]) => script.test(character))?.[1] ?? unknownWidth;
}

/** In pixels, without kerning. */
export function textWidth(text: string, fontSize: number, fontWeight: number | string = 400): number {
  const weight = fontWeight === 'bold' ? 700 : Number(fontWeight);
  const widths = weight >= 550 ? semibold : regular;
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? widthOutside(character);
  return (thousandths * fontSize) / 1000;
}
