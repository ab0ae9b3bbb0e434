/** A result's files on their way to a store's thread, and its answer. */

export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Writing {
  readonly id: number;
  readonly root: string;
  /** In this order: one is written only when those before it are. */
  readonly files: readonly WrittenFile[];
  readonly wait: boolean;
}

export interface Written {
  readonly id: number;
  /** What the file system said when it refused. */
  readonly error?: string;
}
