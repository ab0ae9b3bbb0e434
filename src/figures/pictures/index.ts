/** Every named picture, by the kind of step it shows and its name after the dot in `show`. */
import { endsOf, everyOne, fewCheckpoints, lastOf } from '../checkpoints.js';
import type { ChosenAxes } from '../chosen-scale.js';
import type { PictureOption, PictureRules } from '../picture-rules.js';
import { directiveAxis } from '../subject.js';
import { drawConfusion } from './confusion.js';
import { drawData, drawTestData } from './dataset.js';
import { drawDecay } from './decay.js';
import { drawElbowFlow } from './elbow-flow.js';
import { drawElbows } from './elbows.js';
import { drawErrors } from './errors.js';
import { drawErrorByFrequency } from './error-by-frequency.js';
import { blocksShown, drawFeatures } from './features.js';
import { drawField } from './field.js';
import { drawFit } from './fit.js';
import { drawSampleImages, drawWeightImages } from './images.js';
import { drawCosine, drawCrossKernel, drawKernel, drawKernelMatrix } from './kernel.js';
import { drawKernelSlice } from './kernel-slice.js';
import { drawLearningCurves } from './learning-curves.js';
import { drawLinearErrors } from './linear-errors.js';
import { drawLinearFunctions } from './linear-functions.js';
import { drawLinearisation } from './linearisation.js';
import { drawParameterChange } from './parameter-change.js';
import { blocksApart, drawParameterHistogram } from './parameter-histogram.js';
import { drawParametersByStep } from './parameters-by-step.js';
import type { PictureKind } from './picture.js';
import { otherMatrix, otherRank, someParameters } from './page-spectra.js';
import { drawPredictions } from './predictions.js';
import { drawPrincipalFeatures, separable, shownComponents } from './principal-features.js';
import { drawResidualHistogram } from './residual-histogram.js';
import { drawAccuracy, drawResultsCurves, measureAxis } from './results-curves.js';
import { drawResultsScatter } from './results-scatter.js';
import { drawSharpness } from './sharpness.js';
import { drawSingularValueHistogram } from './singular-value-histogram.js';
import { drawSingularValues } from './singular-values.js';
import { drawUnitWeights } from './unit-weights.js';

const overPairs = {
  overInputs: true,
  checkpoints: everyOne,
  panels: () => ({ parts: ['step'], facets: ['step'] }),
} satisfies PictureRules;

const overTwoInputs = { ...overPairs, moves: { unlike: someParameters } } satisfies PictureRules;
const linear = { x: ['linear'], y: ['linear'] } satisfies ChosenAxes;

const pictures = {
  'dataset.data': { overInputs: true, axes: linear, panels: () => ({}), draw: drawData },
  'dataset.test-data': {
    overInputs: true,
    testSet: true,
    axes: linear,
    panels: () => ({}),
    draw: drawTestData,
  },
  'dataset.images': { asImages: true, takes: ['shape'], panels: () => ({}), draw: drawSampleImages },
  'train.fit': {
    overInputs: true,
    axes: linear,
    targets: 'numbers',
    checkpoints: fewCheckpoints,
    panels: () => ({ parts: ['step'] }),
    moves: {},
    draw: drawFit,
  },
  'train.field': {
    overPlane: true,
    targets: 'numbers-or-probabilities',
    checkpoints: fewCheckpoints,
    panels: () => ({ parts: ['step'] }),
    moves: { anyInputs: true, severalOutputs: true },
    draw: drawField,
  },
  'train.learning-curves': {
    takes: ['diverged'],
    axes: { x: ['linear', 'log', 'symlog'], y: ['log', 'linear'] },
    panels: () => ({ overlay: [directiveAxis, 'seed'] }),
    moves: { showsErrors: true, anyInputs: true, severalOutputs: true },
    draw: drawLearningCurves,
  },
  'train.errors': {
    checkpoints: lastOf,
    takes: ['diverged', 'over'],
    axes: { x: ['linear', 'log', 'symlog', 'category'], y: ['log', 'linear'] },
    panels: ({ at = [] }) => ({ parts: at.length > 1 ? ['step'] : [], overlay: 'all' }),
    draw: drawErrors,
  },
  'train.elbows': {
    overInputs: true,
    oneHiddenLayer: true,
    targets: 'one-output',
    panels: () => ({}),
    moves: {},
    draw: drawElbows,
  },
  'train.linearisation': {
    overInputs: true,
    oneHiddenLayer: true,
    targets: 'numbers',
    checkpoints: endsOf,
    takes: ['move'],
    panels: () => ({ parts: ['step'] }),
    moves: {},
    draw: drawLinearisation,
  },
  'train.unit-weights': {
    oneHiddenLayer: true,
    targets: 'one-output',
    panels: () => ({}),
    moves: {},
    draw: drawUnitWeights,
  },
  'train.predictions': {
    targets: 'numbers',
    checkpoints: lastOf,
    panels: () => ({ parts: ['step'] }),
    moves: { checkpoints: fewCheckpoints, switchesAxes: true },
    draw: drawPredictions,
  },
  'train.residual-histogram': {
    targets: 'numbers',
    checkpoints: lastOf,
    takes: ['bins'],
    panels: () => ({ parts: ['step'] }),
    moves: { checkpoints: fewCheckpoints, switchesAxes: true },
    draw: drawResidualHistogram,
  },
  'train.accuracy': {
    targets: 'classes',
    panels: () => ({ parts: ['measure'], overlay: [directiveAxis, 'seed', measureAxis] }),
    draw: drawAccuracy,
  },
  'train.confusion': {
    targets: 'classes',
    checkpoints: lastOf,
    panels: () => ({ parts: ['step'] }),
    draw: drawConfusion,
  },
  'train.images': {
    asImages: true,
    checkpoints: lastOf,
    takes: ['shape'],
    panels: () => ({ parts: ['step'] }),
    draw: drawWeightImages,
  },
  'train.parameters-by-step': {
    checkpoints: everyOne,
    fewestCheckpoints: 2,
    takes: ['parameters', 'order'],
    panels: () => ({}),
    moves: { showsCourse: true, anyInputs: true, severalOutputs: true },
    draw: drawParametersByStep,
  },
  'train.parameter-change': {
    checkpoints: lastOf,
    takes: ['parameters'],
    panels: () => ({ parts: ['step'] }),
    moves: { checkpoints: fewCheckpoints, switchesAxes: true, severalOutputs: true },
    draw: drawParameterChange,
  },
  'train.parameter-histogram': {
    checkpoints: endsOf,
    takes: ['parameters', 'bins'],
    // Block by block only where each has a panel.
    panels: ({ facet }) => ({
      parts: facet?.includes('parameter') === true ? ['parameter', 'step'] : ['step'],
      facets: ['step'],
    }),
    moves: { switchesAxes: true, severalOutputs: true },
    blocks: blocksApart,
    draw: drawParameterHistogram,
  },
  'features.features': {
    overInputs: true,
    checkpoints: everyOne,
    takes: ['parameters'],
    panels: () => ({ parts: ['parameter', 'step'], facets: ['parameter', 'step'] }),
    moves: { sliders: ['unit'], switchesAxes: true },
    blocks: blocksShown,
    draw: drawFeatures,
  },
  'features.kernel': { ...overTwoInputs, draw: drawKernel },
  'features.cosine': { ...overTwoInputs, draw: drawCosine },
  'svd.singular-values': {
    checkpoints: everyOne,
    panels: () => ({ parts: ['step'], overlay: ['step', directiveAxis] }),
    moves: { unlike: otherRank },
    draw: drawSingularValues,
  },
  'svd.singular-value-histogram': {
    checkpoints: everyOne,
    takes: ['bins'],
    panels: () => ({ parts: ['step'], facets: ['step'] }),
    moves: { switchesAxes: true, unlike: otherRank },
    draw: drawSingularValueHistogram,
  },
  'svd.principal-features': {
    overInputs: true,
    checkpoints: everyOne,
    takes: ['components'],
    panels: (options) =>
      options.facet?.includes('component') === true && shownComponents(options) <= separable
        ? { parts: ['component', 'step'], overlay: ['step'], facets: ['component'] }
        : { parts: ['step'], facets: ['step'] },
    moves: { sliders: ['component'], unlike: otherMatrix, beside: 12 },
    draw: drawPrincipalFeatures,
  },
  'kernel.kernel': { ...overPairs, draw: drawKernelMatrix },
  'kernel.cross': { ...overPairs, of: 'cross', draw: drawCrossKernel },
  'kernel.slice': {
    overInputs: true,
    checkpoints: everyOne,
    takes: ['slice'],
    panels: () => ({ parts: ['step'], overlay: ['step'] }),
    draw: drawKernelSlice,
  },
  'linearize.errors': { panels: () => ({}), draw: drawLinearErrors },
  'linearize.functions': {
    overInputs: true,
    checkpoints: fewCheckpoints,
    panels: () => ({ parts: ['step'] }),
    moves: {},
    draw: drawLinearFunctions,
  },
  'project.decay': {
    takes: ['components'],
    panels: (options) => ({
      parts: ['component'],
      overlay: options.facet?.includes('component') === true ? [] : ['component'],
    }),
    draw: drawDecay,
  },
  'curvature.sharpness': {
    checkpoints: everyOne,
    fewestCheckpoints: 2,
    panels: () => ({}),
    draw: drawSharpness,
  },
  'spectral.error-by-frequency': {
    checkpoints: everyOne,
    fewestCheckpoints: 2,
    panels: () => ({}),
    draw: drawErrorByFrequency,
  },
  'elbows.elbow-flow': {
    overInputs: true,
    checkpoints: everyOne,
    fewestCheckpoints: 2,
    panels: () => ({}),
    draw: drawElbowFlow,
  },
  'results.learning-curves': {
    takes: ['columns'],
    columns: 'course',
    // Numbers of one name are told apart by their runs, those of several names first by these.
    panels: ({ columns }) => ({
      parts: ['measure'],
      overlay: columns?.length === 1 ? 'all' : [directiveAxis, 'seed', measureAxis],
    }),
    draw: drawResultsCurves,
  },
  'results.scatter': {
    takes: ['columns'],
    columns: 'pair',
    panels: () => ({ overlay: 'all' }),
    draw: drawResultsScatter,
  },
} satisfies Readonly<Record<`${string}.${string}`, PictureKind>>;

type Pictures = typeof pictures;

/** The names of the pictures that move. */
export type MovingName = {
  [Full in keyof Pictures]: Pictures[Full] extends { moves: object }
    ? Full extends `${string}.${infer Name}`
      ? Name
      : never
    : never;
}[keyof Pictures];

const byFullName: Readonly<Record<string, PictureKind>> = pictures;

const nameOf = (full: string): string => full.slice(full.indexOf('.') + 1);

/** The picture of that name; undefined where there is none. */
export function pictureNamed(kind: string, name: string | undefined): PictureKind | undefined {
  const full = `${kind}.${name ?? ''}`;
  return Object.hasOwn(byFullName, full) ? byFullName[full] : undefined;
}

/** The names of the pictures of a kind of step. */
export function picturesOf(kind: string): string[] {
  return Object.keys(pictures)
    .filter((full) => full.startsWith(`${kind}.`))
    .map(nameOf);
}

/** The names of the pictures that have a use for an option. */
export function picturesTaking(option: PictureOption): string[] {
  return picturesWith(({ takes = [] }) => takes.includes(option));
}

/** The names of the pictures of which an author may choose this axis. */
export function picturesChoosing(axis: 'x' | 'y'): string[] {
  return picturesWith(({ axes }) => axes?.[axis] !== undefined);
}

/** The names of the pictures whose axes can be those of each moment. */
export function picturesSwitchingAxes(): string[] {
  return picturesWith(({ moves }) => moves?.switchesAxes === true);
}

/** The names of the pictures that move. */
export function movingPictures(): string[] {
  return picturesWith(({ moves }) => moves !== undefined);
}

function picturesWith(has: (picture: PictureKind) => boolean): string[] {
  // Kinds may have pictures of one name.
  return [...new Set(Object.entries(byFullName).flatMap(([full, picture]) => (has(picture) ? [nameOf(full)] : [])))];
}
