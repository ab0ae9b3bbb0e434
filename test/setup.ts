/** For every file: the same random cases on every run, so that a failure is the change's own (`SEED=random npm test` looks further); no folder is left. */
import fc from 'fast-check';
import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './report-folder.js';

const seed = process.env['SEED'] === 'random' ? Date.now() : 20261125;
fc.configureGlobal({ seed });

// Files of tests share their modules; what is to happen after each is said here, where each begins.
afterAll(removeTemporaryFolders);
