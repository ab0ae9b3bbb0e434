/** Brings one figure to life: its pictures in place of the drawing, with the sliders that move them. */
import type { LiveFigure } from '../../figures/live-figure.js';
import type { LiveTraining } from '../../figures/live-data.js';
import { hiddenUnits } from '../../model/network.js';
import { load } from '../give.js';
import { readMoment, writeMoment } from './address.js';
import { makeControls, type Slider } from './controls.js';
import { type Course, courseOf } from './course.js';
import { makeMoment, type Moment } from './moment.js';
import { movingPictures } from './pictures/index.js';
import type { MovingPicture } from './pictures/picture.js';
import { mostVectors } from './spectrum.js';

interface Training {
  readonly courses: readonly Course[];
  readonly moment: Moment;
}

const trainings = new Map<string, Promise<Training>>();

/** Figures of one training share its moment, and its weights are unpacked once. */
function trainingOf({ training, data }: LiveFigure): Promise<Training> {
  const known = trainings.get(data);
  if (known !== undefined) return known;
  const made = load(`training:${training}`, data).then((given): Training => {
    const live = given as LiveTraining;
    const courses = live.runs.map((run) => courseOf(run, live));
    const steps = [...new Set(courses.flatMap((course) => course.steps))].sort((a, b) => a - b);
    return { courses, moment: makeMoment(steps) };
  });
  trainings.set(data, made);
  return made;
}

export async function enliven(host: HTMLElement, live: LiveFigure): Promise<void> {
  const { courses, moment } = await trainingOf(live);
  const shown = courses.filter(({ name }) => live.runs.includes(name));
  const figure = host.closest('figure');
  const id = figure?.id ?? '';
  const axes = live.sliders.filter((name) => name !== 'step');
  const values = new Map(axes.map((axis) => [axis, valuesOf(axis, shown, live)]));
  /** Another figure's slider over this axis may be longer. */
  const positionOn = (axis: string): number =>
    Math.min(moment.positions.get(axis) ?? 0, (values.get(axis)?.length ?? 1) - 1);
  const sliders = [stepSlider(moment), ...axes.map((axis) => axisSlider(axis, values.get(axis) ?? [], shown, moment))];
  const stage = document.createElement('div');
  stage.className = 'live-stage';
  const pictures = new Map<string, MovingPicture>();
  const component = (): number | undefined => (axes.includes('component') ? positionOn('component') : undefined);
  // The first position is that of all units together.
  const unit = (): number | undefined => {
    const position = axes.includes('unit') ? positionOn('unit') : 0;
    return position === 0 ? undefined : position - 1;
  };
  /** The runs that the sliders over swept options leave. */
  const chosen = (): Course[] =>
    shown.filter((course) =>
      axes.every((axis) => {
        const own = course.coordinates[axis];
        return own === undefined || own === values.get(axis)?.[positionOn(axis)];
      }),
    );
  const make = movingPictures.get(live.picture);
  if (make === undefined) throw new Error(`no moving picture ${live.picture}`);
  const pictureOf = (course: Course, among: number): MovingPicture => {
    const key = `${course.name} ${component() ?? ''} ${among}`;
    const known = pictures.get(key);
    if (known !== undefined) return known;
    const many = live.picture === 'features' || among > 1;
    const made = make(course, {
      title: course.label,
      width: many ? 200 : 520,
      height: many ? 180 : 300,
      parameters: live.parameters,
      components: live.components,
      component: component(),
      unit,
    });
    pictures.set(key, made);
    return made;
  };
  const controls = makeControls(sliders, moment);
  const wrapper = document.createElement('div');
  wrapper.className = 'live';
  wrapper.append(stage, controls.element);
  let standing: readonly MovingPicture[] = [];
  const draw = (): void => {
    const runs = chosen();
    const made = runs.map((course) => pictureOf(course, runs.length));
    if (made.length !== standing.length || made.some((picture, index) => picture !== standing[index])) {
      stage.classList.toggle('several', made.reduce((sum, { panels }) => sum + panels.length, 0) > 1);
      stage.replaceChildren(...made.flatMap(({ panels }) => panels));
      standing = made;
    }
    const step = moment.steps[moment.checkpoint] ?? 0;
    const said = runs.map((course, index) => {
      // A run that ended early stays at its last checkpoint.
      const after = course.steps.findIndex((own) => own > step);
      const checkpoint = (after < 0 ? course.steps.length : after) - 1;
      made[index]?.show(Math.max(0, checkpoint));
      const told = made[index]?.describe(Math.max(0, checkpoint)) ?? '';
      return course.label === '' ? told : `${course.label}: ${told}`;
    });
    controls.update(said.join('; '));
  };
  restore(id, moment, values);
  host.after(wrapper);
  host.classList.add('asleep');
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
  wrapper.addEventListener('change', () => {
    const written = new Map([['step', String(moment.steps[moment.checkpoint] ?? 0)]]);
    for (const [axis, all] of values) written.set(axis, all[positionOn(axis)] ?? '');
    history.replaceState(null, '', writeMoment(id, written));
  });
}

/** What a slider goes through, as the address names it: components from 1, units from 0 after all of them, swept values. */
function valuesOf(axis: string, courses: readonly Course[], { components }: LiveFigure): string[] {
  if (axis === 'component')
    return Array.from({ length: Math.min(components, mostVectors) }, (_, index) => String(index + 1));
  if (axis === 'unit') {
    const most = Math.max(...courses.map(({ network }) => hiddenUnits(network).length));
    return ['all', ...Array.from({ length: most }, (_, index) => String(index))];
  }
  return [...new Set(courses.flatMap(({ coordinates }) => coordinates[axis] ?? []))];
}

function stepSlider(moment: Moment): Slider {
  const last = moment.steps.at(-1) ?? 0;
  return {
    name: 'Training step',
    length: moment.steps.length,
    position: () => moment.checkpoint,
    say: (position) => `step ${(moment.steps[position] ?? 0).toLocaleString('en')} of ${last.toLocaleString('en')}`,
    move: (position) => {
      moment.set({ checkpoint: position, playing: false });
    },
  };
}

function axisSlider(axis: string, values: readonly string[], courses: readonly Course[], moment: Moment): Slider {
  const names: Readonly<Record<string, string>> = {
    ...{ hidden: 'Width', seed: 'Seed', component: 'Singular direction', unit: 'Hidden unit' },
  };
  const say = (value: string): string => {
    if (axis === 'component') return `direction ${value}`;
    if (axis === 'unit') return value === 'all' ? 'all units' : unitName(Number(value), courses);
    return axis === 'hidden' ? `${value.replaceAll('x', ' × ')} hidden units` : `${axis} ${value}`;
  };
  return {
    name: names[axis] ?? axis,
    length: values.length,
    position: () => Math.min(moment.positions.get(axis) ?? 0, values.length - 1),
    say: (position) => say(values[position] ?? ''),
    move: (position) => {
      moment.set({ axis: [axis, position] });
    },
  };
}

/** Counted from 0 in each layer, as PyTorch counts; a layer is named where there are several. */
function unitName(unit: number, courses: readonly Course[]): string {
  const [network] = courses.map((course) => course.network).filter((one) => hiddenUnits(one).length > unit);
  const { layer = 0, index = unit } = network === undefined ? {} : (hiddenUnits(network)[unit] ?? {});
  return (network?.hidden.length ?? 1) > 1 ? `unit ${index} of layer ${layer + 1}` : `unit ${index}`;
}

/** Goes to the moment that the address names, when it names this figure. */
function restore(id: string, moment: Moment, axes: ReadonlyMap<string, readonly string[]>): void {
  const { id: named, values } = readMoment(location.hash);
  if (named !== id) return;
  const step = Number(values.get('step') ?? Number.NaN);
  if (Number.isFinite(step)) {
    const after = moment.steps.findIndex((own) => own > step);
    moment.set({ checkpoint: (after < 0 ? moment.steps.length : after) - 1 });
  }
  for (const [axis, all] of axes) {
    const position = all.indexOf(values.get(axis) ?? '');
    if (position >= 0) moment.set({ axis: [axis, position] });
  }
}
