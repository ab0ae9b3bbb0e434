/**
 * What a figure could not draw, found before anything has run: from its options and from what is known of the results that
 * it shows, their shapes, steps and coordinates. Drawing has no way to refuse anything of it.
 */
import { type Network, outputsOf } from '../model/network.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import type { Problem } from '../shared/problem.js';
import type { DatasetFacts } from '../steps/dataset.js';
import type { TrainOptions } from '../steps/train.js';
import { suggestion } from '../shared/suggest.js';
import { chosenSteps } from './checkpoints.js';
import { checkPictures, checkSliders } from './check-shown.js';
import { countRows } from './columns.js';
import { checkSpecification } from './own-specification.js';
import { inEnglish } from './in-english.js';
import { axisValues, facetAxis, mostPanels, panelAxes } from './panels.js';
import { blocksAmong, hasParameter } from './parameters.js';
import type { Refuse } from './figure-rules.js';
import { pictureNamed, picturesChoosing, picturesTaking } from './pictures/index.js';
import { type PictureOption, pictureOptions, type PictureRules } from './picture-rules.js';
import { sweptAxes } from './pictures/errors-rows.js';
import { courseNames, measuredNames } from './pictures/results-curves.js';
import { separable, shownComponents } from './pictures/principal-features.js';
import { labelledSteps, type LabelledStep } from './subject.js';
import { mostRows } from './tidy.js';
import { imageShape } from './image-shape.js';
import { mostColours } from './theme.js';
import { trainingStep } from './training-step.js';
import { count, stepLabel } from './words.js';

/** What is wrong with a figure; nothing with one whose results are not known, as something is wrong with them. */
export function checkFigure(request: FigureRequest): Problem[] {
  const { directive, shown, options } = request;
  const problems: Problem[] = checkSpecification(request);
  const refuse: Refuse = (path, rule, message, hint) => {
    // One option may be written as a list or as a single value.
    const [option = '', index] = path;
    const whole = index !== undefined && !Array.isArray(directive.body[String(option)]);
    problems.push({ place: directive.placeOf(whole ? [option] : path, 'value'), rule, message, hint });
  };
  const runs = labelledSteps(shown, inEnglish);
  const [first] = shown;
  if (first === undefined || runs.length === 0) return problems;
  const own = options['vega-lite'] !== undefined;
  if (!own && !checkPictures(shown, refuse)) return problems;
  checkSliders(request, refuse);
  const picture = pictureNamed(first.steps[0]?.kind.kind ?? '', first.picture);
  if (picture !== undefined) {
    checkOptions(request, `"${first.picture ?? ''}"`, picture.takes ?? [], refuse);
    checkAxes(request, picture, refuse);
    checkPicture(request, picture, runs, refuse);
  } else if (own) {
    checkOptions(request, 'a specification of your own', ['columns'], refuse);
    checkAxes(request, undefined, refuse);
    checkColumns(request, runs, refuse);
  }
  return problems;
}

/** No option is given that the picture would not heed. */
function checkOptions(
  { directive }: FigureRequest,
  name: string,
  taken: readonly PictureOption[],
  refuse: Refuse,
): void {
  for (const option of pictureOptions) {
    if (!Object.hasOwn(directive.body, option) || taken.includes(option)) continue;
    if (option === 'columns') {
      const message = '"columns" goes with "vega-lite", and with the pictures of results';
      refuse([option], 'invalid-option', message, 'leave it out');
      continue;
    }
    const hint = `leave it out; it is for ${picturesTaking(option).join(', ')}`;
    refuse([option], 'invalid-option', `${name} has no "${option}"`, hint);
  }
}

/** The axes that the author chooses are some of the picture's, with scales that these can have. */
function checkAxes({ options, shown }: FigureRequest, picture: PictureRules | undefined, refuse: Refuse): void {
  for (const name of ['x', 'y'] as const) {
    const chosen = options[name];
    if (chosen === undefined) continue;
    const scales = picture?.axes?.[name];
    if (scales === undefined) {
      const message =
        picture === undefined
          ? 'a specification of your own says itself how its axes are'
          : `the "${name}" axis of "${shown[0]?.picture ?? ''}" is not the author’s to choose`;
      const hint =
        picture === undefined ? 'write "scale" in it' : `leave it out; it is for ${picturesChoosing(name).join(', ')}`;
      refuse([name], 'invalid-option', message, hint);
    } else if (chosen.scale !== undefined && !scales.includes(chosen.scale)) {
      const message = `the "${name}" axis of "${shown[0]?.picture ?? ''}" has no scale "${chosen.scale}"`;
      refuse([name, 'scale'], 'invalid-option', message, `choose ${scales.join(' or ')}`);
    }
  }
}

function checkPicture(
  request: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): void {
  const name = request.shown[0]?.picture ?? '';
  const chosen = new Set(
    chosenSteps(
      { request, picture },
      runs.map(({ step }) => recordedSteps(step)),
    ),
  );
  const shownSteps = (step: PlannedStep): number[] => recordedSteps(step).filter((one) => chosen.has(one));
  const fits =
    checkDrawnColumns(request, picture, runs, refuse) &&
    checkData(picture, runs, refuse) &&
    checkSteps(request, picture, runs, refuse) &&
    checkParameters(request, picture, runs, refuse) &&
    checkImages(request, picture, runs, refuse) &&
    checkOver(request, picture, runs, refuse) &&
    checkMove(request, runs, refuse);
  if (!fits) return;
  if (picture.fewestCheckpoints !== undefined) {
    const { fewestCheckpoints: fewest } = picture;
    const few = runs.find(({ step }) => shownSteps(step).length < fewest);
    if (few !== undefined) {
      const message = `"${name}" of ${few.step.name} is over its steps, and only one is chosen`;
      refuse([request.options.at === undefined ? 'show' : 'at'], 'one-checkpoint', message, 'choose at least two');
      return;
    }
  }
  checkPanels(request, picture, runs, shownSteps, refuse);
}

/** Of a picture of any results: those that it draws are there, over what it draws them over. */
function checkDrawnColumns(
  { options: { columns } }: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  if (picture.columns === undefined) return true;
  if (picture.columns === 'pair') {
    if (columns?.length === 2) return countedRows(columns, undefined, runs, refuse);
    const message = 'a scatter is of two results: the first across, the second up';
    refuse([columns === undefined ? 'show' : 'columns'], 'columns', message, 'write columns: [step, loss]');
    return false;
  }
  for (const { step } of runs) {
    const known = courseNames(step);
    const index = columns?.findIndex((name) => !known.includes(name)) ?? (known.length === 0 ? 0 : -1);
    if (index < 0) continue;
    const name = columns?.[index];
    const message =
      name === undefined
        ? `"${step.name}" has no results over steps`
        : `"${step.name}" has no "${name}" over its steps alone`;
    const hint = known.length === 0 ? 'say what they run over: axes: { loss: [step] }' : suggestion(name ?? '', known);
    refuse(name === undefined ? ['show'] : ['columns', index], 'columns', message, hint);
    return false;
  }
  return true;
}

/** The inputs, the hidden layers and the test set that a picture needs. */
function checkData(
  { overInputs = false, overPlane = false, oneHiddenLayer = false, testSet = false, targets, of }: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  for (const { step } of runs) {
    const data = datasetOf(step);
    const { testSamples, classes } = data.facts as unknown as DatasetFacts;
    const lack = of === undefined ? undefined : step.kind.lacks?.(step.facts, of, undefined);
    if (lack !== undefined) {
      refuse(['show'], 'unknown-picture', `${step.name} has no ${of ?? ''}: ${lack.message}`, lack.hint);
      return false;
    }
    if (targets === 'classes' && classes === undefined) {
      const message = `this picture is of classes, and the targets of ${data.name} are numbers`;
      refuse(['show'], 'of-classes', message, 'draw its learning-curves');
      return false;
    }
    if (classes !== undefined && (targets === 'numbers' || (targets === 'one-output' && outputsOfStep(step) > 1))) {
      const message = `this picture is of networks that answer with one number, and those of ${data.name} tell classes`;
      refuse(['show'], 'of-classes', message, 'draw the "confusion" or the "accuracy" of a training');
      return false;
    }
    if (targets === 'numbers-or-probabilities' && !hasProbabilities(step, runs)) {
      const message =
        'this picture is of numbers, or of the probabilities of classes, and of the same for all that it shows';
      refuse(['show'], 'of-classes', message, 'train them with loss: cross-entropy, or two with loss: logistic');
      return false;
    }
    if (targets === 'numbers-or-probabilities' && (classes?.length ?? 0) > mostColours) {
      const message = `this picture tells ${mostColours} classes apart by their colours; ${data.name} has ${classes?.length ?? 0}`;
      refuse(['show'], 'of-classes', message, 'draw its "confusion"');
      return false;
    }
    if (overInputs && featuresOf(step) !== 1) {
      const message = `this picture is for inputs of one number; those of ${data.name} have ${featuresOf(step)}`;
      refuse(['show'], 'one-dimensional', message, 'draw it with a "vega-lite" specification of your own');
      return false;
    }
    if (overPlane && featuresOf(step) !== 2) {
      const message = `this picture is for inputs of two numbers; those of ${data.name} have ${featuresOf(step)}`;
      const hint = featuresOf(step) === 1 ? 'draw its "fit"' : 'draw its "predictions"';
      refuse(['show'], 'two-dimensional', message, hint);
      return false;
    }
    if (oneHiddenLayer && networkOf(step)?.hidden.length !== 1) {
      const hint = 'draw its "fit", which shows every place where it bends';
      refuse(['show'], 'one-hidden-layer', `${step.name} does not have exactly one hidden layer`, hint);
      return false;
    }
    if (testSet && testSamples === 0) {
      const hint = 'give the dataset a "test", or show its "data"';
      refuse(['show'], 'no-test-set', `${data.name} has no test set`, hint);
      return false;
    }
  }
  return true;
}

/** So many pixels an image may have. */
const mostPixels = 10_000;

/** Of a picture of images: the inputs are their pixels. */
function checkImages(
  { options: { shape } }: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  if (picture.asImages !== true) return true;
  const place = [shape === undefined ? 'show' : 'shape'];
  for (const { step } of runs) {
    const features = featuresOf(step);
    const { name } = datasetOf(step);
    if (features > mostPixels) {
      const message = `an image has at most ${count(mostPixels)} pixels, and the inputs of ${name} have ${count(features)} numbers`;
      refuse(place, 'invalid-option', message, 'choose data with smaller images');
      return false;
    }
    if (imageShape(features, shape) !== undefined) continue;
    const message =
      features === 1
        ? `the inputs of ${name} are single numbers, and no images`
        : shape === undefined
          ? `the inputs of ${name} have ${count(features)} numbers, which make no square image`
          : `an image of ${shape.join(' × ')} pixels is of ${count((shape[0] ?? 0) * (shape[1] ?? 0))} numbers, and the inputs of ${name} have ${count(features)}`;
    const hint = features === 1 ? 'draw data whose inputs are images' : `write shape: [${nearSquare(features)}]`;
    refuse(place, 'invalid-option', message, hint);
    return false;
  }
  return true;
}

/** Rows and columns whose product is this, as near to each other as can be. */
function nearSquare(pixels: number): string {
  let down = Math.floor(Math.sqrt(pixels));
  while (pixels % down !== 0) down -= 1;
  return `${down}, ${pixels / down}`;
}

/** The chosen checkpoints: each is one that some run has. */
function checkSteps(
  { options: { at, slider }, shown }: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  const wide = runs.map(({ step }) => featuresOf(step)).find((features) => features !== 1);
  if (slider !== undefined && wide !== undefined && picture.moves?.anyInputs !== true) {
    const message = `a page moves through networks of one input; these have ${wide}`;
    refuse(['slider'], 'no-slider', message, 'leave the slider out');
    return false;
  }
  const outputs = Math.max(...runs.map(({ step }) => outputsOfStep(step)));
  if (slider !== undefined && outputs > 1 && picture.moves?.severalOutputs !== true) {
    const message = `a page moves through this picture of networks with one output; these have ${outputs}`;
    refuse(['slider'], 'no-slider', message, 'leave the slider out');
    return false;
  }
  if (at === undefined) return true;
  if (picture.checkpoints === undefined) {
    refuse(['at'], 'invalid-option', `"${shown[0]?.picture ?? ''}" shows no single steps`, 'leave "at" out');
    return false;
  }
  return checkAt(at, runs, refuse);
}

function checkAt(at: readonly number[], runs: readonly LabelledStep[], refuse: Refuse): boolean {
  const recorded = new Set(runs.flatMap(({ step }) => recordedSteps(step)));
  const unknown = at.flatMap((step, index) => (recorded.has(step) ? [] : [{ step, index }]));
  for (const { step, index } of unknown) {
    const hint = nearest(step, [...recorded], runs[0]?.step);
    refuse(['at', index], 'no-checkpoint', `no checkpoint at step ${count(step)} is shown`, hint);
  }
  return unknown.length === 0;
}

function nearest(step: number, recorded: readonly number[], run: PlannedStep | undefined): string {
  if (run === undefined || recorded.length === 0) return 'leave "at" out';
  const below = recorded.reduce((best, one) => (one < step && one > best ? one : best), Number.NEGATIVE_INFINITY);
  const above = recorded.reduce((best, one) => (one > step && one < best ? one : best), Number.POSITIVE_INFINITY);
  const near = [below, above].filter(Number.isFinite).map(String);
  const more =
    trainingStep(run) === run
      ? `record it with {and: [${step}]} in the training's "checkpoints"`
      : `add it to the "at" of "${run.id}"`;
  return `choose ${near.join(' or ')}, or ${more}`;
}

/** Of a picture with an elbow that is moved: all networks have its unit. */
function checkMove({ options: { move } }: FigureRequest, runs: readonly LabelledStep[], refuse: Refuse): boolean {
  if (move === undefined) return true;
  for (const { step } of runs) {
    const [width = 0] = networkOf(step)?.hidden ?? [];
    if (move.unit < width) continue;
    const message = `${step.name} has no unit ${count(move.unit)}: its hidden layer has ${count(width)}, counted from 0`;
    refuse(['move', 'unit'], 'invalid-option', message, `choose 0 to ${count(width - 1)}, or runs that have it`);
    return false;
  }
  return true;
}

/** Of a picture over a swept option: there is one, and it is no facet. */
function checkOver(
  { options: { over, facet } }: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  if (picture.takes?.includes('over') !== true) return true;
  const known = sweptAxes(runs.map(({ step }) => step));
  const chosen = over ?? known[0];
  if (chosen === undefined) {
    refuse(['show'], 'unknown-facet', 'these results differ in no option but the seed', 'sweep over one');
    return false;
  }
  if (!known.includes(chosen)) {
    refuse(['over'], 'unknown-facet', `these results do not differ in "${chosen}"`, suggestion(chosen, known));
    return false;
  }
  const index = facet?.indexOf(chosen) ?? -1;
  if (index < 0) return true;
  const hint = 'choose another facet, or write what is across as "over"';
  refuse(['facet', index], 'unknown-facet', `"${chosen}" is the horizontal axis, and cannot be a facet`, hint);
  return false;
}

/** Every name in `parameters` is that of something there is. */
function checkParameters(
  { options: { parameters } }: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  if (parameters === undefined || picture.takes?.includes('parameters') !== true) return true;
  const unknown = parameters.flatMap((wanted, index) => {
    const shown = runs.some(({ step }) => {
      const network = networkOf(step);
      return (
        network !== undefined &&
        hasParameter(network, wanted) &&
        blocksAmong(network, parametersOf(step), [wanted]).length > 0
      );
    });
    return shown ? [] : [{ wanted, index }];
  });
  for (const { wanted, index } of unknown) {
    const known = runs.flatMap(({ step }) => shownBlocks(step, undefined));
    const message = `none of the parameters that are shown is "${wanted}"`;
    refuse(['parameters', index], 'unknown-parameter', message, suggestion(wanted, [...new Set(known)]));
  }
  return unknown.length === 0;
}

/** The facets, and how many panels they make. */
function checkPanels(
  request: FigureRequest,
  picture: PictureRules,
  runs: readonly LabelledStep[],
  shownSteps: (step: PlannedStep) => readonly number[],
  refuse: Refuse,
): void {
  const { options } = request;
  const parts = runs.flatMap((run) =>
    partsOf(request, picture, run, shownSteps(run.step)).map((labels) => ({ labels })),
  );
  const axes = axisValues(parts);
  const unknown = (options.facet ?? []).flatMap((name, index) =>
    axes.has(facetAxis(name, axes)) ? [] : [{ name, index }],
  );
  for (const { name, index } of unknown) {
    const components = picture.takes?.includes('components') === true;
    if (name === 'component' && components && shownComponents(options) > separable) {
      const message = `more than ${separable} components are drawn over each other, and have no panels of their own`;
      refuse(['facet', index], 'unknown-facet', message, `choose at most ${separable} components`);
      continue;
    }
    const known = [...axes.keys(), ...(components ? ['component'] : [])];
    refuse(['facet', index], 'unknown-facet', `these results do not differ in "${name}"`, suggestion(name, known));
  }
  if (unknown.length > 0) return;
  const { rows, columns } = panelAxes({ request, picture }, parts);
  const panels = new Set(
    parts.map(({ labels }) => JSON.stringify([...rows, ...columns].map((axis) => labels.get(axis) ?? ''))),
  );
  if (panels.size <= mostPanels) return;
  refuse(
    [options.facet === undefined ? 'show' : 'facet'],
    'too-many-panels',
    `this figure would have ${panels.size} panels; the limit is ${mostPanels}`,
    'choose fewer runs with "where", or fewer checkpoints with "at"',
  );
}

/** The labels of each part of a run. */
function partsOf(
  request: FigureRequest,
  picture: PictureRules,
  { step, labels }: LabelledStep,
  steps: readonly number[],
): ReadonlyMap<string, string>[] {
  const { parts = [] } = picture.panels(request.options);
  let all: ReadonlyMap<string, string>[] = [labels];
  for (const axis of parts) {
    const names =
      axis === 'step'
        ? steps.map((step) => stepLabel(inEnglish.words.scripts.figure, step))
        : axis === 'parameter'
          ? shownBlocks(step, request.options.parameters)
          : axis === 'measure'
            ? (request.options.columns ?? measuredNames(step))
            : Array.from({ length: shownComponents(request.options) }, (_, index) => `component ${count(index + 1)}`);
    all = all.flatMap((one) => names.map((name) => new Map([...one, [axis, name]])));
  }
  return all;
}

/** The columns of a specification of the author's own: each is there in every run, and their rows are not too many. */
function checkColumns({ options }: FigureRequest, runs: readonly LabelledStep[], refuse: Refuse): void {
  const { columns = [], at, facet } = options;
  if (facet !== undefined) {
    refuse(['facet'], 'invalid-option', 'a specification of your own makes its own panels', 'write "facet" in it');
  }
  if (at !== undefined && !checkAt(at, runs, refuse)) return;
  countedRows(columns, at, runs, refuse);
}

/** Whether the columns are there in every run, and make no more rows than a figure may have. */
function countedRows(
  columns: readonly string[],
  at: readonly number[] | undefined,
  runs: readonly LabelledStep[],
  refuse: Refuse,
): boolean {
  let rows = 0;
  for (const { step } of runs) {
    const counted = countRows(step, columns, at);
    if (typeof counted !== 'number') {
      refuse(['columns', counted.column], 'columns', counted.message, counted.hint);
      return false;
    }
    rows += counted;
  }
  if (rows <= mostRows) return true;
  const over = runs.length === 1 ? '' : ` over ${count(runs.length)} runs`;
  const hint = 'choose columns with fewer dimensions, or fewer runs with "where"';
  refuse(['columns'], 'columns', `these columns make ${rows} rows${over}, more than ${mostRows}`, hint);
  return false;
}

function recordedSteps({ kind, options, facts }: PlannedStep): readonly number[] {
  return kind.checkpoints(options, facts);
}

function shownBlocks(step: PlannedStep, wanted: readonly string[] | undefined): string[] {
  const network = networkOf(step);
  return network === undefined ? [] : blocksAmong(network, parametersOf(step), wanted ?? 'all');
}

/** The parameters of a training, or those by which gradients are taken. */
function parametersOf(step: PlannedStep): readonly string[] | 'all' {
  if (trainingStep(step) === step) return 'all';
  return (step.options as { readonly parameters: readonly string[] | 'all' }).parameters;
}

/** The dataset behind a step. */
function datasetOf(step: PlannedStep): PlannedStep {
  return step.inputs['data'] ?? step;
}

/** How many numbers one of its inputs has. */
function featuresOf(step: PlannedStep): number {
  return (datasetOf(step).facts as unknown as DatasetFacts).features;
}

/** Whether it is of numbers, or of classes by a loss of probabilities, and all that is shown beside it of the same. */
function hasProbabilities(step: PlannedStep, runs: readonly LabelledStep[]): boolean {
  const classesOf = (one: PlannedStep): number =>
    (datasetOf(one).facts as unknown as DatasetFacts).classes?.length ?? 0;
  const count = classesOf(step);
  if (runs.some(({ step: other }) => classesOf(other) !== count)) return false;
  return count === 0 || (count > 1 && (step.options as Partial<TrainOptions>).loss !== undefined);
}

/** How many numbers the network behind it gives; 1 where there is none. */
function outputsOfStep(step: PlannedStep): number {
  return outputsOf(networkOf(step) ?? {});
}

/** The network behind a step. */
function networkOf(step: PlannedStep): Network | undefined {
  const { network } = (step.inputs['of'] ?? step).facts as { readonly network?: unknown };
  return network as Network | undefined;
}
