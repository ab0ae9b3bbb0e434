/**
 * In a process of its own, given the folder of a built report and its store: the milliseconds that each of its figures takes
 * to draw, once, in order and on one thread, as a build draws them. Prints them as JSON, by figure.
 */
import { allowsNothing } from '../../dist/shared/allowed.js';
import { drawFigure } from '../../dist/figures/draw-figure.js';
import { drawSpecification } from '../../dist/figures/draw-specification.js';
import { standardLimits } from '../../dist/shared/limits.js';
import { prepare } from '../../dist/pipeline/prepare.js';
import { realWorld } from '../../dist/pipeline/world.js';

const [report, store] = process.argv.slice(2);
const ignore = () => undefined;
const world = realWorld({
  ...{ store, report: ignore, warn: ignore, log: ignore, signal: new AbortController().signal, jobs: 1 },
  ...{ device: 'auto', limits: standardLimits, allowed: allowsNothing },
});
const { plan } = prepare(report, world);
const artifacts = new Map();
const artifactOf = (step) => {
  if (!artifacts.has(step)) artifacts.set(step, world.store.find(step.key, () => true).artifact);
  return artifacts.get(step);
};
const drawHere = async (task) => {
  const made = task();
  return made && drawSpecification(made);
};
const times = {};
for (const request of plan.figures) {
  // What is read from the disk is no part of drawing.
  for (const step of request.shown.flatMap(({ steps }) => steps)) {
    artifactOf(step);
    Object.values(step.inputs).forEach(artifactOf);
  }
  const started = performance.now();
  const { figure } = await drawFigure(request, artifactOf, drawHere);
  if (figure === undefined) throw new Error(`${request.id} was not drawn`);
  times[request.id] = performance.now() - started;
}
await world.close();
console.log(JSON.stringify(times));
