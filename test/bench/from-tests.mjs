/** A module of the tests, which are TypeScript: their browser and their server serve measurements too. */
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { root } from './process.mjs';

export async function fromTests(path) {
  const outfile = join(root, 'node_modules/.cache', `bench-${basename(path, '.ts')}.mjs`);
  await bundle({
    ...{ entryPoints: [join(root, 'test', path)], outfile, absWorkingDir: root },
    ...{ bundle: true, packages: 'external', format: 'esm', platform: 'node', logLevel: 'error' },
  });
  return import(pathToFileURL(outfile).href);
}
