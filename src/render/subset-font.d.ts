declare module 'subset-font' {
  /** The part of a font that shows a text, glyphs that its tables lead to included. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: { readonly targetFormat: 'woff' },
  ): Promise<Uint8Array>;
}
