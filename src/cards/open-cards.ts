/** Draws cards as PNG, with resvg and the fonts of the figures: the same bytes on every machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { openTypeOf } from './woff.js';

const require = createRequire(import.meta.url);
const fonts = ['400', '600'].map((weight) => `@fontsource/inter/files/inter-latin-${weight}-normal.woff`);

let opening: Promise<void> | undefined;

/** Makes a PNG of an SVG, at its own size. */
export async function openCards(): Promise<(svg: string) => Uint8Array> {
  opening ??= initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await opening;
  const fontBuffers = fonts.map((file) => openTypeOf(readFileSync(require.resolve(file))));
  const font = { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' };
  return (svg) => {
    const drawing = new Resvg(svg, { font });
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    drawing.free();
    return png;
  };
}
