import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Vitest's own condition stands for packages' builds for developers, which check so much that reading takes many times as long. */
const withoutDevelopment = {
  name: 'without-development',
  configResolved({ ssr }: { ssr: { resolve?: { conditions?: string[] } } }) {
    if (ssr.resolve !== undefined) ssr.resolve.conditions = ['module', 'node'];
  },
};

const published = (file: string): string => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));

/** Files that put something in the place of a module, or fill a process with what a GPU or TensorFlow.js keeps: each has a process of its own. */
const alone = [
  'test/engine/{devices,open-webgpu,webgpu}.test.ts',
  'test/engine/tfjs*.test.ts',
  'test/render/sanitiser.test.ts',
  'test/steps/svd-engines.test.ts',
  // They draw with Vega itself, whose renderer ours takes the place of.
  'test/browser/take-home.test.ts',
  'test/figures/{axis,gallery}.test.ts',
];
/** All others share as many processes as there are processors: each reads the program once, not once a file. */
const together = { isolate: false, exclude: [...configDefaults.exclude, ...alone], sequence: { groupOrder: 1 } };

export default defineConfig({
  plugins: [withoutDevelopment],
  resolve: {
    alias: { 'micromark-extension-definition-list': published('micromark-extension-definition-list/index.js') },
  },
  test: {
    globalSetup: ['test/state-folder.ts'],
    setupFiles: ['test/setup.ts'],
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], ...together } },
    ],
  },
});
