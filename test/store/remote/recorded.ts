/** Conversations with real servers, written down by `npm run test:shared -- record`, and a server that has them once more. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../../src/shared/hash.js';

export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** Conditions of the request. */
  readonly conditions: Readonly<Record<string, string>>;
  /** SHA-256 of what was sent. */
  readonly sent: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As text; a number is so many zeros. */
  readonly body: string | number;
}

export interface Recording {
  /** The program that answered, with its version. */
  readonly server: string;
  readonly exchanges: readonly Exchange[];
}

const file = new URL('../../fixtures/shared/exchanges.json', import.meta.url);

export function recordings(): readonly Recording[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Recording[];
}

/** Answers as the recorded server did, each exchange once; what was never asked is 599. */
export async function replaying(
  exchanges: readonly Exchange[],
): Promise<{ readonly url: string; readonly left: () => readonly Exchange[]; readonly close: () => void }> {
  const left = [...exchanges];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const sent = sha256(Buffer.concat(pieces));
      const at = left.findIndex(
        ({ method, url, conditions, sent: digest }) =>
          method === request.method &&
          url === request.url &&
          digest === sent &&
          ['if-match', 'if-none-match'].every((name) => conditions[name] === request.headers[name]),
      );
      const [found] = at < 0 ? [] : left.splice(at, 1);
      response.writeHead(found?.status ?? 400, found?.headers);
      const body = typeof found?.body === 'number' ? Buffer.alloc(found.body) : (found?.body ?? '');
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    left: () => left,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
