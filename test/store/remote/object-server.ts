/** A small service of S3's protocol in this process, which can be told to fail: what no real server does when it is asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../../src/shared/hash.js';

export interface Served {
  readonly method: string;
  /** Below the bucket. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Answers in the place of the service, and says so. */
export type Fault = (served: Served, response: ServerResponse) => boolean | Promise<boolean>;

export interface ObjectServer {
  readonly url: string;
  readonly objects: Map<string, { bytes: Buffer; at: number }>;
  /** Every request so far. */
  readonly served: Served[];
  fault: Fault | undefined;
  readonly close: () => Promise<void>;
}

/** Of a page of a list. */
const pageSize = 3;

export async function objectServer(): Promise<ObjectServer> {
  const objects = new Map<string, { bytes: Buffer; at: number }>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const served: Served[] = [];
  const state: { fault: Fault | undefined } = { fault: undefined };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://here');
    const [, , ...rest] = decodeURIComponent(url.pathname).split('/');
    const path = rest.join('/');
    const asked = { method: request.method ?? '', path, headers: request.headers };
    served.push(asked);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (await state.fault?.(asked, response)) return;
    const [body, there] = [Buffer.concat(pieces), objects.get(path)];
    const say = (status: number, content: Buffer | string = '', headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers });
      response.end(asked.method === 'HEAD' ? undefined : content);
    };
    const described = (bytes: Buffer, at: number): Record<string, string> => ({
      ...{ etag: `"${sha256(bytes)}"`, 'last-modified': new Date(at).toUTCString() },
    });
    const refuse = (status: number, code: string): void => {
      say(status, `<Error><Code>${code}</Code></Error>`);
    };
    const id = url.searchParams.get('uploadId') ?? '';
    switch (asked.method) {
      case 'HEAD':
      case 'GET': {
        if (url.searchParams.has('list-type')) {
          const after = url.searchParams.get('continuation-token') ?? '';
          const keys = [...objects.keys()].sort().filter((key) => key > after);
          const page = keys.slice(0, pageSize);
          const entries = page.map((key) => {
            const { bytes, at } = objects.get(key) ?? { bytes: Buffer.of(), at: 0 };
            return `<Contents><Key>${key}</Key><LastModified>${new Date(at).toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
          });
          const more = keys.length > pageSize;
          const next = `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>`;
          say(
            200,
            `<ListBucketResult><IsTruncated>${more}</IsTruncated>${entries.join('')}${more ? next : ''}</ListBucketResult>`,
          );
        } else if (there === undefined) refuse(404, 'NoSuchKey');
        else
          say(200, there.bytes, { ...described(there.bytes, there.at), 'content-length': String(there.bytes.length) });
        return;
      }
      case 'PUT': {
        const [none, match] = [request.headers['if-none-match'], request.headers['if-match']];
        if (request.headers['x-amz-content-sha256'] !== sha256(body)) refuse(400, 'XAmzContentSHA256Mismatch');
        else if (id !== '') {
          uploads.get(id)?.set(Number(url.searchParams.get('partNumber')), body);
          say(200, '', { etag: `"${sha256(body)}"` });
        } else if ((none === '*' && there !== undefined) || (match !== undefined && match !== tagOf(there?.bytes)))
          refuse(412, 'PreconditionFailed');
        else {
          objects.set(path, { bytes: body, at: Date.now() });
          say(200, '', { etag: tagOf(body) });
        }
        return;
      }
      case 'POST': {
        const parts = uploads.get(id);
        if (parts === undefined) {
          uploads.set(`upload ${uploads.size}`, new Map());
          say(200, `<R><UploadId>upload ${uploads.size - 1}</UploadId></R>`);
          return;
        }
        const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
        objects.set(path, { bytes: Buffer.concat(inOrder), at: Date.now() });
        say(200, '<R></R>');
        return;
      }
      default:
        if (id === '') objects.delete(path);
        else uploads.delete(id);
        say(204);
    }
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    served,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function tagOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : `"${sha256(bytes)}"`;
}
