/** A figure is drawn once: again only when what it shows, or how, has changed. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { drawFigures } from '../../src/pipeline/draw-figures.js';
import type { PlannedStep } from '../../src/plan/plan.js';
import type { StepResult } from '../../src/run/run-plan.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves, writeFiles } from '../report-folder.js';
import { testWorld } from '../world.js';

const first = page(
  waves,
  small,
  block('figure #fig-data', 'show: waves.data', 'caption: Data'),
  block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]'),
);

it('figures come from the store until one of them changes; a caption is no part of a drawing', async () => {
  const folder = reportFolder({ 'report/index.md': first });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  const world = testWorld(join(folder, '.colophon'));
  /** How many figures had to be drawn. */
  const drawn = async (text: string): Promise<number> => {
    writeFiles(folder, { 'report/index.md': text });
    const { plan } = prepare(join(folder, 'report'), world);
    const result = (step: PlannedStep): Promise<StepResult> => {
      const found = world.store.find(step.key, () => true);
      if (found === undefined) throw new Error(`${step.name} is not in the store`);
      return Promise.resolve({ ...found, step, outcome: 'cached' });
    };
    let count = 0;
    // Counted by what is kept: a figure of several panels has a narrow drawing of its own.
    const store: typeof world.store = {
      ...world.store,
      keep: (...kept) => {
        count += 1;
        return world.store.keep(...kept);
      },
    };
    const figures = new Set<string>();
    const problems = await drawFigures(plan, result, { ...world, store }, (_request, { id }) => figures.add(id));
    expect(problems).toEqual([]);
    expect(figures).toEqual(new Set(['fig-data', 'fig-curves']));
    return count;
  };
  try {
    expect(await drawn(first)).toBe(0);
    expect(await drawn(first.replace('caption: Data', 'caption: The samples'))).toBe(0);
    expect(await drawn(first.replace('facet: [hidden]', 'where: { hidden: 4 }'))).toBe(1);
    expect(await drawn(first)).toBe(0);
  } finally {
    await world.store.settled();
    await world.close();
  }
});
