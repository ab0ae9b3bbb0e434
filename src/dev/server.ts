/** The server behind `colophon dev`: the site from memory, for this machine only, and news of it to the pages that are open. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { messageOf } from '../shared/message-of.js';
import { dictionary } from '../shared/dictionary.js';
import { contentOf } from '../shared/content.js';
import { sha256 } from '../shared/hash.js';
import { machineKey } from '../shared/machine-key.js';
import { compiledFile } from '../shared/program-folder.js';
import { closedHeaders, refusal } from './gate.js';
import type { Session, SessionEvent } from './session.js';

export interface DevServer {
  /** "http://localhost:4000/". */
  readonly address: string;
  readonly notify: (event: SessionEvent) => void;
  readonly close: () => Promise<void>;
}

const types = dictionary<string>({
  ...{
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
  },
  ...{ '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg' },
  ...{
    '.jpeg': 'image/jpeg',
    '.gif': 'image/gif',
    '.webp': 'image/webp',
    '.woff': 'font/woff',
    '.woff2': 'font/woff2',
    '.xml': 'text/xml',
    '.txt': 'text/plain; charset=utf-8',
    '.csv': 'text/csv; charset=utf-8',
    '.pdf': 'application/pdf',
  },
});

/** Fonts never change under a name, and text that waits for one again at each page flickers. */
const fontsAreKept = 'max-age=86400, immutable';

/** What the open pages load besides the site; never part of a site that is published. */
const ownFiles: ReadonlySet<string> = new Set(['dev.js', 'dev.css']);
const ownFolder = '@colophon/';

export interface ServerOptions {
  /** The first to be tried; 0 for any. */
  readonly port: number;
  /** The address to listen at, for other machines; this machine's own unless it is given. */
  readonly host?: string;
  readonly allowedHosts?: readonly string[];
}

/** Starts to serve a session on the first free port from `port` on. */
export async function serveSession(
  session: Session,
  { port, host = '127.0.0.1', allowedHosts = [] }: ServerOptions,
): Promise<DevServer> {
  const server = createServer();
  const taken = await listen(server, port, host);
  // Who has it has read a page: a browser lets only the same origin do that. A page that is open when the server starts again
  // has the right one.
  const token = machineKey().seal('dev', `${host} ${taken}`).slice(0, 32);
  const gate = { allowedHosts, isOpen: !['127.0.0.1', '::1', 'localhost'].includes(host) };
  const listeners = new Set<ServerResponse>();
  const write = (response: ServerResponse, event: SessionEvent): void => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(closedHeaders)) response.setHeader(name, value);
    const refused = refusal(request.headers, gate);
    if (refused !== undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response
        .writeHead(refused === undefined ? 405 : 403, { 'content-type': 'text/plain; charset=utf-8' })
        .end(`${refused ?? 'This server only shows pages.'}\n`);
      return;
    }
    const { path, query } = addressOf(request.url ?? '/');
    if (path === `/${ownFolder}events`) {
      if (query.get('token') !== token) {
        response.writeHead(403).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.flushHeaders();
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      for (const event of session.state()) write(response, event);
      return;
    }
    const own = path.startsWith(`/${ownFolder}`) ? path.slice(ownFolder.length + 1) : '';
    if (ownFiles.has(own)) {
      const content = readFileSync(compiledFile(`client/${own}`));
      response.writeHead(200, { 'content-type': types[extname(own)], 'cache-control': 'no-store' }).end(content);
      return;
    }
    const name = path.replace(/\/$/, '/index.html').slice(1);
    const file = session.file(name) ?? session.file('404.html');
    const found = file?.path === name;
    const content = file === undefined ? waitingPage : contentOf(file.content);
    response.writeHead(found ? 200 : 404, {
      'content-type': types[extname(file?.path ?? 'index.html')] ?? 'application/octet-stream',
      'cache-control': found && /^assets\/.*\.woff2$/.test(name) ? fontsAreKept : 'no-store',
    });
    response.end(
      typeof content === 'string' && (file?.path ?? '.html').endsWith('.html')
        ? withDevScript(content, path, token)
        : content,
    );
  };
  server.on('request', (request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      const why = messageOf(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`${request.url ?? ''} cannot be made: ${why}\n`);
    }
  });
  return {
    address: `http://${gate.isOpen ? host : 'localhost'}:${taken}/`,
    notify: (event) => {
      for (const listener of listeners) write(listener, event);
    },
    close: async () => {
      for (const listener of listeners) listener.end();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Before the first build has given a page: one that waits for it, and shows what is wrong. */
const waitingPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Building</title></head><body><main id="colophon.content"><article></article></main></body></html>';

/**
 * A page of the site with the script that hears of its changes. Its policy allows that on top of what the published page
 * may. Addresses are relative: a proxy may have put the whole site under a path. The version tells the script whether the page
 * has changed since it was sent.
 */
function withDevScript(html: string, path: string, token: string): string {
  const root = '../'.repeat(path.split('/').length - 2);
  return html
    .replace("default-src 'none';", "default-src 'none'; connect-src 'self';")
    .replace(
      '</head>',
      `<link rel="stylesheet" href="${root}${ownFolder}dev.css">\n<script src="${root}${ownFolder}dev.js" data-token="${token}" data-version="${sha256(html).slice(0, 16)}" defer></script>\n</head>`,
    );
}

function addressOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  try {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    return { path: decodeURIComponent(pathname), query: searchParams };
  } catch {
    return { path: '/', query: new URLSearchParams() };
  }
}

/** Another port when this one is taken, up to ten further. */
async function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  for (let offset = 0; ; offset += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port === 0 ? 0 : port + offset, host, () => {
          server.removeListener('error', reject);
          resolve();
        });
      });
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port + offset;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') || offset === 10) throw error;
    }
  }
}
