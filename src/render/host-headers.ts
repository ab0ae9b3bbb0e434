/** The `_headers` file that Netlify, Cloudflare Pages and others read; elsewhere it says what to configure. */

/** Headers for every page, and for the files whose names change with their content. */
export function hostHeaders(): string {
  return [
    '/*',
    `  Content-Security-Policy: ${policy}; frame-ancestors 'none'`,
    '  X-Content-Type-Options: nosniff',
    '  Referrer-Policy: strict-origin-when-cross-origin',
    '/assets/*',
    '  Cache-Control: public, max-age=31536000, immutable',
    '',
  ].join('\n');
}

/** What the pages themselves say in their heads, where some of it (who may frame them) has no effect. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";
