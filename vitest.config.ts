import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Vitest's own condition stands for packages' builds for developers, which check so much that reading takes many times as long. */
const withoutDevelopment = {
  name: 'without-development',
  configResolved({ ssr }: { ssr: { resolve?: { conditions?: string[] } } }) {
    if (ssr.resolve !== undefined) ssr.resolve.conditions = ['module', 'node'];
  },
};

const published = (file: string): string => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));

export default defineConfig({
  plugins: [withoutDevelopment],
  resolve: {
    alias: { 'micromark-extension-definition-list': published('micromark-extension-definition-list/index.js') },
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/state-folder.ts'],
    setupFiles: ['test/setup.ts'],
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
