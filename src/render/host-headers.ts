/** The `_headers` file that Netlify, Cloudflare Pages and others read; elsewhere it says what to configure. */

/** Headers for every page, and for the files whose names change with their content; `trains` where a page of the site trains. */
export function hostHeaders(trains: boolean): string {
  return [
    '/*',
    `  Content-Security-Policy: ${trains ? trainingPolicy : policy}; frame-ancestors 'none'`,
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

/** The same of pages on which a reader can train: WebAssembly is compiled, and nothing else that is not the site's. */
export const trainingPolicy = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
