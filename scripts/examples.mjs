#!/usr/bin/env node
/**
 * Builds every report in examples/ into site-examples/, one after the other, and ends with 1 when one has a problem: a claim of a
 * paper that its results no longer bear out is one.
 *
 *     npm run examples
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const failed = readdirSync(join(root, 'examples')).filter((name) => {
  console.log(`\nexamples/${name}`);
  const words = ['dist/cli.js', 'build', `examples/${name}`, '--out', `site-examples/${name}`];
  return spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`\nnot built: ${failed.join(', ')}`);
  process.exitCode = 1;
}
