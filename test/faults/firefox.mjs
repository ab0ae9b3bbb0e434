/**
 * The sites of the corpus in Firefox, driven over WebDriver BiDi: `node --experimental-websocket test/faults/firefox.mjs FOLDER`.
 * Prints what came of them as JSON.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png', '.txt': 'text/plain', '.csv': 'text/plain', '.json': 'text/plain' };

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

async function start() {
  const profile = mkdtempSync(join(tmpdir(), 'colophon-firefox-'));
  const command = process.env.COLOPHON_FIREFOX ?? 'firefox';
  const child = spawn(command, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`firefox ended with ${code}`)));
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map();
  const events = [];
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'event') events.push(message);
    else {
      const { resolve, reject } = waiting.get(message.id);
      if (message.type === 'error') reject(new Error(`${message.error}: ${message.message}`));
      else resolve(message.result);
    }
  };
  let last = 0;
  const send = (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const end = async () => {
    socket.close();
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { send, events, end };
}

function serve(site) {
  const server = createServer(({ url = '/' }, response) => {
    try {
      const file = join(site, decodeURIComponent(new URL(url, 'http://x').pathname));
      const body = readFileSync(statSync(file).isDirectory() ? join(file, 'index.html') : file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() })));
}

const folder = process.argv[2];
const found = { pages: 0, effects: [], requests: [] };
const { send, events, end } = await start();
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
