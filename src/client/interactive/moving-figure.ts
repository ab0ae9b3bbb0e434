/** Brings one figure to life: its panels follow the moment of its training, and its thumbnails lead to theirs. */
import type { FigureInPage, MovingParts, ToldFigure, ToldPanel } from '../../figures/moving/figure-that-moves.js';
import type { Row } from '../../figures/panels.js';
import { count } from '../../figures/words.js';
import { load } from '../data-scripts.js';
import { readMoment, writeMoment } from './address.js';
import { axisSlider, makeControls } from './controls.js';
import type { Course } from './course.js';
import { makeKey } from './key.js';
import { type LivingPanel, livingPanel } from './living-panel.js';
import type { Moment } from './moment.js';
import { makePointing } from './pointing.js';
import { readingsOf } from './readings.js';
import { rowsOfPicture, type View } from './rows.js';
import { trainingOf } from './training.js';
import { unitNamed, unitSlider, unitValues } from './units.js';

interface Panel {
  readonly told: ToldPanel;
  readonly living: LivingPanel;
  /** Whose background it has. */
  standing: string;
  /** Whether the rows of its background are there. */
  complete: boolean;
}

export async function startMoving(host: HTMLElement): Promise<void> {
  const inPage = JSON.parse(host.dataset['moving'] ?? '{}') as FigureInPage;
  const told: ToldFigure = { ...inPage, ...((await load(`figure:${inPage.id}`, inPage.script)) as MovingParts) };
  const { courses: all, moment, scrubber } = await trainingOf(told);
  const figure = host.closest('figure') ?? host;
  const shown = told.runs.flatMap((name) => all.filter((course) => course.name === name));
  const axes = told.sliders.filter((name) => name !== 'step');
  const values = new Map(axes.map((axis) => [axis, valuesOf(axis, shown, told)]));
  const positionOn = (axis: string): number =>
    Math.min(moment.positions.get(axis) ?? 0, (values.get(axis)?.length ?? 1) - 1);
  const picture = rowsOfPicture(told.picture);
  const drawings = [...host.querySelectorAll<SVGSVGElement>('.moving-now > svg')];
  const panels = told.panels.flatMap((panel, index): Panel[] => {
    const svg = drawings[index];
    if (svg === undefined) return [];
    const living = livingPanel(svg, `${told.id}.p${index}`, {
      layers: told.layers,
      plot: panel.plot,
      parts: picture.parts,
    });
    return [{ told: panel, living, standing: told.opensAt === told.start ? '' : panel.runs.join(), complete: false }];
  });
  /** The runs of a panel, with the values of swept options that the sliders choose. */
  const coursesOf = ({ runs }: ToldPanel): Course[] => {
    const own = runs.flatMap((name) => shown.filter((course) => course.name === name));
    const chosen = own.flatMap(
      (course) => shown.find((other) => isChosen(course, other, (axis) => values.get(axis)?.[positionOn(axis)])) ?? [],
    );
    return chosen.length > 0 ? chosen : own;
  };
  const sliders = new Map(
    axes.map((axis) => {
      const all = values.get(axis) ?? [];
      return [
        axis,
        axis === 'unit'
          ? unitSlider(all, moment, () => panels.flatMap(({ told }) => coursesOf(told)))
          : axisSlider(axis, all, moment),
      ];
    }),
  );
  const step = (): number => moment.steps[moment.checkpoint] ?? 0;
  const viewOf = ({ told: panel }: Panel): View | undefined => {
    const courses = coursesOf(panel);
    const [course] = courses;
    if (course === undefined) return undefined;
    return {
      ...{ courses, course, step: step(), start: told.start, plot: panel.plot, context: panel.context },
      leaveOut: told.leaveOut,
      chosen: unitNamed(course, sliders.get('unit')?.value())?.parameters ?? [],
      component: axes.includes('component') ? positionOn('component') - 1 : -1,
    };
  };
  const thumbnails = thumbnailButtons(host, moment, () => {
    link();
  });
  const key = makeKey(host.querySelector('.moving-key'), (part, hidden) => {
    for (const { living } of panels) living.hide(part, hidden);
    refresh();
  });
  const controls = host.querySelector('.moving-controls');
  const updateControls = controls === null ? () => undefined : makeControls(controls, [...sliders.values()]);
  const backgroundOf = (view: View): Row[] => [...(picture.background?.(view) ?? []), ...(picture.ghost?.(view) ?? [])];
  /** The background is drawn already; its values are there when someone asks. */
  const complete = (panel: Panel): void => {
    const view = panel.complete ? undefined : viewOf(panel);
    panel.complete = true;
    if (view !== undefined) panel.living.background(backgroundOf(view), true);
  };
  // One for each panel: a reader of one is no reader of the others.
  const pointings = panels.map((panel) =>
    makePointing(
      figure,
      panel.living.svg.parentElement ?? host,
      [`Figure ${figure.id}`, panel.told.title].filter((text) => text !== '').join(', '),
      () => {
        complete(panel);
        return readingsOf(panel.living, told, key.labelOf);
      },
    ),
  );
  const refresh = (): void => {
    for (const pointing of pointings) pointing.refresh();
  };
  const draw = (): void => {
    for (const panel of panels) {
      const view = viewOf(panel);
      if (view === undefined) continue;
      const names = view.courses.map(({ name }) => name).join();
      if (names !== panel.standing) {
        panel.standing = names;
        panel.living.background(backgroundOf(view), false);
        panel.complete = true;
      }
      panel.living.conceal(view.step === told.start);
      panel.living.draw(picture.moment(view));
    }
    thumbnails();
    updateControls();
    refresh();
  };
  const link = (): void => {
    const written = new Map([['step', String(step())]]);
    for (const [axis, slider] of sliders) written.set(axis, slider.value());
    history.replaceState(null, '', writeMoment(figure.id, written));
  };
  controls?.addEventListener('change', link);
  const restore = (): void => {
    const { id, values: asked } = readMoment(location.hash);
    if (id === figure.id) goTo(asked, moment, values);
  };
  restore();
  // A link to another moment of a figure that is interactive already; what a slider writes there itself is no event.
  window.addEventListener('hashchange', restore);
  let visible = true;
  let behind = false;
  moment.follow(() => {
    if (visible) draw();
    else behind = true;
  });
  new IntersectionObserver(
    (entries) => {
      visible = entries.some(({ isIntersecting }) => isIntersecting);
      if (!visible || !behind) return;
      behind = false;
      draw();
    },
    { rootMargin: '200px' },
  ).observe(host);
  scrubber.join(figure, link);
  host.classList.add('colophon-alive');
}

/** Whether `other` is at the place of `course` but for the options that sliders go through, which have these values. */
function isChosen(course: Course, other: Course, valueOf: (axis: string) => string | undefined): boolean {
  const names = new Set([...Object.keys(course.coordinates), ...Object.keys(other.coordinates)]);
  return [...names].every((axis) => other.coordinates[axis] === (valueOf(axis) ?? course.coordinates[axis]));
}

/** What a slider goes through, as the address names it: components from 1, all units and each, swept values. */
function valuesOf(axis: string, courses: readonly Course[], { components }: ToldFigure): string[] {
  if (axis === 'component')
    return ['all', ...Array.from({ length: Math.min(components, 12) }, (_, index) => String(index + 1))];
  if (axis === 'unit') return unitValues(courses);
  return [...new Set(courses.flatMap(({ coordinates }) => coordinates[axis] ?? []))];
}

/** Goes to the moment that the address names. */
function goTo(asked: ReadonlyMap<string, string>, moment: Moment, axes: ReadonlyMap<string, readonly string[]>): void {
  const step = Number(asked.get('step') ?? Number.NaN);
  if (Number.isFinite(step)) {
    const after = moment.steps.findIndex((own) => own > step);
    moment.set({ checkpoint: (after < 0 ? moment.steps.length : after) - 1, playing: false });
  }
  for (const [axis, all] of axes) {
    const position = all.indexOf(asked.get(axis) ?? '');
    if (position >= 0) moment.set({ axis: [axis, position] });
  }
}

/** Makes a button of every thumbnail; what it gives marks the one of the moment. */
function thumbnailButtons(host: HTMLElement, moment: Moment, chosen: () => void): () => void {
  const all = [...host.querySelectorAll<HTMLElement>('.moment')].map((element) => {
    const step = Number(element.dataset['step']);
    element.setAttribute('role', 'button');
    element.tabIndex = 0;
    element.setAttribute('aria-label', `Show step ${count(step)}`);
    const go = (): void => {
      moment.set({ checkpoint: moment.steps.findLastIndex((one) => one <= step), playing: false });
      chosen();
    };
    element.addEventListener('click', go);
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      go();
    });
    return { element, step };
  });
  return () => {
    const now = moment.steps[moment.checkpoint];
    for (const { element, step } of all) element.setAttribute('aria-pressed', String(step === now));
  };
}
