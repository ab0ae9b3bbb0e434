/** A shared store that a web server publishes: read only, and asked without any credential. */
import { asker, type Asking } from './request.js';
import { RemoteFailure, type RemoteStore } from './remote-store.js';

/** The files below an address. */
export function webStore(url: string, asking: Pick<Asking, 'patience' | 'pause'> = {}): RemoteStore {
  const ending = new AbortController();
  const ask = asker({
    ...asking,
    name: url,
    sign: async (question) => Promise.resolve(question),
    signal: ending.signal,
  });
  const readOnly = (): never => {
    throw new RemoteFailure(`${url} can only be read`, 'gone');
  };
  /** Whether a file is there. */
  const isThere = (status: number): boolean => {
    if (status === 404 || status === 410) return false;
    if (status >= 200 && status < 300) return true;
    throw new RemoteFailure(`${url} answers ${status}`, status === 401 || status >= 500 ? 'gone' : 'denied');
  };
  const question = (path: string) => ({ method: 'GET', url: `${url}/${path}`, headers: {} }) as const;
  return {
    name: url,
    isWritable: false,
    async get(path, most) {
      const { status, headers, body } = await ask(question(path), { most });
      return isThere(status) ? { bytes: body, tag: headers.get('etag') ?? '' } : undefined;
    },
    async stream(path, bytes, begin) {
      const { status } = await ask(question(path), { most: bytes, begin });
      return isThere(status);
    },
    async look(path) {
      const { status, headers } = await ask({ ...question(path), method: 'HEAD' }, { most: 0 });
      return isThere(status) ? { bytes: Number(headers.get('content-length') ?? 0), age: 0 } : undefined;
    },
    put: readOnly,
    upload: readOnly,
    list: readOnly,
    remove: readOnly,
    close: () => {
      ending.abort();
    },
  };
}
