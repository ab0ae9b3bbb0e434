/**
 * The sites of the corpus in Firefox, driven over WebDriver BiDi: `node --experimental-websocket test/faults/firefox.mjs FOLDER`.
 * Prints what came of them as JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, startFirefox } from './webdriver.mjs';

/** What each page has from its start: it notes calls of hit() and violations of the policy. */
const preload = `() => {
  window.noted = [];
  Object.defineProperty(window, 'hit', { value: () => { window.noted.push('hit()'); } });
  document.addEventListener('securitypolicyviolation', (event) => { window.noted.push(event.violatedDirective + ' ' + event.blockedURI); });
}`;

/** A reader who opens whatever there is. */
const readAll = `async () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  for (let y = 0; y < document.documentElement.scrollHeight; y += 2500) { scrollTo(0, y); await pause(10); }
  for (const name of ['pointerover', 'mouseover', 'focus']) for (const element of [...document.querySelectorAll('article *')].slice(0, 4000)) element.dispatchEvent(new Event(name, { bubbles: true }));
  await pause(100);
  return window.noted ?? [];
}`;

const folder = process.argv[2];
const found = { pages: 0, effects: [], requests: [] };
const { send, events, end } = await startFirefox();
try {
  await send('session.new', { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: 'dismiss' } } } });
  await send('session.subscribe', { events: ['network.beforeRequestSent', 'browsingContext.userPromptOpened'] });
  await send('script.addPreloadScript', { functionDeclaration: preload });
  const { context } = await send('browsingContext.create', { type: 'tab' });
  for (const name of readdirSync(folder)) {
    const { base, close } = await serve(join(folder, name, 'site'));
    for (const path of JSON.parse(readFileSync(join(folder, name, 'paths.json'), 'utf8'))) {
      // What is saved instead of shown cannot act.
      const shown = await send('browsingContext.navigate', { context, url: new URL(path, base).href, wait: 'complete' }).then(() => true, () => false);
      found.pages += 1;
      if (shown) {
        const { result } = await send('script.callFunction', { functionDeclaration: readAll, target: { context }, awaitPromise: true });
        for (const { value } of result?.value ?? []) found.effects.push(`${path}: ${value}`);
      }
      for (const { method, params } of events.splice(0)) {
        if (method === 'browsingContext.userPromptOpened') found.effects.push(`${path}: a dialog ${params.message}`);
        else if (params.context === context && !params.request.url.startsWith(base) && !/^(?:data|blob|about):/.test(params.request.url)) found.requests.push(`${path}: ${params.request.url}`);
      }
    }
    close();
  }
} finally {
  await end();
}
console.log(JSON.stringify(found));
