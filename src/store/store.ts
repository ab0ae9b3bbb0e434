/** Bytes by digest and records by key. Knows no science. */
import type { Artifact } from '../shared/artifact.js';
import type { RecordBody, StoredResult } from './record.js';

export interface Keeping {
  /** Whether to wait until the disk has it, as for all that it would be a loss to compute again; so it is unless said. */
  readonly wait: boolean;
  /** Whether it may be written while the caller goes on, by `settled` at the latest; at once unless said. */
  readonly soon?: boolean;
}

/** The record of a key that someone expects: there is one for each profile and choice of inputs. */
export type Likely = Pick<RecordBody, 'profile' | 'inputs'>;

/** A result that someone needs: what stands under a key, and is of this kind. */
export type Want = Pick<RecordBody, 'key' | 'kind'>;

export interface Bringing {
  /** Whether it is enough that `peek` knows of them. */
  readonly recordsOnly?: boolean;
  /** Also where there is one here, which then was not the right one. */
  readonly anyway?: boolean;
}

export interface Store {
  /**
   * Has results here that others share, where they are not here yet; gives the number of keys of which something came. Never
   * rejects but with the signal's reason when it is interrupted.
   */
  bring(wants: readonly Want[], how?: Bringing): Promise<number>;
  /**
   * The result under a key whose record `accept` takes, arrays and all; undefined when there is none or any part of it
   * is missing or damaged, which is the same thing: it is never served and will be computed again. The `likely` one is
   * looked at first, without a look at what else there is.
   */
  find(key: string, accept: (record: RecordBody) => boolean, likely?: Likely): StoredResult | undefined;
  /** Only whether `find` would look at a record; its arrays are not read. */
  peek(
    key: string,
    accept: (record: RecordBody) => boolean,
    likely?: Likely,
  ): { record: RecordBody; digest: string } | undefined;
  /** Every record that can be read, in the order of their keys. */
  records(): Iterable<RecordBody>;
  /**
   * Says that a build is running that needs the records under these keys, so that nothing collects them; what it gives
   * takes that back. Never throws.
   */
  announce(needs: Iterable<string>): () => void;
  /** Changes the stamp of the store: what is said of its results may be other than before. */
  restamp(): void;
  /** What an earlier build left under a name; undefined when there is nothing, or nothing whole. Never throws. */
  recall(name: string): Uint8Array | undefined;
  /** Leaves bytes under a name for later builds. Never throws. */
  remember(name: string, content: Uint8Array): void;
  /** Keeps a result. Never throws: a store that cannot be written is said once, and the build goes on without it. */
  keep(record: Omit<RecordBody, 'arrays' | 'values' | 'divergedAt'>, artifact: Artifact, how?: Keeping): StoredResult;
  /** When all that was to be kept soon is written, or could not be. Never rejects. */
  settled(): Promise<void>;
}
