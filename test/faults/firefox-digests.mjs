/** Has a site verified in Firefox: `node --experimental-websocket test/faults/firefox-digests.mjs SITE`. Prints the lines of each way to read it as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { verifyInPage } from './verify-in-page.mjs';
import { serve, startFirefox } from './webdriver.mjs';

const site = process.argv[2];
const [, policy] = /Content-Security-Policy: (.*)/.exec(readFileSync(join(site, '_headers'), 'utf8'));
const served = [await serve(site), await serve(site, { 'content-security-policy': policy })];
const ways = { 'over HTTP': served[0].base, 'over HTTP with _headers': served[1].base, 'from disk': pathToFileURL(join(site, '/')).href };
const found = {};
const { send, end } = await startFirefox();
try {
  await send('session.new', { capabilities: {} });
  for (const [way, base] of Object.entries(ways)) {
    const { context } = await send('browsingContext.create', { type: 'tab' });
    await send('browsingContext.navigate', { context, url: new URL('provenance.html', base).href, wait: 'complete' });
    const { result, exceptionDetails } = await send('script.callFunction', { functionDeclaration: verifyInPage, target: { context }, awaitPromise: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    found[way] = result.value.split('\n');
    await send('browsingContext.close', { context });
  }
} finally {
  await end();
  for (const { close } of served) close();
}
console.log(JSON.stringify(found));
