/** The files of a report as they were in a revision of its git repository. */
import { execFileSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { messageOf } from '../shared/message-of.js';
import { EnvironmentError } from '../shared/problem.js';

/**
 * Writes the files that stood in the folder at a revision into an empty folder, and gives where the report is there. The work
 * tree and the index stay as they are. Throws an EnvironmentError where git is not there, knows no such revision, or where
 * the folder was not there then.
 */
export function checkOut(report: string, revision: string, into: string): string {
  const git = (...words: readonly string[]): string => {
    try {
      return execFileSync('git', ['-C', report, ...words], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['pipe', 'pipe', 'pipe'],
        // An index of its own: the person's is not touched.
        env: { ...process.env, GIT_INDEX_FILE: join(into, 'index') },
      });
    } catch (error) {
      throw new EnvironmentError(`git ${words.join(' ')}: ${firstLine(error)}`);
    }
  };
  let commit: string;
  try {
    commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim();
  } catch {
    throw new EnvironmentError(
      `${revision} is no site, pack, store or report, and no revision of the git repository of ${report}; name one of them`,
    );
  }
  const top = git('rev-parse', '--show-toplevel').trim();
  const inside = relative(top, resolve(report)).replaceAll('\\', '/');
  git('read-tree', commit);
  const files = git('-C', top, 'ls-files', '-z', '--', inside === '' ? '.' : inside);
  if (files === '') throw new EnvironmentError(`there was no ${inside} at ${revision}; name a later revision`);
  const tree = join(into, 'tree');
  try {
    execFileSync('git', ['-C', top, 'checkout-index', '-z', '--stdin', `--prefix=${tree}/`], {
      input: files,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, GIT_INDEX_FILE: join(into, 'index') },
    });
  } catch (error) {
    throw new EnvironmentError(`git checkout-index: ${firstLine(error)}`);
  }
  return join(tree, inside);
}

function firstLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return (said.trim() === '' ? messageOf(error) : said.trim()).split('\n')[0] ?? '';
}
