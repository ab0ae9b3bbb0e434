/** Notes under keys that name all that they depend on: what is found under a key is as true as on the day it was written. */

export interface Book<Note> {
  find(key: string): Note | undefined;
  keep(key: string, note: Note): void;
}

/** A book that starts with what was written before. `used` has what was found or kept since. */
export function openBook<Note>(
  written: readonly Readonly<Record<string, Note>>[] = [],
): Book<Note> & { used(): ReadonlyMap<string, Note> } {
  const before = new Map(written.flatMap(Object.entries<Note>));
  const used = new Map<string, Note>();
  return {
    find(key) {
      const note = used.get(key) ?? before.get(key);
      if (note !== undefined) used.set(key, note);
      return note;
    },
    keep(key, note) {
      used.set(key, note);
    },
    used: () => used,
  };
}
