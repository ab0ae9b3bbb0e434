/** The reports of examples/, which `npm run examples` builds: short, and without a problem that is known before anything runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepare } from '../src/pipeline/prepare.js';
import { referenceEngine } from '../src/engine/reference/index.js';

const folder = join(import.meta.dirname, '../examples');

it.each(readdirSync(folder))(
  '%s is one page of at most 150 lines, which plans, and says what agrees and what does not',
  (name) => {
    const { problems, plan } = prepare(join(folder, name), {
      memory: 4e9,
      engine: { ...referenceEngine, addressable: 4e9 },
    });
    expect(problems).toEqual([]);
    expect(plan.figures.length).toBeGreaterThan(0);
    const text = readFileSync(join(folder, name, 'index.md'), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
    expect(text).toMatch(/\*\*What agrees\.\*\*[^]*`claim [^]*\*\*What does not\.\*\*/);
  },
);
