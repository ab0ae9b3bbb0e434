/** A site as `colophon diff` compares it: one that stands in a folder, or that a report and its results would make. */
import { artifactDigest } from '../shared/artifact-digest.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSnapshot, type Snapshot, type SnapshotStep } from '../diff/snapshot.js';
import { snapshotFile } from '../render/own-pages.js';
import type { RenderedFile } from '../render/render-pages.js';
import { contentOf } from '../shared/content.js';
import { EnvironmentError } from '../shared/problem.js';
import { commandLine } from '../shared/own-command.js';
import type { StoredResult } from '../store/record.js';
import type { Store } from '../store/store.js';
import { bringResults } from './bring-results.js';
import { findResults } from './find-results.js';
import { nothing } from './known.js';
import { sessionMemos } from './memos.js';
import { type Outcome, runPipeline } from './run-pipeline.js';
import type { Sink } from './sink.js';
import type { World } from './world.js';

export interface ComparedSite {
  readonly snapshot: Snapshot;
  /** The bytes of one of its files. */
  readonly read: (path: string) => Uint8Array | undefined;
}

/** A result of a site, where a store holds it. */
export function resultIn(store: Store, { key, digest }: SnapshotStep): StoredResult | undefined {
  return store.find(key, (record) => artifactDigest(record) === digest);
}

/** Throws an EnvironmentError for a folder that is no site, or one of another version. */
export function siteIn(folder: string): ComparedSite {
  const read = (path: string): Uint8Array | undefined => {
    try {
      return readFileSync(join(folder, path));
    } catch {
      return undefined;
    }
  };
  const bytes = read(snapshotFile);
  const again = 'build it again with this version';
  if (bytes === undefined) throw new EnvironmentError(`${folder} has no ${snapshotFile}; ${again}`);
  const snapshot = readSnapshot(new TextDecoder().decode(bytes));
  if ('refused' in snapshot)
    throw new EnvironmentError(`${join(folder, snapshotFile)} cannot be read: ${snapshot.refused}; ${again}`);
  return { snapshot, read };
}

export interface CompareRequest {
  /** The report's. */
  readonly folder: string;
  /** What the person calls it. */
  readonly name: string;
  readonly world: World;
  /** Whether missing results are computed. */
  readonly compute: boolean;
}

/** The site that a report makes; its outcome alone where it makes none. Throws an EnvironmentError where results are missing. */
export async function siteOf({ folder, name, world, compute }: CompareRequest): Promise<ComparedSite | Outcome> {
  const ignore = (): void => undefined;
  let site: ComparedSite | undefined;
  const sink: Sink = {
    takesPages: true,
    takesUnfinished: false,
    endsWithProblems: true,
    partOf: async (plan) => {
      await bringResults(plan, world);
      const { missing } = findResults(plan, world.store);
      if (missing.length > 0 && !compute) throw new EnvironmentError(notThere(name, missing));
      return plan;
    },
    obstacles: () => [],
    problems: ignore,
    open: ignore,
    computed: ignore,
    publish: ({ files }) => {
      site = comparedFiles(files);
      return Promise.resolve();
    },
    close: ignore,
  };
  const outcome = await runPipeline({
    ...{ folder, world, memos: sessionMemos(), place: {}, before: nothing },
    ...{ watch: ignore, sink },
  });
  return site ?? outcome;
}

/** A site that is not written; undefined where results or drawings are missing in it. */
export function comparedFiles(files: readonly RenderedFile[]): ComparedSite | undefined {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const read = (path: string): Uint8Array | undefined => {
    const content = contents.get(path);
    const made = content === undefined ? undefined : contentOf(content);
    return typeof made === 'string' ? new TextEncoder().encode(made) : made;
  };
  const written = read(snapshotFile);
  if (written === undefined) return undefined;
  const snapshot = readSnapshot(new TextDecoder().decode(written));
  if ('refused' in snapshot) throw new Error(snapshot.refused);
  return { snapshot, read };
}

function notThere(name: string, missing: readonly { readonly name: string }[]): string {
  const [first, second, third] = missing.map((step) => step.name);
  const named = [first, second, third].filter((one) => one !== undefined).join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return `results of ${name} are not in the store: ${named}${more}; add --compute, or build it with "${commandLine(['build'])}"`;
}
