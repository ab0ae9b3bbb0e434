/**
 * Small random reports over all kinds, their options at the extremes: each ends as a site or with problems at their places,
 * and no picture, still or moving, has anything in it that is no number, or is empty without a reason. REPORTS says how many
 * (2000 in `npm run test:faults -- reports`), FIRST the seed of the first.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build.js';
import type { World } from '../../src/pipeline/world.js';
import type { Drawing } from '../../src/figures/drawing.js';
import { picturesOf } from '../../src/figures/pictures/index.js';
import { directiveKinds, stepKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { reportFolder, temporaryFolder } from '../report-folder.js';
import { testWorld } from '../world.js';
import { movingFaults } from './degenerate/moving-pictures.js';
import { type RandomReport, randomReport } from './degenerate/random-report.js';
import { emptyPanels, faultsOf } from './degenerate/svg-faults.js';
import { startWatchdog } from './degenerate/watchdog.js';
import { inFull } from '../every-nth.js';

const count = Number(process.env['REPORTS'] ?? (inFull ? 12 : 5));
const first = Number(process.env['FIRST'] ?? 1);

/** Each with threads of its own, which serve all its reports; some reports have a program of their own. */
const allowed = { trust: true, pluginHtml: false, followLinks: false };
const worlds = [1, 2].map(() => testWorld(temporaryFolder(), { device: 'wasm', allowed }));
const watchdog = startWatchdog(600_000);
afterAll(() => Promise.all([watchdog.close(), ...worlds.map((world) => world.close())]));

interface Drawn {
  readonly specification: string;
  readonly id: string;
  readonly drawing: Drawing;
}

/** What is wrong with how a report ends. */
async function faultsIn({ files, device }: RandomReport, world: World): Promise<string[]> {
  const folder = reportFolder(files);
  const drawn: Drawn[] = [];
  const draw: World['draw'] = async (make) => {
    let task: ReturnType<typeof make> | undefined;
    const drawing = await world.draw(() => (task = make()));
    if (task !== undefined) drawn.push({ ...task, drawing });
    return drawing;
  };
  const close = (): Promise<void> => Promise.resolve();
  const store = directoryStore(join(folder, '.colophon'), () => undefined);
  try {
    const site = join(folder, 'site');
    const result = await build({
      ...{ folder: join(folder, 'report'), out: site, place: {}, source: undefined },
      world: { ...world, device, draw, close, store },
    });
    return [
      ...drawn.flatMap(({ id, specification, drawing }) =>
        [...faultsOf(drawing.svg), ...emptyPanels(specification)].map((fault) => `#${id}: ${fault}`),
      ),
      ...result.failed.map(({ step, message }) => `${step.name} failed: ${message}`),
      ...result.problems
        .filter(({ place, rule, message }) => place === undefined || !isMeant(rule, message))
        .map(({ place, rule, message }) => `line ${place?.line ?? '?'}: ${rule} ${message}`),
      ...(result.site !== undefined
        ? movingFaults(site)
        : result.problems.length + result.failed.length === 0
          ? ['nothing was published, and nothing said']
          : []),
    ];
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What may be wrong with a report that planning lets through. */
function isMeant(rule: string, message: string): boolean {
  return rule === 'too-many-panels' || message.includes('a logarithmic scale has no place for 0 and below');
}

it('these have every kind of directive and every picture of its results', () => {
  const text = Array.from(
    { length: Math.max(count, 60) },
    (_, index) => randomReport(first + index).files['report/index.md'] ?? '',
  ).join('\n');
  const kinds = new Set([...text.matchAll(/^```([\w-]+)/gm)].map(([, kind]) => kind));
  const pictures = new Set([...text.matchAll(/^show: (\w+\.[\w-]+)/gm)].map(([, picture]) => picture));
  expect([...kinds].sort()).toEqual(directiveKinds.map(({ kind }) => kind).sort());
  const ids: Readonly<Record<string, string>> = {
    ...{
      dataset: 'data',
      train: 'net',
      features: 'grads',
      svd: 'spectrum',
      kernel: 'products',
      linearize: 'linear',
      project: 'along',
      results: 'logged',
    },
    ...{ curvature: 'sharp', spectral: 'frequencies' },
  };
  // Those of classes are tried in classes.test.ts.
  const ofClasses = ['net.accuracy', 'net.confusion'];
  const all = stepKinds
    .flatMap(({ kind }) => picturesOf(kind).map((picture) => `${ids[kind] ?? kind}.${picture}`))
    .filter((picture) => !ofClasses.includes(picture));
  expect([...pictures].sort()).toEqual(all.sort());
});

it(`${count} random reports at the extremes: a site or a placed problem, and no picture is silly`, async () => {
  const failures: string[] = [];
  const left = Array.from({ length: count }, (_, index) => first + index);
  await Promise.all(
    worlds.map(async (world) => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const report = randomReport(seed);
        const files = Object.entries(report.files).map(([path, text]) => `${path}\n${text}`);
        const name = `seed ${seed}, --device ${report.device}`;
        watchdog.begin(seed, `${name}\n${files.join('\n')}`);
        const faults = await faultsIn(report, world);
        watchdog.end(seed);
        if (faults.length > 0) failures.push(`${name}:\n${faults.join('\n')}\n\n${files.join('\n')}`);
      }
    }),
  );
  expect(failures).toEqual([]);
}, 7_200_000);
