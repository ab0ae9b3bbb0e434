/** A shared store in a bucket of S3, or of a service that speaks its protocol. */
import { AwsV4Signer } from 'aws4fetch';
import { sha256 } from '../../shared/hash.js';
import type { AwsSettings } from './aws-settings.js';
import { type Answer, asker, type Asking, type Question } from './request.js';
import { type LocalFile, RemoteFailure, type RemoteFile, type RemoteStore } from './remote-store.js';

interface Place {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** Of what is larger, the parts of an upload; S3 takes ten thousand of them, of at least 5 MiB. */
const partSize = 2 ** 23;
const mostParts = 9000;
const partsAtOnce = 4;
/** Of a page of a list. */
const mostOfList = 2 ** 23;
const emptyDigest = sha256('');

/** Codes that say that nothing else will be answered either. */
const hopeless = new Set([
  ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken', 'RequestTimeTooSkewed'],
  ...['NoSuchBucket', 'AccountProblem', 'AllAccessDisabled', 'InvalidBucketName', 'AuthorizationHeaderMalformed'],
  ...['QuotaExceeded', 'XMinioStorageFull', 'NotSignedUp', 'PermanentRedirect', 'AuthorizationQueryParametersError'],
]);

/** What is under a prefix of a bucket. */
export function s3Store(
  { name, bucket, prefix }: Place,
  settings: AwsSettings,
  how: Pick<Asking, 'patience' | 'pause'> = {},
): RemoteStore {
  const ending = new AbortController();
  const base = baseOf(bucket, settings);
  const clock = signingClock();
  // One for a day and a region: making it takes longer than all else of a signature.
  const signingKeys = new Map<string, ArrayBuffer>();
  const ask = asker({
    ...{ ...how, name, signal: ending.signal },
    sign: async (question) => signed(question, settings, clock.now(), signingKeys),
    again: (answer) => codeOf(answer) === 'RequestTimeTooSkewed' && clock.learn(answer),
  });
  const under = prefix === '' ? '' : `${prefix}/`;
  const urlOf = (path: string, query = ''): string => `${base}/${encodedPath(under + path)}${query}`;
  const question = (method: Question['method'], url: string, body?: Uint8Array): Question => ({
    ...{ method, url, body },
    headers: { 'x-amz-content-sha256': body === undefined ? emptyDigest : sha256(body) },
  });
  /** Whether a file is there. Throws a RemoteFailure where it cannot be said. */
  const isThere = (answer: Answer): boolean => {
    if (answer.status >= 200 && answer.status < 300) return true;
    // Where a HEAD is refused there is no body that says more.
    if (answer.status === 404 && ['', 'NoSuchKey', 'NotFound', 'NoSuchUpload'].includes(codeOf(answer))) return false;
    throw refusal(name, answer);
  };
  const done = (answer: Answer): Answer => {
    if (!isThere(answer)) throw refusal(name, answer);
    return answer;
  };
  /** Whether conditions on writing are known there; it is found out by the first of them. */
  let knowsConditions = true;

  return {
    name,
    isWritable: true,
    async get(path, most) {
      const answer = await ask(question('GET', urlOf(path)), { most });
      return isThere(answer) ? { bytes: answer.body, tag: answer.headers.get('etag') ?? '' } : undefined;
    },
    stream: async (path, bytes, begin) => isThere(await ask(question('GET', urlOf(path)), { most: bytes, begin })),
    async look(path) {
      const answer = await ask(question('HEAD', urlOf(path)), { most: 0 });
      if (!isThere(answer)) return undefined;
      const [now, then] = ['date', 'last-modified'].map((header) => Date.parse(answer.headers.get(header) ?? ''));
      const age = (now ?? Number.NaN) - (then ?? Number.NaN);
      // Of an unknown age it is written again.
      return { bytes: Number(answer.headers.get('content-length') ?? 0), age: Number.isNaN(age) ? Infinity : age };
    },
    async put(path, bytes, over) {
      const plain = question('PUT', urlOf(path), bytes);
      if (over === undefined || !knowsConditions) return isThere(done(await ask(plain, { most: 2 ** 16 })));
      const condition = over === '' ? { 'if-none-match': '*' } : { 'if-match': over };
      const answer = await ask({ ...plain, headers: { ...plain.headers, ...condition } }, { most: 2 ** 16 });
      if (answer.status === 412 || answer.status === 409 || (answer.status === 404 && over !== '')) return false;
      if (answer.status === 501 || codeOf(answer) === 'NotImplemented') {
        // Of two writers the last one then stays: whole, as everything is.
        knowsConditions = false;
        return isThere(done(await ask(plain, { most: 2 ** 16 })));
      }
      done(answer);
      return true;
    },
    async upload(path, file) {
      // One question instead of three.
      if (file.bytes <= partSize) {
        done(await ask(question('PUT', urlOf(path), await file.read(0, file.bytes)), { most: 2 ** 16 }));
        return;
      }
      const { body } = done(await ask(question('POST', urlOf(path, '?uploads=')), { most: 2 ** 16 }));
      const id = tagIn(text(body), 'UploadId');
      if (id === undefined) throw new RemoteFailure(`${name} names no upload for a large file`, 'file');
      const query = `uploadId=${encodeURIComponent(id)}`;
      try {
        const parts = await uploadParts(file, async (number, bytes) => {
          const url = urlOf(path, `?partNumber=${number}&${query}`);
          return done(await ask(question('PUT', url, bytes), { most: 2 ** 16 })).headers.get('etag') ?? '';
        });
        const list = parts.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${xml(tag)}</ETag></Part>`);
        const whole = new TextEncoder().encode(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
        const answer = done(await ask(question('POST', urlOf(path, `?${query}`), whole), { most: 2 ** 16 }));
        // A failure may come after it has said that all is well.
        if (text(answer.body).includes('<Error>')) throw refusal(name, { ...answer, status: 500 });
      } catch (error) {
        // Parts that belong to nothing would be paid for; where it fails, the bucket's rules remove them.
        await ask(question('DELETE', urlOf(path, `?${query}`)), { most: 2 ** 16 }).catch(() => undefined);
        throw error;
      }
    },
    async *list() {
      for (let token = ''; ; ) {
        const next = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
        const query = `?list-type=2&prefix=${encodeURIComponent(under)}${next}`;
        const answer = done(await ask(question('GET', `${base}${query}`), { most: mostOfList }));
        const page = text(answer.body);
        yield* listed(page, under, Date.parse(answer.headers.get('date') ?? ''));
        token = tagIn(page, 'NextContinuationToken') ?? '';
        if (tagIn(page, 'IsTruncated') !== 'true' || token === '') return;
      }
    },
    async remove(path) {
      isThere(await ask(question('DELETE', urlOf(path)), { most: 2 ** 16 }));
    },
    close: () => {
      ending.abort();
    },
  };
}

/** The bucket's address: in the path where a service of another's may not know it as a host, and where its name has dots. */
function baseOf(bucket: string, { endpoint, region }: AwsSettings): string {
  if (endpoint !== undefined) return `${endpoint}/${bucket}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

async function signed(
  question: Question,
  { region, credentials }: AwsSettings,
  datetime: string,
  cache: Map<string, ArrayBuffer>,
): Promise<Question> {
  if (credentials === undefined) return question;
  const { method, url, headers } = question;
  // The digest of the body is in the headers, and it is not read again.
  const sign = await new AwsV4Signer({
    method,
    url,
    headers,
    ...credentials,
    region,
    datetime,
    cache,
    service: 's3',
  }).sign();
  return { ...question, url: sign.url.href, headers: Object.fromEntries(sign.headers) };
}

/** The time that requests are signed with: this machine's, until the service says that it is another one. */
function signingClock(): { readonly now: () => string; readonly learn: (answer: Answer) => boolean } {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    learn: ({ headers }) => {
      const theirs = Date.parse(headers.get('date') ?? '');
      if (Number.isNaN(theirs)) return false;
      ahead = theirs - Date.now();
      return true;
    },
  };
}

async function uploadParts(
  { bytes, read }: LocalFile,
  send: (number: number, part: Uint8Array) => Promise<string>,
): Promise<string[]> {
  const size = Math.max(partSize, Math.ceil(bytes / mostParts));
  const count = Math.max(1, Math.ceil(bytes / size));
  const tags: string[] = Array.from({ length: count }, () => '');
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const from = at * size;
      tags[at] = await send(at + 1, await read(from, Math.min(size, bytes - from)));
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, lane));
  return tags;
}

/** What a service says, in its own short word: the rest of what it says may hold parts of a credential. */
function codeOf({ status, body }: Answer): string {
  const code = status < 300 ? undefined : tagIn(text(body), 'Code');
  return code !== undefined && /^[A-Za-z]{1,64}$/.test(code) ? code : '';
}

function refusal(name: string, answer: Answer): RemoteFailure {
  const code = codeOf(answer);
  const said = `${name} answers ${answer.status}${code === '' ? '' : ` ${code}`}`;
  const isGone = hopeless.has(code) || answer.status === 401 || answer.status >= 500;
  const isClock = code === 'RequestTimeTooSkewed';
  return new RemoteFailure(isClock ? `${said}: set this machine's clock` : said, isGone ? 'gone' : 'denied');
}

function* listed(page: string, under: string, now: number): Generator<RemoteFile> {
  for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const [key = '', size = '', changed = ''] = ['Key', 'Size', 'LastModified'].map((name) => tagIn(entry, name));
    const age = (Number.isNaN(now) ? Date.now() : now) - Date.parse(changed);
    // Of an age that is not known it is young.
    if (key.startsWith(under))
      yield { path: key.slice(under.length), bytes: Number(size), age: Number.isNaN(age) ? 0 : age };
  }
}

/** The text of the first element of a name. */
function tagIn(page: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(page)?.[1];
  return found?.replace(/&(lt|gt|quot|apos|amp|#34|#39);/g, (_, sign: string) => signs[sign] ?? '');
}

const signs: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#34': '"',
  apos: "'",
  '#39': "'",
  amp: '&',
};

function xml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
