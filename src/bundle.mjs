/**
 * Bundles what Node runs: the command and each worker thread's file, in the places where tsc puts them. Loading some
 * hundred small modules takes a process longer than all that a build with nothing to do does. What only some commands
 * need stays apart, in dist/chunks/. The templates are compiled too, each under the digest of its text.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const root = fileURLToPath(new URL('..', import.meta.url));
// Chunks are named for what is in them; those of an older program are no part of this one.
rmSync(new URL('../dist/chunks', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [
    'src/cli.ts',
    'src/engine/pool/worker.ts',
    'src/figures/drawing-worker.ts',
    'src/store/writing-worker.ts',
  ],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Native, optional, or with files of their own beside them.
  external: ['webgpu', '@tensorflow/*', 'piscina', 'subset-font'],
  // Libraries that are CommonJS ask for Node's modules so.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module';\nconst require = requireFor(import.meta.url);",
  },
  logLevel: 'warning',
});

const templates = new URL('../templates/', import.meta.url);
const specifications = readdirSync(templates)
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => {
    const text = readFileSync(new URL(name, templates), 'utf8');
    const digest = createHash('sha256').update(text).digest('hex');
    return `exports['${digest}'] = ${Handlebars.precompile(text, { strict: true })};\n`;
  });
writeFileSync(new URL('../dist/templates.cjs', import.meta.url), specifications.join(''));
