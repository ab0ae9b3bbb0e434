/** Where a person says that results are: a folder of this machine's own, and what is shared with others behind it. */

/** A shared place, as it was named. */
export type SharedPlace =
  | { readonly kind: 's3'; readonly name: string; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'web'; readonly name: string; readonly url: string }
  | { readonly kind: 'folder'; readonly name: string; readonly folder: string };

/** "results/2026" as it stands in an address; undefined for what could lead elsewhere. */
function segments(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.some((part) => part === '.' || part === '..' || /[\p{Cc}?#\\]/u.test(part))
    ? undefined
    : parts.join('/');
}

/**
 * The shared place of a word with a scheme; undefined for any other word, which is a folder of one's own. What is wrong with it
 * is said without repeating it: it may hold a password.
 */
export function sharedPlace(word: string): SharedPlace | { readonly refused: string } | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(word)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return undefined;
    case 's3': {
      const [, bucket = '', rest = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/i.exec(word) ?? [];
      const prefix = segments(rest);
      if (bucket === '' || bucket.includes('..') || prefix === undefined)
        return { refused: 'write s3://BUCKET/PREFIX; credentials are read from AWS_… variables and profiles' };
      return { kind: 's3', name: `s3://${[bucket, ...(prefix === '' ? [] : [prefix])].join('/')}`, bucket, prefix };
    }
    case 'https':
    case 'http':
      return webPlace(word);
    case 'file': {
      const url = URL.canParse(word) ? new URL(word) : undefined;
      if (url === undefined || url.host !== '' || segments(url.pathname) === undefined)
        return { refused: 'write file:///PATH for a folder that is shared' };
      const folder = decodeURIComponent(url.pathname).replace(/^\/(?=[A-Za-z]:)/, '');
      return { kind: 'folder', name: `file://${url.pathname}`, folder };
    }
    default:
      return { refused: 'a shared store is s3://BUCKET/PREFIX, https://… to read only, or file:///PATH' };
  }
}

function webPlace(word: string): SharedPlace | { readonly refused: string } {
  const url = URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { refused: 'write https://HOST/PATH without a password, ? or #' };
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isHere)
    return { refused: 'use https://: what comes over http:// anyone on the way may have changed' };
  const place = url.href.replace(/\/*$/, '');
  return { kind: 'web', name: place, url: place };
}
