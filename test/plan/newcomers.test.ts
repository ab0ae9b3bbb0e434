/** Each slip of a newcomer gets one answer, at its place, that says what to write. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import type { Problem } from '../../src/shared/problem.js';
import { reportFolder } from '../report-folder.js';
import { slips } from './newcomers.js';

function problemsOf(files: Readonly<Record<string, string>>): readonly Problem[] {
  return prepare(reportFolder(files), { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } }).problems;
}

/** The files without the mark, and where it stood. */
function unmarked(files: Readonly<Record<string, string>>): { files: Record<string, string>; place: string } {
  let place = '';
  const plain = Object.entries(files).map(([file, text]): [string, string] => {
    const before = text.split('⟦')[0] ?? '';
    if (before !== text) place = `${file}:${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
    return [file, text.replace('⟦', '')];
  });
  return { files: Object.fromEntries(plain), place };
}

it('there are fifty', () => {
  expect(slips).toHaveLength(50);
});

it.each(slips.map((slip, index) => ({ ...slip, name: `${index + 1}, ${slip.from}: ${slip.write}` })))(
  '$name',
  ({ files, write }) => {
    const { files: plain, place } = unmarked(files);
    const said = problemsOf(plain).map(
      ({ place: at, message, hint }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${message}; ${hint}`,
    );
    expect(said).toEqual([expect.stringContaining(write)]);
    expect(said[0]?.startsWith(`${place} `), `${said[0] ?? ''} at ${place}`).toBe(true);
  },
);
