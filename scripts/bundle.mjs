/**
 * Bundles the program into dist/: what Node runs, what the reader's browser runs, the templates, and the notices of every
 * library whose code is in one of the bundles. What is bundled need not be installed with the program.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import Handlebars from 'handlebars';
import { minify } from 'terser';
import { bundledLibraries, noticesOf } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = new URL('../dist/', import.meta.url);
// Chunks are named for what is in them; those of an older program are no part of this one.
rmSync(new URL('chunks', dist), { recursive: true, force: true });

/**
 * The command and each worker thread's file, in the places where tsc puts them. Loading some hundred small modules takes a
 * process longer than all that a build with nothing to do does. What only some commands need stays apart, in dist/chunks/.
 */
const program = await build({
  absWorkingDir: root,
  entryPoints: [
    'src/cli.ts',
    'src/engine/pool/worker.ts',
    'src/engine/tfjs/probe.ts',
    'src/figures/drawing-process.ts',
    'src/source/plugins/transformer-thread.ts',
    'src/kinds/api.ts',
    'src/kinds/worker.ts',
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
  metafile: true,
  logLevel: 'warning',
});

// Read as it stands, when the first specification of an author's own is checked.
const schema = fileURLToPath(import.meta.resolve('vega-lite/vega-lite-schema.json'));
copyFileSync(schema, new URL('vega-lite-schema.json', dist));

const forBrowsers = {
  absWorkingDir: root,
  entryNames: '[name]',
  outdir: 'dist/client',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  metafile: true,
  logLevel: 'warning',
};
/** The exact functions of the model are a tenth of the script of figures that move, which only draws. */
const hostFunctions = {
  name: 'host-functions',
  setup({ onResolve }) {
    const path = fileURLToPath(new URL('../src/client/interactive/transcendental.ts', import.meta.url));
    onResolve({ filter: /\/transcendental\/(?:erf|exp|sin|softplus|tanh)\.js$/ }, () => ({ path }));
  },
};
const scripts = [
  'page.ts',
  'theme.ts',
  'search.ts',
  'figure.ts',
  'pointing.ts',
  'fields.ts',
  'drag.ts',
  'tabs.ts',
  'root.ts',
  'dev.ts',
  'dev/dev.css',
];
const page = await build({
  ...forBrowsers,
  entryPoints: scripts.map((file) => `src/client/${file}`),
  plugins: [hostFunctions],
});
/** What pages compute takes its SHA-256 from a library, and has nobody to suggest other names to. */
const inPlaceOfOurs = {
  name: 'in-place-of-ours',
  setup({ onResolve }) {
    const own = (name) => ({ path: fileURLToPath(new URL(`../src/client/lab/${name}.ts`, import.meta.url)) });
    onResolve({ filter: /^node:crypto$/ }, () => own('crypto'));
    onResolve({ filter: /\/suggest\.js$/ }, () => own('no-suggestions'));
  },
};
const lab = await build({
  ...forBrowsers,
  entryPoints: ['lab.ts', 'lab-engine.ts', 'lab-exports.ts'].map((file) => `src/client/${file}`),
  plugins: [inPlaceOfOurs],
});
/** Options were checked, and files were read, when the report was built. */
const builtBefore = {
  name: 'built-before',
  setup({ onResolve }) {
    const own = (name) => ({ path: fileURLToPath(new URL(`../src/client/verify/${name}.ts`, import.meta.url)) });
    onResolve({ filter: /^zod$/ }, () => own('no-schemas'));
    onResolve({ filter: /\/(?:csv|formats\/formats)\.js$/ }, () => own('no-files'));
  },
};
const verify = await build({
  ...forBrowsers,
  entryPoints: ['verify.ts', 'verify-engine.ts'].map((file) => `src/client/${file}`),
  plugins: [inPlaceOfOurs, builtBefore],
  // A schema of a sort that has not been there before.
  logOverride: { 'import-is-undefined': 'error' },
});
const outputs = { ...page.metafile.outputs, ...lab.metafile.outputs, ...verify.metafile.outputs };
// What every reader loads: a twentieth shorter than by esbuild alone.
for (const name of Object.keys(outputs).filter((output) => output.endsWith('.js'))) {
  const script = new URL(`../${name}`, import.meta.url);
  const { code } = await minify(readFileSync(script, 'utf8'), { ecma: 2020, compress: { passes: 2 } });
  writeFileSync(script, code ?? '');
}
/** What no figure in a page uses. */
const leftOut = ['vega-geo', 'vega-force', 'vega-hierarchy', 'vega-label', 'vega-wordcloud', 'vega-crossfilter'];
const vega = await build({
  ...forBrowsers,
  entryPoints: ['src/client/vega.ts'],
  alias: Object.fromEntries(leftOut.map((name) => [name, './src/client/vega/left-out.ts'])),
});
// It is published with every site that has such a figure, and so are the notices of the libraries in it.
const published = new URL('client/vega.js', dist);
writeFileSync(published, `${readFileSync(published, 'utf8')}/*!\n${noticesOf(root, vega.metafile)}*/\n`);

const templates = new URL('../templates/', import.meta.url);
/** Every page waits for it: without comments, and without blanks that say nothing. */
const styles = ['style.css', 'math.css', 'figures.css', 'languages.css'];
const written = styles.map((name) => readFileSync(new URL(name, templates), 'utf8')).join('');
const style = await transform(written, { loader: 'css', minifyWhitespace: true, logLevel: 'warning' });
writeFileSync(new URL('style.css', dist), style.code);
const ofLabs = readFileSync(new URL('lab.css', templates), 'utf8');
const labStyle = await transform(ofLabs, { loader: 'css', minifyWhitespace: true, logLevel: 'warning' });
writeFileSync(new URL('lab.css', dist), labStyle.code);

const specifications = readdirSync(templates)
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => {
    const text = readFileSync(new URL(name, templates), 'utf8');
    const digest = createHash('sha256').update(text).digest('hex');
    return `exports['${digest}'] = ${Handlebars.precompile(text, { strict: true })};\n`;
  });
writeFileSync(new URL('templates.cjs', dist), specifications.join(''));

const metafiles = [program.metafile, page.metafile, lab.metafile, verify.metafile, vega.metafile];
writeFileSync(new URL('third-party-notices.txt', dist), noticesOf(root, ...metafiles));
const versions = bundledLibraries(root, ...metafiles).map(({ name, version }) => [name, version]);
writeFileSync(new URL('libraries.json', dist), `${JSON.stringify(Object.fromEntries(versions), null, 1)}\n`);
