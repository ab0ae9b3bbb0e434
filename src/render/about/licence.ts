/** A licence as a link: of an identifier of SPDX, or an address. */
export interface NamedLink {
  readonly href: string;
  readonly text: string;
}

/** `CC-BY-4.0` is Creative Commons' own page; others are in SPDX's list. */
export function licenceLink(written: string): NamedLink {
  if (/^https?:\/\//.test(written)) return { href: written, text: nameOf(written) };
  const commons = /^CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)$/i.exec(written);
  if (commons !== null) {
    const [, terms = '', version = ''] = commons;
    const href = `https://creativecommons.org/licenses/${terms.toLowerCase()}/${version}/`;
    return { href, text: `CC ${terms.toUpperCase()} ${version}` };
  }
  return /^CC0-1\.0$/i.test(written)
    ? { href: 'https://creativecommons.org/publicdomain/zero/1.0/', text: 'CC0 1.0' }
    : { href: `https://spdx.org/licenses/${encodeURIComponent(written)}.html`, text: written };
}

function nameOf(address: string): string {
  const [, terms = '', version = ''] = /creativecommons\.org\/licenses\/([a-z-]+)\/(\d\.\d)/.exec(address) ?? [];
  return terms === '' ? address : `CC ${terms.toUpperCase()} ${version}`;
}
