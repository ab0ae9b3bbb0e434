/** Builds a report into a folder: with any problem nothing is published there, and the site before it stays. */
import type { Hold } from '../publish/workplace.js';
import { checkSite, openSite, recoverSite, type WrittenSite, writeSite } from '../publish/write-site.js';
import { withMathFont } from '../render/math-font.js';
import { nothing } from './known.js';
import { type SavedMemos, savedMemos } from './memos.js';
import { type Outcome, runPipeline } from './run-pipeline.js';
import type { Sink } from './sink.js';
import type { SitePlace } from './up-to-date.js';
import type { World } from './world.js';

export interface BuildRequest {
  /** The report's. */
  readonly folder: string;
  /** The site's. */
  readonly out: string;
  readonly world: World;
  readonly place: SitePlace;
  /** The digest of what the site is built from, taken before anything was read; undefined for one that is not known. */
  readonly source: string | undefined;
}

export interface BuildResult extends Outcome {
  /** Absent when nothing was published. */
  readonly site?: WrittenSite;
}

/** Builds a report into a site. Rejects with an EnvironmentError when another build is writing that site. */
export async function build(request: BuildRequest): Promise<BuildResult> {
  const { folder, out, world, place } = request;
  recoverSite(out);
  const memos = savedMemos(world.store, folder);
  const sink = folderSink(request, memos);
  const ignore = (): void => undefined;
  const outcome = await runPipeline({ folder, world, memos, place, before: nothing, watch: ignore, sink });
  const site = sink.written();
  return { ...outcome, ...(site !== undefined && { site }) };
}

/** A folder, in which the site stands whole or as it was before. */
function folderSink(
  { folder, out, world, source }: BuildRequest,
  memos: SavedMemos,
): Sink & { readonly written: () => WrittenSite | undefined } {
  const { trust } = world.allowed;
  let hold: Hold | undefined;
  let closed: Promise<void> | undefined;
  let written: WrittenSite | undefined;
  return {
    takesPages: true,
    takesUnfinished: false,
    endsWithProblems: true,
    partOf: (plan) => plan,
    obstacles: () => {
      const occupied = checkSite(out, folder, trust);
      return occupied === undefined ? [] : [occupied];
    },
    problems: () => undefined,
    open: () => {
      hold = openSite(out, trust);
    },
    computed: () => {
      // What is left is for this thread alone: what the others hold is given back.
      closed = world.close();
      // It is awaited in the end: until then a failure of it is none of the site's.
      closed.catch(() => undefined);
    },
    publish: async ({ files, formulas, hasProblems }) => {
      if (hold === undefined) throw new Error('a site is published before it is opened');
      const all = await withMathFont(files, formulas, memos.fonts);
      // A build with something to say says it every time.
      written = await writeSite(hold, all, hasProblems ? undefined : source);
      memos.save();
      await closed;
    },
    close: () => hold?.release(),
    written: () => written,
  };
}
