/** The server behind `colophon dev`: the site from memory, on this machine only, and news of it to the pages that are open. */
import { dictionary } from '../dictionary.js';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { contentOf } from '../late.js';
import { compiledFile } from '../program-folder.js';
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
  },
});

/** Fonts never change under a name, and text that waits for one again at each page flickers. */
const fontsAreKept = 'max-age=86400, immutable';

/** What the open pages load besides the site; never part of a site that is published. */
const ownFiles = dictionary<string>({ '/@colophon/dev.js': 'dev.js', '/@colophon/dev.css': 'dev.css' });

/** Starts to serve a session on the first free port from `port` on. */
export async function serveSession(session: Session, port: number): Promise<DevServer> {
  const listeners = new Set<ServerResponse>();
  const write = (response: ServerResponse, event: SessionEvent): void => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // A page of another site whose name was made to mean this machine has another Host.
    if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? '')) {
      response.writeHead(403).end('This server answers only to localhost.\n');
      return;
    }
    const path = pathOf(request.url ?? '/');
    if (path === '/@colophon/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      for (const event of session.state()) write(response, event);
      return;
    }
    const own = ownFiles[path];
    if (own !== undefined) {
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
    response.end(typeof content === 'string' && (file?.path ?? '.html').endsWith('.html') ? alive(content) : content);
  };
  const server = createServer(answer);
  const taken = await listen(server, port);
  return {
    address: `http://localhost:${taken}/`,
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
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Building</title></head><body><main id="content"><article></article></main></body></html>';

/** A page of the site that hears of its own changes. Its policy allows that on top of what the published page may. */
function alive(html: string): string {
  return html
    .replace("default-src 'none';", "default-src 'none'; connect-src 'self';")
    .replace(
      '</head>',
      '<link rel="stylesheet" href="/@colophon/dev.css">\n<script src="/@colophon/dev.js" defer></script>\n</head>',
    );
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return '/';
  }
}

/** Loopback only. Another port when this one is taken, up to ten further. */
async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  for (let offset = 0; ; offset += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port === 0 ? 0 : port + offset, '127.0.0.1', () => {
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
