/** What an earlier build left so that a later one does less: values under keys that name all that they depend on. */

export interface Memo<Value> {
  find(key: string): Value | undefined;
  keep(key: string, value: Value): void;
}

/** A memo that starts with what earlier builds kept. `used` has what was found or kept since. */
export function openMemo<Value>(
  earlier: readonly Readonly<Record<string, Value>>[] = [],
): Memo<Value> & { used(): ReadonlyMap<string, Value> } {
  const before = new Map(earlier.flatMap(Object.entries<Value>));
  const used = new Map<string, Value>();
  return {
    find(key) {
      const value = used.get(key) ?? before.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    keep(key, value) {
      used.set(key, value);
    },
    used: () => used,
  };
}
