/** What can be said of the bytes of a run that the page has trained, and nothing more. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import type { RunOutcome } from '../../lab/compute-run.js';
import type { LabTraining } from '../../lab/lab-training.js';
import type { Course } from '../interactive/course.js';

interface Said {
  readonly text: string;
  readonly isOther: boolean;
  /** What someone would want to know of it who can mend it. */
  readonly report: string;
}

/** Known by its key, however the reader came to it. */
export function sameness(
  lab: LabTraining,
  { key, digest }: Pick<RunOutcome, 'key' | 'digest'>,
  { yours, courses }: { readonly yours: Course; readonly courses: readonly Course[] },
  words: Words['lab'],
): Said {
  const said = (text: string, isOther = false): Said => ({ text, isOther, report: '' });
  const run = lab.runs.find((one) => one.key === key);
  if (run === undefined) return said(words.notPublished);
  if (run.profile !== lab.profile) {
    const theirs = courses.find(({ name }) => name === run.name);
    const percent = theirs === undefined ? '–' : largestDifference(yours, theirs).toPrecision(2);
    return said(say(words.withoutBits, { profile: run.profile, device: run.device, percent }));
  }
  if (run.digest === digest) return said(say(words.sameBytes, { digest: shortly(digest) }));
  const text = say(words.otherBytes, { here: shortly(digest), published: shortly(run.digest) });
  const report = [
    run.name,
    `key ${key}`,
    `published ${run.digest}`,
    `here ${digest}`,
    navigator.userAgent,
    location.href,
  ];
  return { text, isOther: true, report: report.join('\n') };
}

function shortly(digest: string): string {
  return digest.slice(0, 8);
}

/** Of the errors that both have, in per cent; the page has four digits of the published ones. */
function largestDifference(yours: Course, theirs: Course): number {
  const pairs = (['trainErrors', 'testErrors'] as const).flatMap((name) =>
    yours[name].map((error, checkpoint) => [error, theirs[name][checkpoint]] as const),
  );
  return pairs.reduce(
    (largest, [a, b]) =>
      typeof a === 'number' && typeof b === 'number' && b !== 0
        ? Math.max(largest, 100 * Math.abs(a / b - 1))
        : largest,
    0,
  );
}
