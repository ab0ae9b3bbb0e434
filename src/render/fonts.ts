/** The fonts of every site. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface Font {
  readonly name: string;
  readonly content: Uint8Array;
  /** Which pages show it at once, and ask for it as early as for their style. */
  readonly first: 'on every page' | 'with italics' | 'with code' | 'with formulas' | 'never';
}

const require = createRequire(import.meta.url);

/** Where the fonts of every site are on this machine; without a path, a font is not installed. */
export function installedFonts(): { readonly name: string; readonly path: string | undefined }[] {
  return [...fontFiles, wholeMathFont].map((file) => {
    const name = file.replace(/^.*\//, '');
    try {
      return { name, path: require.resolve(file) };
    } catch {
      return { name, path: undefined };
    }
  });
}

/** The name in a site of the part of the font of formulas that its own formulas need. */
export const mathFontFile = 'stix-two-math-used.woff';
const wholeMathFont = '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2';

const fontFiles = [
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  // Names such as Drmač and Łukasz; a browser asks for them only where one stands.
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2',
  '@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-italic.woff2',
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
];

const firstWhere: readonly (readonly [Font['first'], RegExp])[] = [
  ['on every page', /(?:serif-4|inter)-latin-wght-normal/],
  ['with italics', /serif-4-latin-wght-italic/],
  ['with code', /mono-latin/],
];

/** Reads all of them. Throws the file system's error. */
export function loadFonts(): Font[] {
  return [
    ...fontFiles.map(
      (file): Font => ({
        name: file.replace(/^.*\//, ''),
        content: readFileSync(require.resolve(file)),
        first: firstWhere.find(([, pattern]) => pattern.test(file))?.[0] ?? 'never',
      }),
    ),
    // A build cuts it down when it knows all formulas.
    { name: mathFontFile, content: readFileSync(require.resolve(wholeMathFont)), first: 'with formulas' },
  ];
}
