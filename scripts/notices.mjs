/** The licences of the libraries whose code is in a bundle, as they ask to be passed on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages that esbuild's metafiles say were bundled, each once, by name: { name, version, licence, text }. `text` is
 * that of its licence file, or what package.json says where it has none. Throws for a package without any licence.
 */
export function bundledLibraries(root, ...metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
    ),
  );
  const libraries = [...folders].map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const { name, version, author } = manifest;
    // Old packages have a list.
    const license = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' or ');
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
    if (license === undefined && file === undefined) throw new Error(`${name} says nothing of its licence`);
    const holder = typeof author === 'string' ? author : (author?.name ?? 'its authors');
    const text =
      file === undefined ? `${license}, by ${holder}` : readFileSync(join(root, folder, file), 'utf8').trim();
    return { name, version, licence: license ?? 'see below', text };
  });
  return libraries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those licences as text, each once, under the packages that have it. */
export function noticesOf(root, ...metafiles) {
  const byText = new Map();
  for (const library of bundledLibraries(root, ...metafiles)) {
    byText.set(library.text, [...(byText.get(library.text) ?? []), library]);
  }
  return [...byText]
    .map(([text, libraries]) => {
      const names = new Set(libraries.map(({ name, version, licence }) => `${name} ${version} (${licence})`));
      // The text may stand in a comment.
      return `${[...names].join('\n')}\n\n${text.replaceAll('*/', '* /')}\n\n----\n`;
    })
    .join('\n');
}
