/** What every kind of shared store has to do, as a conversation that can be had with any of them. */
import { expect } from 'vitest';
import type { RemoteStore } from '../../../src/store/remote/remote-store.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file of two parts, which a recorded conversation can say in a few words. */
export const largeSize = 9 * 2 ** 20;

export async function talk(remote: RemoteStore): Promise<void> {
  const path = 'colophon-1/results/ab/one';
  expect(await remote.get(path, 100)).toBeUndefined();
  expect(await remote.look(path)).toBeUndefined();
  expect(await remote.stream(path, 3, () => () => undefined)).toBe(false);

  // Of two writers that begin with nothing, one wins.
  expect(await remote.put(path, bytesOf('first'), '')).toBe(true);
  expect(await remote.put(path, bytesOf('other'), '')).toBe(false);
  const first = await remote.get(path, 100);
  expect(first?.bytes.toString()).toBe('first');
  // Of two that go on from the same version, too.
  expect(await remote.put(path, bytesOf('second'), first?.tag)).toBe(true);
  expect(await remote.put(path, bytesOf('late'), first?.tag)).toBe(false);
  expect((await remote.get(path, 100))?.bytes.toString()).toBe('second');
  expect(await remote.put(path, bytesOf('plain'))).toBe(true);
  const looked = await remote.look(path);
  expect(looked?.bytes).toBe(5);
  expect(looked?.age).toBeLessThan(3_600_000);
  await expect(remote.get(path, 4)).rejects.toThrow(/more than the 4 bytes|larger than expected/);

  const large = 'colophon-1/arrays/cd/large';
  const read = async (_from: number, length: number): Promise<Uint8Array> => Promise.resolve(new Uint8Array(length));
  await remote.upload(large, { bytes: largeSize, read });
  let length = 0;
  expect(await remote.stream(large, largeSize, () => (piece) => (length += piece.length))).toBe(true);
  expect(length).toBe(largeSize);

  const listed = async (): Promise<Record<string, number>> => {
    const files: Record<string, number> = {};
    for await (const file of remote.list()) files[file.path] = file.bytes;
    return files;
  };
  expect(await listed()).toEqual({ [path]: 5, [large]: largeSize });
  await remote.remove(large);
  await remote.remove(path);
  expect(await remote.get(path, 100)).toBeUndefined();
  expect(await listed()).toEqual({});
}
