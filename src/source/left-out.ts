/** Markdown files of a report that are no pages of this edition, and why. */
import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Edition } from '../shared/edition.js';
import type { Settings } from './report.js';

/** Why a file is no page, by its name alone; undefined for one that is. Each is a sentence without its full stop. */
export function whyLeftOut(
  { exclude, readme }: Pick<Settings, 'exclude' | 'readme'>,
  { drafts }: Edition,
): (file: string) => string | undefined {
  const patterns = exclude.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  // A folder stands for all that is in it.
  const isExcluded = picomatch(patterns.flatMap((pattern) => [pattern, `${pattern}/**`]));
  return (file) => {
    const name = posix.basename(file);
    if (!readme && name.toLowerCase() === 'readme.md')
      return 'README.md tells those who find the folder what it is; readme: true in colophon.yaml makes it a page';
    if (!drafts && name.startsWith('_')) return draft;
    return patterns.length > 0 && isExcluded(file) ? 'exclude in colophon.yaml leaves it out' : undefined;
  };
}

export const draft = 'it is a draft, which colophon dev shows and no site has';
