/** Content of a file of the site that need not be made while the site has it. */

export interface Late {
  /** SHA-256 of the content, where an earlier build made it. */
  readonly digest: string | undefined;
  /** Makes it, once. */
  readonly make: () => Uint8Array | string;
}

/** What a file of the site holds, or how to come by it. */
export type Content = Uint8Array | string | Late;

/** The content itself. */
export function contentOf(content: Content): Uint8Array | string {
  return typeof content === 'string' || content instanceof Uint8Array ? content : content.make();
}

/** Calls `make` when the value is first asked for. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The same function for whoever asks several times in a row: it remembers its last argument's value, and no other. */
export function lastOf<Of extends object, Value>(make: (of: Of) => Value): (of: Of) => Value {
  let last: { readonly of: Of; readonly value: Value } | undefined;
  return (of) => {
    if (last?.of !== of) last = { of, value: make(of) };
    return last.value;
  };
}
