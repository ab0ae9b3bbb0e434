/** What several people share results through: named bytes, on whatever keeps them. Knows neither keys nor digests. */

export interface RemoteFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since it was written, by the clock of whoever keeps it. */
  readonly age: number;
}

/** A file of this machine, read in pieces. */
export interface LocalFile {
  readonly bytes: number;
  readonly read: (from: number, length: number) => Promise<Uint8Array>;
}

/**
 * Bytes under paths. Each call ends: with an answer, or with a `RemoteFailure` within the time that the failure says. A file
 * is seen whole or not at all.
 */
export interface RemoteStore {
  /** As people name it; never with credentials. */
  readonly name: string;
  readonly isWritable: boolean;
  /** A file of at most so many bytes, and the tag of this version of it; undefined where there is none. */
  get(path: string, most: number): Promise<{ readonly bytes: Uint8Array; readonly tag: string } | undefined>;
  /**
   * A file of so many bytes, piece by piece; false where there is none. What takes the pieces is asked for again when the
   * answer breaks off and is begun anew.
   */
  stream(path: string, bytes: number, begin: () => (piece: Uint8Array) => void): Promise<boolean>;
  look(path: string): Promise<Omit<RemoteFile, 'path'> | undefined>;
  /**
   * Writes a file. With `over`, only where the version of this tag stands, or none for ''; false, and nothing is written, where
   * another writer was there meanwhile.
   */
  put(path: string, bytes: Uint8Array, over?: string): Promise<boolean>;
  /** Writes a file that is too large for memory. */
  upload(path: string, file: LocalFile): Promise<void>;
  /** Every file. Never needed to look something up. */
  list(): AsyncIterable<RemoteFile>;
  remove(path: string): Promise<void>;
  /** Ends what is under way. */
  close(): void;
}

/** Why something cannot be had, or cannot be written, in words without any credential. */
export class RemoteFailure extends Error {
  /**
   * `gone` for a service that cannot be reached or refuses whoever asks: there is no use in asking it for anything else.
   * `denied` for a single refusal, `file` for what is wrong with one file, `size` for one that can never be there.
   */
  constructor(
    message: string,
    readonly what: 'gone' | 'denied' | 'file' | 'size',
  ) {
    super(message);
  }
}
