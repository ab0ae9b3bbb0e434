/** The conversation of test/store/remote/protocol.ts with a real server, written down for `npm test`. */
import { createHash } from 'node:crypto';
import { createServer, request as ask } from 'node:http';

const kept = ['etag', 'last-modified', 'date', 'content-type'];

/** Stands between a client and a server, and gives what was said. Signatures hold: the host's name is passed on. */
export async function recorder(url) {
  const exchanges = [];
  const server = createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const sent = Buffer.concat(pieces);
      const { hostname, port } = new URL(url);
      const onward = ask({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const body = Buffer.concat(parts);
          const conditions = Object.fromEntries(['if-match', 'if-none-match'].flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])));
          const headers = Object.fromEntries(kept.flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]])));
          // The length of what a HEAD does not send.
          if (request.method === 'HEAD' && answer.headers['content-length'] !== undefined) headers['content-length'] = answer.headers['content-length'];
          const isZeros = body.length > 1000 && body.every((byte) => byte === 0);
          exchanges.push({
            method: request.method,
            url: request.url,
            conditions,
            sent: createHash('sha256').update(sent).digest('hex'),
            status: answer.statusCode,
            headers,
            body: isZeros ? body.length : body.toString(),
          });
          response.writeHead(answer.statusCode, answer.headers);
          response.end(body);
        });
      });
      onward.on('error', () => response.destroy());
      onward.end(sent);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    exchanges,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
