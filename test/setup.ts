/** The same random cases on every run, so that a failure is the change's own; `SEED=random npm test` looks further. */
import fc from 'fast-check';

const seed = process.env['SEED'] === 'random' ? Date.now() : 20261125;
fc.configureGlobal({ seed });
