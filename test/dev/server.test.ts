/** Who may read a draft under `colophon dev`: the person who writes it, and no website that they have open. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../src/dev/gate.js';
import { type DevServer, serveSession } from '../../src/dev/server.js';
import type { Session } from '../../src/dev/session.js';

const page = '<!doctype html><html><head></head><body>draft</body></html>';
const session: Session = {
  update: () => Promise.resolve(),
  file: (path) => (['index.html', 'a/b.html', 'search-index.js'].includes(path) ? { path, content: page } : undefined),
  state: () => [],
  stop: () => undefined,
};

let server: DevServer;
beforeAll(async () => {
  server = await serveSession(session, { port: 0, allowedHosts: ['proxy.example.org'] });
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, server.address), { headers, method }, (response) => {
      let text = '';
      const end = (): void => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      };
      response.on('data', (data: Buffer) => {
        text += data.toString();
      });
      response.on('end', end);
      // It never ends by itself.
      if (response.headers['content-type'] === 'text/event-stream') {
        end();
        asked.destroy();
      }
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of a draft', () => {
  it.each([
    [
      'a script of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    ],
    [
      'a script of another port',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    ],
    [
      'a request of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'https://example.org' },
    ],
    ['a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['an old browser that says the origin', { origin: 'https://example.org' }],
    ['an old browser that says the page', { referer: 'https://example.org/x' }],
    ['an origin that is none', { origin: 'null' }],
    ['a name that was made to mean this machine', { host: 'attacker.example.org' }],
  ])('refuses %s', async (_name, headers) => {
    for (const path of ['/search-index.js', '/', '/@colophon/dev.js', '/@colophon/events']) {
      const { status, text } = await ask(path, headers);
      expect([path, status]).toEqual([path, 403]);
      expect(text).not.toContain('draft');
    }
  });

  it.each([
    [
      'a person who types the address',
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
    [
      'a person who follows a link from elsewhere',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
    ['its own pages', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    ['a program', {}],
    ['a proxy that was named', { host: 'proxy.example.org' }],
  ])('answers %s', async (_name, headers) => {
    const { status, text, headers: said } = await ask('/', headers);
    expect([status, text]).toEqual([200, expect.stringContaining('draft')]);
    expect(said).toMatchObject({ 'cross-origin-resource-policy': 'same-origin', 'x-content-type-options': 'nosniff' });
    expect(said).not.toHaveProperty('access-control-allow-origin');
  });

  it('tells its news only to who has read a page', async () => {
    const { text } = await ask('/');
    const token = /data-token="([0-9a-f]{32})"/.exec(text)?.[1] ?? '';
    expect((await ask('/@colophon/events')).status).toBe(403);
    expect((await ask('/@colophon/events?token=0')).status).toBe(403);
    expect((await ask(`/@colophon/events?token=${token}`)).status).toBe(200);
  });

  it('names what it loads relative to the page, for a proxy that puts it under a path', async () => {
    expect((await ask('/a/b.html')).text).toContain('src="../@colophon/dev.js"');
    expect((await ask('/')).text).toContain('src="@colophon/dev.js"');
  });

  it('changes nothing for anyone', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/', {}, method)).status).toBe(405);
  });

  it('says what to do where it is reached under another name; open to other machines, an address will do', () => {
    const closed = { allowedHosts: [], isOpen: false };
    expect(refusal({}, closed)).toBeDefined();
    expect(refusal({ host: 'name-4000.app.github.dev' }, closed)).toContain('--allow-host');
    expect(
      refusal({ host: 'name-4000.app.github.dev' }, { ...closed, allowedHosts: ['name-4000.app.github.dev'] }),
    ).toBeUndefined();
    expect(refusal({ host: '192.168.0.7:4000' }, closed)).toBeDefined();
    expect(refusal({ host: '192.168.0.7:4000' }, { ...closed, isOpen: true })).toBeUndefined();
    expect(refusal({ host: '[fe80::1]:4000' }, { ...closed, isOpen: true })).toBeUndefined();
    expect(refusal({ host: 'attacker.example.org' }, { ...closed, isOpen: true })).toBeDefined();
  });
});
