/** A plain static server: files as they are, with their types, a page for wrong addresses, and nothing else. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { decodeAddress } from '../../src/shared/decode-address.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** At "/" of a host of its own, or under another path such as "/course/"; with headers of the host's choice. */
export async function serveFolder(
  folder: string,
  base = '/',
  headersOf: (path: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<{ address: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = decodeAddress(new URL(request.url ?? '/', 'http://localhost').pathname);
    const inside = path.startsWith(base) ? path.slice(base.length) : undefined;
    const file = join(folder, normalize(path.endsWith('/') ? `${inside ?? ''}index.html` : (inside ?? '')));
    if (inside === undefined || !file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      const missing = join(folder, '404.html');
      // A browser asks for an icon unbidden.
      response.writeHead(path === '/favicon.ico' ? 204 : 404, { 'content-type': types['.html'] });
      response.end(inside !== undefined && existsSync(missing) ? readFileSync(missing) : '');
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...headersOf(path),
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
