/** Whether there are the pictures that a figure names, and whether its sliders can move them. */
import { otherPictures } from '../shared/other-names.js';
import type { FigureRequest, Shown } from '../plan/plan.js';
import { suggestion } from '../shared/suggest.js';
import type { Problem } from '../shared/problem.js';
import type { TrainFacts } from '../steps/train.js';
import { trainingStep } from './training-step.js';
import type { Refuse } from './figure-rules.js';
import { movingPictures, pictureNamed, picturesOf, picturesSwitchingAxes } from './pictures/index.js';

/** Whether every picture that is named is there, and they are all of one kind. Not for a specification of the author's own. */
export function checkPictures(shown: readonly Shown[], refuse: Refuse): boolean {
  // What is wrong with several is said once, of the first.
  const said = new Set<string>();
  const wrong = (path: Parameters<Refuse>[0], rule: Parameters<Refuse>[1], message: string, hint: string): void => {
    if (!said.has(message)) refuse(path, rule, message, hint);
    said.add(message);
  };
  shown.forEach(({ steps: [first], picture }, index) => {
    if (first === undefined) return;
    const { id } = first;
    const { kind } = first.kind;
    const known = [...picturesOf(kind), ...Object.keys(first.kind.ownPictures ?? {})];
    if (picture === undefined) {
      const hint =
        known.length === 0
          ? 'write a "vega-lite" specification of your own over its "columns"'
          : `write ${known.map((name) => `${id}.${name}`).join(' or ')}`;
      const message = `"${id}" has ${known.length === 0 ? 'no' : 'several'} pictures`;
      wrong(['show', index], 'missing-picture', message, hint);
    } else if (!known.includes(picture)) {
      const message = `a ${kind} has no picture "${picture}"`;
      wrong(['show', index], 'unknown-picture', message, suggestion(picture, known, otherPictures));
    }
  });
  if (said.size === 0 && new Set(shown.map(({ picture }) => picture)).size > 1)
    wrong(['show'], 'mixed-pictures', 'one figure shows one kind of picture', 'write a figure for each');
  return said.size === 0;
}

/** A figure with sliders is of one training, in a picture that its weights are enough for. */
export function checkSliders({ options, shown }: FigureRequest, refuse: Refuse): void {
  const { slider: sliders } = options;
  const all = shown.flatMap(({ steps }) => steps);
  const [first] = all;
  if (sliders === undefined) {
    for (const option of ['step-scale', 'axes', 'lab'] as const)
      if (options[option] !== undefined)
        refuse(
          [option],
          'invalid-option',
          `"${option}" is for figures with a slider`,
          'add "slider: step", or leave it out',
        );
    return;
  }
  if (first === undefined) return;
  const picture = shown[0]?.picture;
  const moves = pictureNamed(first.kind.kind, picture)?.moves;
  if (moves === undefined) {
    const message =
      picture === undefined ? 'a specification of your own has no sliders' : `"${picture}" does not change in training`;
    refuse(['slider'], 'no-slider', message, `sliders are for ${movingPictures().join(', ')}`);
    return;
  }
  if (options.axes !== undefined && moves.switchesAxes !== true) {
    const hint = `leave it out; it is for ${picturesSwitchingAxes().join(', ')}`;
    refuse(['axes'], 'invalid-option', `the axes of "${picture ?? ''}" are those of the whole course`, hint);
  }
  if (new Set(all.map((step) => (step.inputs['of'] ?? step).id)).size > 1) {
    const message = 'a slider moves through one training, and these are several';
    refuse(['slider'], 'no-slider', message, 'write a figure for each');
  }
  const unlike = all.map((step) => moves.unlike?.(step.options)).find((one) => one !== undefined);
  if (unlike !== undefined) refuse(['slider'], 'no-slider', unlike.message, unlike.hint);
  const ofGradients = first.kind.kind === 'features' || first.kind.kind === 'svd';
  if (ofGradients && all.some((step) => (trainingStep(step).facts as unknown as TrainFacts).parametrized === true)) {
    const message = 'the page finds the gradients with respect to plain parameters only, and this training has others';
    const hint = 'leave the slider out, or show a training without output-scale and parametrization';
    refuse(['slider'], 'no-slider', message, hint);
  }
  const axes = all.flatMap((step) => (step.inputs['of'] ?? step).coordinates.map(({ axis }) => axis));
  const known = ['step', ...new Set(axes), ...(moves.sliders ?? [])];
  sliders.forEach((slider, index) => {
    if (known.includes(slider)) return;
    refuse(
      ['slider', index],
      'unknown-slider',
      `these results do not differ in "${slider}"`,
      suggestion(slider, known),
    );
  });
}

/** The figures of one training on one page have one scrubber: those that say its scale agree. */
export function checkScrubbers(requests: readonly FigureRequest[]): Problem[] {
  const said = new Map<string, FigureRequest>();
  return requests.flatMap((request) => {
    const { directive, options, page, shown } = request;
    const scale = options['step-scale'];
    const training = shown[0]?.steps[0] && trainingStep(shown[0].steps[0]).id;
    if (scale === undefined || training === undefined) return [];
    const key = JSON.stringify([page.file, training]);
    const other = said.get(key);
    if (other === undefined) said.set(key, request);
    if (other === undefined || other.options['step-scale'] === scale) return [];
    const message = `the figures of "${training}" on this page share one scrubber, and #${other.id} says "${other.options['step-scale'] ?? ''}"`;
    const hint = 'say it once, or the same';
    return [{ place: directive.placeOf(['step-scale'], 'value'), rule: 'invalid-option', message, hint }];
  });
}
