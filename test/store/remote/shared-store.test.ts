/** A local store with a shared one behind it: never a wrong byte, nothing lost, and no fault of the other is more than a line. */
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Artifact, float64Array } from '../../../src/shared/artifact.js';
import { directoryStore } from '../../../src/store/directory-store.js';
import { day } from '../../../src/store/remote/ages.js';
import { awsSettings } from '../../../src/store/remote/aws-settings.js';
import { collectRemote, remoteStatus } from '../../../src/store/remote/collect-remote.js';
import { folderStore } from '../../../src/store/remote/folder.js';
import { waitingFor } from '../../../src/store/remote/queue.js';
import type { RemoteStore } from '../../../src/store/remote/remote-store.js';
import { s3Store } from '../../../src/store/remote/s3.js';
import { type SharedStore, sharedStore } from '../../../src/store/remote/shared-store.js';
import { webStore } from '../../../src/store/remote/web.js';
import { temporaryFolder } from '../../report-folder.js';
import { type ObjectServer, objectServer } from './object-server.js';

const made = { seconds: 1, at: '2026-01-01T00:00:00.000Z', colophon: '0', program: '0', node: '0', platform: '0' };
const known = { kind: 'dataset', version: 1, options: {}, inputs: {}, profile: 'p', device: 'CPU', made };
const keyOf = (number: number): string => number.toString(16).padStart(64, '0');
const want = (number: number): { key: string; kind: string } => ({ key: keyOf(number), kind: 'dataset' });
const small: Artifact = { arrays: { a: float64Array([3], Float64Array.of(1, Number.NaN, -0)) }, values: { n: 3 } };
/** More than stands in a bundle, with an array that does. */
const large: Artifact = {
  arrays: {
    a: float64Array(
      [40_000],
      Float64Array.from({ length: 40_000 }, (_, at) => at),
    ),
    ...{ b: small.arrays['a'] },
  } as Artifact['arrays'],
  values: { n: 4 },
};
const secret = 'canary-secret-key';
const token = 'canary-session-token';
const credentials = { accessKeyId: 'canary-id', secretAccessKey: secret, sessionToken: token };

let server: ObjectServer;
beforeAll(async () => (server = await objectServer()));
afterAll(async () => server.close());
beforeEach(() => {
  server.fault = undefined;
  server.objects.clear();
  server.served.splice(0);
});

interface Opened {
  readonly store: SharedStore;
  readonly folder: string;
  readonly said: string[];
}

const bucket = (how = { patience: 300, pause: 1 }): RemoteStore =>
  s3Store({ name: 's3://group', bucket: 'group', prefix: '' }, { region: 'r', endpoint: server.url, credentials }, how);

function opened(
  remote: RemoteStore | undefined = bucket(),
  folder = temporaryFolder(),
  signal = new AbortController().signal,
): Opened {
  const said: string[] = [];
  const warn = (message: string): void => void said.push(message);
  const local = directoryStore(folder, warn);
  const store = sharedStore({
    local,
    folder,
    remote,
    remoteName: 's3://group',
    isResult: ({ kind }) => kind === 'dataset',
    warn,
    signal,
  });
  return { store, folder, said };
}

/** Fills the shared store with results under these keys. */
async function shared(...numbers: readonly number[]): Promise<void> {
  const { store } = opened();
  for (const number of numbers) store.keep({ ...known, key: keyOf(number) }, number % 2 === 0 ? large : small);
  expect(await store.finish()).toMatchObject({ sent: numbers.length, waiting: 0 });
  server.served.splice(0);
}

const found = ({ store }: Opened, number: number): Artifact | undefined =>
  store.find(keyOf(number), () => true)?.artifact;

describe('a shared store', () => {
  it('gives back what another machine kept, small and large, to the bit, and is not asked again', async () => {
    await shared(1, 2);
    const one = opened();
    expect(await one.store.bring([want(1), want(2), want(3)])).toBe(2);
    expect([found(one, 1), found(one, 2), found(one, 3)]).toEqual([small, large, undefined]);
    // A small result is one question; a large array is one more.
    expect(server.served).toHaveLength(4);
    const again = opened(bucket(), one.folder);
    await again.store.bring([want(1), want(2)]);
    await again.store.finish();
    expect([found(again, 1), found(again, 2), server.served.length]).toEqual([small, large, 4]);
    expect(one.said).toEqual([]);
  });

  it('is read over the web, and shared in a folder, alike', async () => {
    await shared(1, 2);
    const web = opened(webStore(`${server.url}/group`));
    await web.store.bring([want(1), want(2)]);
    web.store.keep({ ...known, key: keyOf(3) }, small);
    expect([found(web, 1), found(web, 2), waitingFor(web.folder, 's3://group')]).toEqual([small, large, 0]);
    expect(server.served.some(({ headers }) => headers['authorization'] !== undefined)).toBe(false);
    const place = temporaryFolder();
    const writer = opened(folderStore(place, 'file:///share'));
    for (const number of [1, 2]) writer.store.keep({ ...known, key: keyOf(number) }, number === 2 ? large : small);
    await writer.store.finish();
    const reader = opened(folderStore(place, 'file:///share'));
    await reader.store.bring([want(1), want(2)]);
    expect([found(reader, 1), found(reader, 2)]).toEqual([small, large]);
    const gone = opened(folderStore(join(place, 'not-mounted'), 'file:///share'));
    await gone.store.bring([want(1)]);
    expect(gone.said.join()).toMatch(/file:\/\/\/share is not there; the build goes on without it/);
  });

  it('stands in a folder whose file system has no hard links, or another time', async () => {
    const place = temporaryFolder();
    const link = async (): Promise<never> => Promise.reject(Object.assign(new Error('none'), { code: 'EPERM' }));
    const remote = folderStore(place, 'file:///share', { link });
    expect([await remote.put('a/b', Buffer.from('one'), ''), await remote.put('a/b', Buffer.from('two'), '')]).toEqual([
      true,
      false,
    ]);
    expect((await remote.get('a/b', 9))?.bytes.toString()).toBe('one');
    expect(readdirSync(join(place, 'a'))).toEqual(['b']);
    // This machine's clock is two days behind: what was written two days ago there is not young.
    const now = Date.now();
    utimesSync(join(place, 'a/b'), new Date(now - 2 * day), new Date(now - 2 * day));
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now - 2 * day);
    const looked = await folderStore(place, 'file:///share').look('a/b');
    clock.mockRestore();
    expect((looked?.age ?? 0) / day).toBeCloseTo(2, 2);
  });

  it('is sent an array in one question, as long as it is no larger than a part', async () => {
    const { store } = opened();
    store.keep(
      { ...known, key: keyOf(4) },
      {
        arrays: { a: float64Array([40_001], new Float64Array(40_001)) },
        values: {},
      },
    );
    await store.finish();
    expect(server.served.map(({ method }) => method)).toEqual(['HEAD', 'PUT', 'PUT']);
  });

  it('keeps records of several computations under one key, whoever writes at the same time', async () => {
    const writers = ['p', 'q', 'r', 's'].map((profile) => {
      const one = opened();
      one.store.keep({ ...known, key: keyOf(1), profile }, small);
      return one.store.finish();
    });
    expect((await Promise.all(writers)).map(({ sent }) => sent)).toEqual([1, 1, 1, 1]);
    const one = opened();
    await one.store.bring([want(1)]);
    const profiles = ['p', 'q', 'r', 's', 't'].filter((name) =>
      one.store.peek(keyOf(1), ({ profile }) => profile === name),
    );
    expect(profiles).toEqual(['p', 'q', 'r', 's']);
  });

  it('never serves a changed byte, says so once, and is mended by who computes it again', async () => {
    await shared(1, 2, 4);
    for (const object of server.objects.values()) {
      const at = Math.floor(Math.random() * object.bytes.length);
      object.bytes[at] = (object.bytes[at] ?? 0) ^ 4;
    }
    const one = opened();
    expect(await one.store.bring([want(1), want(2), want(4)])).toBe(0);
    expect([found(one, 1), found(one, 2), found(one, 4)]).toEqual([undefined, undefined, undefined]);
    expect(one.said).toHaveLength(1);
    expect(one.said[0]).toMatch(/is damaged; such results are computed again/);
    for (const number of [1, 2, 4]) one.store.keep({ ...known, key: keyOf(number) }, number === 1 ? small : large);
    await one.store.finish();
    const other = opened();
    await other.store.bring([want(1), want(2), want(4)]);
    expect([found(other, 1), found(other, 2), found(other, 4)]).toEqual([small, large, large]);
  });

  it('does not take a record of another key or kind for an answer', async () => {
    await shared(1);
    const [[path, object]] = [...server.objects] as [[string, { bytes: Buffer; at: number }]];
    server.objects.set(path.replace(/1$/, '3'), object);
    const one = opened();
    await one.store.bring([want(3), { key: keyOf(1), kind: 'train' }]);
    expect([found(one, 3), found(one, 1)]).toEqual([undefined, undefined]);
  });
});

describe('what befalls a shared store', () => {
  const plainly =
    (status: number, code = '') =>
    (_: unknown, response: ServerResponse): boolean => {
      response
        .writeHead(status)
        .end(`<Error><Code>${code}</Code><AWSAccessKeyId>${credentials.accessKeyId}</AWSAccessKeyId></Error>`);
      return true;
    };
  it.each([
    [
      'answers 500',
      plainly(500, 'InternalError'),
      /s3:\/\/group answers 500 InternalError; the build goes on without it/,
    ],
    ['knows no such key', plainly(403, 'InvalidAccessKeyId'), /answers 403 InvalidAccessKeyId; the build goes on/],
    ['refuses', plainly(403, 'AccessDenied'), /answers 403 AccessDenied; it may say so of what is not there/],
    ['has no such bucket', plainly(404, 'NoSuchBucket'), /answers 404 NoSuchBucket; the build goes on/],
    [
      'leads elsewhere',
      (_: unknown, response: ServerResponse) => (
        response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), true
      ),
      /answers 307 and leads to another address, which is not followed/,
    ],
    ['never answers', () => true, /cannot be reached: no answer within 0\.1 s, 3 times/],
    [
      'breaks off',
      (_: unknown, response: ServerResponse) => (
        response.writeHead(200, { 'content-length': 900 }).write('x'), setTimeout(() => response.destroy(), 5), true
      ),
      /cannot be reached: .*, 3 times/,
    ],
    [
      'drips',
      (_: unknown, response: ServerResponse) => (response.writeHead(200).write('x'), true),
      /cannot be reached: no answer within 0\.1 s, 3 times/,
    ],
    [
      'never ends',
      (_: unknown, response: ServerResponse) => (response.writeHead(200).end(Buffer.alloc(2 ** 23 + 1)), true),
      /more than the 8388608 bytes expected; such results are computed again/,
    ],
  ])('when it %s, it is said once, and the build goes on', async (_name, fault, expected) => {
    server.fault = fault;
    // What never comes need not be waited for.
    const one = opened(bucket({ patience: expected.source.includes('no answer') ? 100 : 300, pause: 1 }));
    expect(await one.store.bring([want(1), want(2), want(3)])).toBe(0);
    expect(one.said).toHaveLength(1);
    expect(one.said[0]).toMatch(expected);
    // What is kept meanwhile waits for a better day, and what is said of it has nothing secret in it.
    one.store.keep({ ...known, key: keyOf(1) }, small);
    await one.store.finish();
    expect(found(one, 1)).toEqual(small);
    expect(waitingFor(one.folder, 's3://group')).toBe(server.objects.size === 0 ? 1 : 0);
    expect(one.said.join()).not.toContain('canary');
    server.fault = undefined;
    const next = opened(bucket(), one.folder);
    expect(await next.store.finish()).toEqual({ sent: 1, waiting: 0 });
    expect(server.objects.size).toBe(1);
  });

  it('asks again when it is only busy, and finds out what time it is there', async () => {
    await shared(1, 2);
    let count = 0;
    server.fault = (served, response) => {
      count += 1;
      return count % 3 !== 0 && plainly(503, 'SlowDown')(served, response);
    };
    const one = opened();
    expect(await one.store.bring([want(1)])).toBe(1);
    const there = Date.now() + 3_600_000;
    server.fault = ({ headers }, response) => {
      const [, day = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
      const said = Date.parse(
        `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
      );
      if (Math.abs(said - there) < 900_000) return false;
      response
        .writeHead(403, { date: new Date(there).toUTCString() })
        .end('<Error><Code>RequestTimeTooSkewed</Code></Error>');
      return true;
    };
    const other = opened();
    expect(await other.store.bring([want(2)])).toBe(1);
    expect([...one.said, ...other.said]).toEqual([]);
  });

  it('loses nothing when an array is missing in the middle, or the bucket is full', async () => {
    await shared(2);
    for (const path of server.objects.keys()) if (path.includes('/arrays/')) server.objects.delete(path);
    const one = opened();
    expect([await one.store.bring([want(2)]), found(one, 2)]).toEqual([0, undefined]);
    expect(one.said.join()).toMatch(/is missing; such results are computed again/);
    server.fault = ({ method }, response) => method === 'PUT' && plainly(507, 'QuotaExceeded')(undefined, response);
    for (const number of [1, 3, 5]) one.store.keep({ ...known, key: keyOf(number) }, small);
    expect(await one.store.finish()).toEqual({ sent: 0, waiting: 3 });
    expect(one.said.slice(1).join()).toMatch(
      /^s3:\/\/group answers 507 QuotaExceeded; 3 results wait to be sent, by the next build or ".*store push --store s3:\/\/group"$/,
    );
    server.fault = undefined;
    expect(await opened(bucket(), one.folder).store.finish()).toEqual({ sent: 3, waiting: 0 });
  });

  it('is asked for everything at once, each key once, and stops when the person does', async () => {
    let most = 0;
    // Each waits for as many others as may be under way.
    let release: (() => void)[] = [];
    server.fault = async () => {
      await new Promise<void>((resolve) => {
        release.push(resolve);
        if (release.length < 64) return;
        most = release.length;
        for (const go of release) go();
        release = [];
      });
      return false;
    };
    const wants = Array.from({ length: 320 }, (_, number) => want(number));
    const one = opened(bucket({ patience: 15_000, pause: 1 }));
    await Promise.all([one.store.bring(wants), one.store.bring(wants.slice(0, 9))]);
    expect(server.served).toHaveLength(320);
    expect(most).toBe(64);
    server.fault = () => true;
    const interrupt = new AbortController();
    const other = opened(bucket({ patience: 15_000, pause: 1 }), undefined, interrupt.signal);
    const asking = other.store.bring(wants);
    setTimeout(() => {
      interrupt.abort(new Error('interrupted'));
    }, 10);
    await expect(asking).rejects.toThrow('interrupted');
    expect(other.said).toEqual([]);
  });
});

describe('a service that is not there', () => {
  it.each([
    ['does not answer', () => true],
    ['fails each time', (response: ServerResponse) => response.writeHead(500).end()],
  ])('and %s is waited for once, however much of it is wanted', async (_, act) => {
    server.fault = (_served, response) => {
      act(response);
      return true;
    };
    const one = opened();
    const begun = performance.now();
    expect(await one.store.bring(Array.from({ length: 640 }, (_one, number) => want(number)))).toBe(0);
    // One after the other the turns of 64 would be ten times three attempts.
    expect(server.served.length).toBeLessThan(4 * 64);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(one.said).toHaveLength(1);
    expect(one.said[0]).toContain('the build goes on without it');
    one.store.keep({ ...known, key: keyOf(1) }, small);
    expect(await one.store.finish()).toEqual({ sent: 0, waiting: 1 });
    server.fault = undefined;
    expect(await opened(bucket(), one.folder).store.finish()).toMatchObject({ waiting: 0 });
    expect(server.objects.size).toBe(1);
  });
});

describe('a collection', () => {
  it('removes what nobody needs and is old, and the arrays that then none names', async () => {
    await shared(1, 2, 3, 4);
    const age = 48 * 3_600_000;
    const isNeeded = ({ key }: { key: string }): boolean => key === keyOf(1);
    expect(await collectRemote(bucket(), isNeeded, age)).toMatchObject({ results: 0, arrays: 0, young: 3 });
    for (const [path, object] of server.objects) if (!path.endsWith('3')) object.at -= 2 * age;
    const status = await remoteStatus(bucket());
    expect([status.results, status.keys.has(keyOf(4))]).toEqual([4, true]);
    expect(await collectRemote(bucket(), isNeeded, age)).toMatchObject({ results: 2, arrays: 1, young: 1 });
    expect([...server.objects.keys()].map((path) => path.at(-1)).sort()).toEqual(['1', '3']);
  });

  it('spares what a writer relies on: an array that has grown old is written anew', async () => {
    await shared(2);
    const age = 48 * 3_600_000;
    for (const object of server.objects.values()) object.at -= age / 2;
    const one = opened();
    one.store.keep({ ...known, key: keyOf(4) }, large);
    await one.store.finish();
    for (const object of server.objects.values()) object.at -= age / 2 + 1000;
    await collectRemote(bucket(), () => false, age);
    const other = opened();
    await other.store.bring([want(2), want(4)]);
    expect([found(other, 2), found(other, 4)]).toEqual([undefined, large]);
  });
});

describe('credentials', () => {
  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])(
    'that no request can hold are refused by name: a line break in %s',
    (name) => {
      const variables = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_SESSION_TOKEN: 'token' };
      // What makes the headers of a request repeats what it refuses.
      const settings = awsSettings({ ...variables, [name]: 'can\nary' }, temporaryFolder());
      expect(settings).toEqual({ refused: expect.stringContaining(name.toLowerCase()) as string });
      expect(JSON.stringify(settings)).not.toContain('ary');
      expect(awsSettings(variables, temporaryFolder())).not.toHaveProperty('refused');
    },
  );

  it('are in no file of the local store or the shared one, and in no request but as a signature', async () => {
    await shared(1, 2, 3);
    const one = opened();
    await one.store.bring([want(1), want(2), want(3)]);
    one.store.keep({ ...known, key: keyOf(4) }, small);
    await one.store.finish();
    const files = readdirSync(one.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = [
      ...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))),
      ...[...server.objects.values()].map(({ bytes }) => bytes),
    ];
    expect(texts.length).toBeGreaterThan(8);
    for (const text of texts) expect(text.includes('canary')).toBe(false);
    expect(JSON.stringify(server.served)).not.toContain(secret);
  });
});
