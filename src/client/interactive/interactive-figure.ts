/** Brings one figure to life: its pictures in place of the drawing, with the sliders that move them. */
import type { InteractiveFigure } from '../../figures/interactive-figure.js';
import type { InteractiveTraining } from '../../figures/interactive-data.js';
import { hiddenUnits } from '../../model/network.js';
import { load } from '../data-scripts.js';
import { readMoment, writeMoment } from './address.js';
import { makeControls, type Slider } from './controls.js';
import { type Course, courseOf } from './course.js';
import { endingOf, undrawnAt } from './ending.js';
import { makeKey } from './key.js';
import { makeMoment, type Moment } from './moment.js';
import { movingPictureNamed } from './pictures/index.js';
import type { MovingPicture, UnitPlace } from './pictures/picture.js';
import { layPanels, panelGap, type Size } from './panel-layout.js';
import { makePointing } from './pointing.js';
import { mostVectors } from './spectrum.js';

/** Of a plot, until it is known what stands around it. */
const firstPlot: Size = { width: 200, height: 180 };

interface Training {
  readonly courses: readonly Course[];
  readonly moment: Moment;
}

const trainings = new Map<string, Promise<Training>>();

/** Figures of one training share its moment, and its weights are unpacked once. */
function trainingOf({ training, data }: InteractiveFigure): Promise<Training> {
  const known = trainings.get(data);
  if (known !== undefined) return known;
  const made = load(`training:${training}`, data).then((given): Training => {
    const interactive = given as InteractiveTraining;
    const courses = interactive.runs.map((run) => courseOf(run, interactive));
    const steps = [...new Set(courses.flatMap((course) => course.steps))].sort((a, b) => a - b);
    return { courses, moment: makeMoment(steps) };
  });
  trainings.set(data, made);
  return made;
}

export async function startInteractive(host: HTMLElement, interactive: InteractiveFigure): Promise<void> {
  const { courses, moment } = await trainingOf(interactive);
  // In the figure's order: those of the data are in the order in which the pages ask for them.
  const shown = interactive.runs.flatMap((run) => courses.filter(({ name }) => name === run));
  const figure = host.closest('figure') ?? host;
  const { id } = figure;
  const axes = interactive.sliders.filter((name) => name !== 'step');
  const values = new Map(axes.map((axis) => [axis, valuesOf(axis, shown, interactive)]));
  /** Another figure's slider over this axis may be longer. */
  const positionOn = (axis: string): number =>
    Math.min(moment.positions.get(axis) ?? 0, (values.get(axis)?.length ?? 1) - 1);
  // Learning curves of runs that differ in nothing but their seeds share a panel.
  const together = interactive.picture === 'learning-curves';
  const familyOf = (course: Course): Course[] => (together ? shown.filter((one) => alike(one, course)) : [course]);
  /** The runs that the sliders over swept options leave. */
  const chosen = (): Course[] =>
    shown.filter(
      (course) =>
        axes.every((axis) => {
          const own = course.coordinates[axis];
          return own === undefined || own === values.get(axis)?.[positionOn(axis)];
        }) &&
        (axes.includes('seed') || longest(familyOf(course)) === course),
    );
  const unitsOf = new Map<string, ReadonlySet<string>>();
  /** Of the units that a slider goes through, those that a run has which shows now; the first stands for all of them. */
  const unitsNow = (): ReadonlySet<string> => {
    const runs = chosen();
    const names = runs.map(({ name }) => name).join();
    const known = unitsOf.get(names);
    if (known !== undefined) return known;
    const here = new Set(runs.flatMap(({ network }) => hiddenUnits(network).map(unitValue(depthOf(shown)))));
    const made = new Set((values.get('unit') ?? []).filter((value) => value === 'all' || here.has(value)));
    unitsOf.set(names, made);
    return made;
  };
  const unit = (): UnitPlace | undefined => unitPlace(values.get('unit')?.[nearestUnit()] ?? 'all');
  /** The place of the unit that stands out; the last one that is there before the one that was chosen. */
  const nearestUnit = (): number => {
    const now = unitsNow();
    return (values.get('unit') ?? []).findLastIndex((value, index) => index <= positionOn('unit') && now.has(value));
  };
  const stage = document.createElement('div');
  stage.className = 'colophon-interactive-stage';
  const pictures = new Map<string, MovingPicture>();
  stage.style.setProperty('gap', `${panelGap}px`);
  // Letters keep their size: what changes with the room is the plot.
  let plot = firstPlot;
  const component = axes.includes('component') ? (): number => positionOn('component') : undefined;
  const make = movingPictureNamed(interactive.picture);
  const pictureOf = (course: Course): MovingPicture => {
    const key = `${course.name} ${component?.() ?? ''} ${plot.width} ${plot.height}`;
    const known = pictures.get(key);
    if (known !== undefined) return known;
    const made = make(course, {
      title: titleOf(course),
      among: shown,
      seeds: familyOf(course),
      oneSeed: axes.includes('seed'),
      leaveOut: interactive.leaveOut,
      ...plot,
      parameters: interactive.parameters,
      components: interactive.components,
      component: component?.(),
      unit: axes.includes('unit') ? unit : undefined,
    });
    pictures.set(key, made);
    return made;
  };
  // Of a run that is the only one the caption says enough.
  const titleOf = (course: Course): string => {
    if (shown.length === 1) return '';
    return together && !axes.includes('seed') && familyOf(course).length > 1
      ? course.label
          .split(', ')
          .filter((part) => part !== `seed ${course.coordinates['seed'] ?? ''}`)
          .join(', ')
      : course.label;
  };
  const sliderOf = (axis: string): Slider => {
    const all = values.get(axis) ?? [];
    if (axis !== 'unit') return axisSlider(axis, all, moment);
    return {
      name: axisName(axis),
      length: () => unitsNow().size,
      position: () => [...unitsNow()].indexOf(all[nearestUnit()] ?? ''),
      say: (position) => {
        const said = unitName([...unitsNow()][position] ?? 'all');
        const asked = all[positionOn('unit')] ?? 'all';
        return nearestUnit() === positionOn('unit') ? said : `${said} (no ${unitName(asked)} here)`;
      },
      move: (position) => {
        moment.set({ axis: ['unit', all.indexOf([...unitsNow()][position] ?? 'all')] });
      },
    };
  };
  const controls = makeControls([stepSlider(moment), ...axes.map(sliderOf)], moment);
  const key = makeKey();
  const wrapper = document.createElement('div');
  wrapper.className = 'colophon-interactive';
  // As many as the stylesheet has kept room for.
  wrapper.dataset['sliders'] = host.dataset['sliders'] ?? '';
  wrapper.append(key.element, stage, controls.element);
  let standing: readonly MovingPicture[] = [];
  /** A run that ended early stays at its last checkpoint, and a picture of its weights at the last that can be drawn. */
  const checkpointOf = (course: Course): number => {
    const step = moment.steps[moment.checkpoint] ?? 0;
    const after = course.steps.findIndex((own) => own > step);
    const reached = Math.max(0, (after < 0 ? course.steps.length : after) - 1);
    return together ? reached : course.drawn(reached);
  };
  const pointing = makePointing(figure, stage, () => {
    const runs = chosen();
    return runs
      .flatMap((course) => pictureOf(course).readings(checkpointOf(course)))
      .filter(({ mark }) => !key.isHidden(mark));
  });
  /** The pictures of these runs, as large as the place of the drawing allows. */
  const fitted = (runs: readonly Course[]): readonly MovingPicture[] => {
    const tried = runs.map(pictureOf);
    // The key takes its lines first.
    key.update(tried.flatMap((picture) => picture.key));
    const panels = tried.flatMap((picture) => picture.panels);
    const around = {
      width: Math.max(...panels.map((panel) => panel.around.width)),
      height: Math.max(...panels.map((panel) => panel.around.height)),
    };
    const layout = layPanels(panels.length, around, { width: stage.clientWidth, height: stage.clientHeight });
    stage.style.setProperty('grid-template-columns', `repeat(${layout.columns}, auto)`);
    if (layout.plot.width === plot.width && layout.plot.height === plot.height) return tried;
    plot = layout.plot;
    pictures.clear();
    const made = runs.map(pictureOf);
    key.update(made.flatMap((picture) => picture.key));
    return made;
  };
  let room: Size = { width: 0, height: 0 };
  const draw = (): void => {
    const runs = chosen();
    let made: readonly MovingPicture[] = runs.map(pictureOf);
    if (made.length !== standing.length || made.some((picture, index) => picture !== standing[index])) {
      made = fitted(runs);
      stage.replaceChildren(...made.flatMap(({ panels }) => panels.map(({ svg }) => svg)));
      standing = made;
    }
    const said = runs.map((course, index) => {
      made[index]?.show(checkpointOf(course));
      const ending = axes.includes('seed') ? endingOf([course], moment) : endingOf(familyOf(course), moment);
      const beyond = together ? '' : undrawnAt(course, moment);
      const told = [made[index]?.describe(checkpointOf(course)) ?? '', beyond, ending]
        .filter((text) => text !== '')
        .join('; ');
      return titleOf(course) === '' ? told : `${titleOf(course)}: ${told}`;
    });
    controls.update(said.join('; '));
    pointing.refresh();
  };
  key.follow(() => {
    pointing.refresh();
  });
  restore(id, moment, values);
  // A link to another moment of a figure that is interactive already; what a slider writes there itself is no event.
  window.addEventListener('hashchange', () => {
    restore(id, moment, values);
  });
  host.after(wrapper);
  host.classList.add('colophon-asleep');
  let visible = true;
  let behind = false;
  moment.follow(() => {
    if (visible) draw();
    else behind = true;
  });
  new IntersectionObserver(
    (entries) => {
      visible = entries.some(({ isIntersecting }) => isIntersecting);
      if (visible && behind) {
        behind = false;
        draw();
      }
    },
    { rootMargin: '200px' },
  ).observe(wrapper);
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = wrapper;
    // A page that is printed hides it.
    if ((width === room.width && height === room.height) || width === 0) return;
    room = { width, height };
    standing = [];
    draw();
  }).observe(wrapper);
  wrapper.addEventListener('change', () => {
    const written = new Map([['step', String(moment.steps[moment.checkpoint] ?? 0)]]);
    for (const [axis, all] of values) written.set(axis, all[axis === 'unit' ? nearestUnit() : positionOn(axis)] ?? '');
    history.replaceState(null, '', writeMoment(id, written));
  });
}

/** The first of those that have come farthest: it is at the moment until the end. */
function longest(courses: readonly Course[]): Course | undefined {
  const last = ({ steps }: Course): number => steps.at(-1) ?? -1;
  return courses.reduce<Course | undefined>(
    (best, one) => (best === undefined || last(one) > last(best) ? one : best),
    undefined,
  );
}

/** Whether two runs differ in nothing but their seeds. */
function alike(a: Course, b: Course): boolean {
  const [own, other] = [a, b].map(({ coordinates }) =>
    Object.entries(coordinates)
      .filter(([axis]) => axis !== 'seed')
      .join(';'),
  );
  return own === other;
}

/** What a slider goes through, as the address names it: components from 1, all units and each, swept values. */
function valuesOf(axis: string, courses: readonly Course[], { components }: InteractiveFigure): string[] {
  if (axis === 'component')
    return Array.from({ length: Math.min(components, mostVectors) }, (_, index) => String(index + 1));
  if (axis === 'unit') {
    const units = courses
      .flatMap(({ network }) => hiddenUnits(network))
      .sort((a, b) => a.layer - b.layer || a.index - b.index);
    return ['all', ...new Set(units.map(unitValue(depthOf(courses))))];
  }
  return [...new Set(courses.flatMap(({ coordinates }) => coordinates[axis] ?? []))];
}

function depthOf(courses: readonly Course[]): number {
  return Math.max(...courses.map(({ network }) => network.hidden.length));
}

/** "7", or of several layers "2.7": units are counted from 0 in each layer, as PyTorch counts, layers from 1. */
function unitValue(depth: number): (unit: UnitPlace) => string {
  return ({ layer, index }) => (depth > 1 ? `${layer + 1}.${index}` : String(index));
}

function unitPlace(value: string): UnitPlace | undefined {
  if (value === 'all') return undefined;
  const [first = 0, second] = value.split('.').map(Number);
  return second === undefined ? { layer: 0, index: first } : { layer: first - 1, index: second };
}

/** A layer is named where there are several. */
function unitName(value: string): string {
  const { layer, index } = unitPlace(value) ?? {};
  if (index === undefined) return 'all units';
  return value.includes('.') ? `unit ${index} of layer ${(layer ?? 0) + 1}` : `unit ${index}`;
}

function stepSlider(moment: Moment): Slider {
  const last = moment.steps.at(-1) ?? 0;
  return {
    name: 'Training step',
    length: () => moment.steps.length,
    position: () => moment.checkpoint,
    say: (position) => `step ${(moment.steps[position] ?? 0).toLocaleString('en')} of ${last.toLocaleString('en')}`,
    move: (position) => {
      moment.set({ checkpoint: position, playing: false });
    },
  };
}

function axisName(axis: string): string {
  const names: Readonly<Record<string, string>> = {
    ...{ hidden: 'Width', seed: 'Seed', component: 'Singular direction', unit: 'Hidden unit' },
  };
  return names[axis] ?? axis;
}

function axisSlider(axis: string, values: readonly string[], moment: Moment): Slider {
  const say = (value: string): string => {
    if (axis === 'component') return `direction ${value}`;
    return axis === 'hidden' ? `${value.replaceAll('x', ' × ')} hidden units` : `${axis} ${value}`;
  };
  return {
    name: axisName(axis),
    length: () => values.length,
    position: () => Math.min(moment.positions.get(axis) ?? 0, values.length - 1),
    say: (position) => say(values[position] ?? ''),
    move: (position) => {
      moment.set({ axis: [axis, position] });
    },
  };
}

/** Goes to the moment that the address names, when it names this figure. */
function restore(id: string, moment: Moment, axes: ReadonlyMap<string, readonly string[]>): void {
  const { id: named, values } = readMoment(location.hash);
  if (named !== id) return;
  const step = Number(values.get('step') ?? Number.NaN);
  if (Number.isFinite(step)) {
    const after = moment.steps.findIndex((own) => own > step);
    moment.set({ checkpoint: (after < 0 ? moment.steps.length : after) - 1, playing: false });
  }
  for (const [axis, all] of axes) {
    const position = all.indexOf(values.get(axis) ?? '');
    if (position >= 0) moment.set({ axis: [axis, position] });
  }
}
