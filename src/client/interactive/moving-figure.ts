/** Brings one figure to life: its panels follow the moment of its training, and its thumbnails lead to theirs. */
import type { FigureInPage, MovingParts, ToldFigure, ToldPanel } from '../../figures/moving/figure-that-moves.js';
import { type Plot, withDomains } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { count, stepLabel } from '../../figures/words.js';
import { groupBy } from '../../shared/group-by.js';
import { say, words } from '../words.js';
import { load, scriptAddress } from '../data-scripts.js';
import { keepShown, readMoment, writeMoment } from './address.js';
import { type Choice, choiceOf } from './choice.js';
import { makeControls } from './controls.js';
import { makeKey } from './key.js';
import { type LivingPanel, livingPanel } from './living-panel.js';
import { askedIdentity, markingOf } from './marking.js';
import type { Moment } from './moment.js';
import { rowsOfPicture } from './rows.js';
import { type Guest, trainingOf } from './training.js';
import { type PictureRows, scriptsOfPictures, type View } from './view.js';

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
  const training = await trainingOf(told);
  const { courses, moment, scrubber, panels: pointable } = training;
  const figure = host.closest('figure') ?? host;
  const script = scriptsOfPictures[told.picture];
  const picture =
    script === undefined
      ? rowsOfPicture(told.picture)
      : ((await load(told.picture, scriptAddress(script))) as PictureRows);
  const panels = panelsOf(host, told, picture);
  const choice = choiceOf(told, courses, moment);
  const link = (): void => {
    keepShown(window, writeMoment(figure.id, new Map([...choice.written(), ...training.asked])));
  };
  const updateThumbnails = thumbnailButtons(host, moment, link);
  const key = makeKey(host.querySelector('.moving-key'), (part, hidden) => {
    for (const { living } of panels) living.hide(part, hidden);
    moment.set({});
  });
  const isOwn = axesSwitch(host, () => {
    moment.set({});
  });
  const controls = host.querySelector('.moving-controls');
  const updateControls = controls === null ? () => undefined : makeControls(controls, choice.sliders);
  const name = (figure.querySelector('figcaption .label')?.textContent ?? figure.id).replace(/\.\s*$/, '');
  const marking = markingOf(
    {
      ...{ figure, name, told, moment, link, labelOf: key.labelOf },
      panels: panels.map((panel) => ({
        told: panel.told,
        living: panel.living,
        runs: () => choice.runsOf(panel.told),
        rows: () => {
          complete(panel, choice, picture);
          return panel.living.rows();
        },
      })),
    },
    pointable,
  );
  // What the page was built with is of one moment, and long; the name of a living figure says its own.
  host.setAttribute('aria-description', `${atStep(told.opensAt)}: ${host.getAttribute('aria-label') ?? ''}`);
  controls?.addEventListener('change', link);
  const restore = (): void => {
    const { id, values: asked } = readMoment(location.hash);
    if (id === figure.id) goTo(asked, moment, choice.values);
  };
  restore();
  // A link to another moment of a figure that is interactive already; what a slider writes there itself is no event.
  window.addEventListener('hashchange', restore);
  const draw = whileNear(host, () => {
    for (const panel of panels) drawPanel(panel, choice, picture, isOwn(), training.guest);
    updateThumbnails();
    updateControls();
    marking.mark();
    marking.refresh();
    if (!moment.playing) host.setAttribute('aria-label', `${name}, ${atStep(moment.steps[moment.checkpoint] ?? 0)}`);
  });
  moment.follow(draw);
  picture.attend?.({
    panels: panels.map(({ living, told }) => ({ living, view: () => choice.viewOf(told) })),
    moment,
  });
  scrubber.join(figure, link);
  host.classList.add('colophon-alive');
  // Who tells of the reader's run is told of this figure too.
  if (training.guest !== undefined) moment.set({});
}

/** The panels that the build has drawn. */
function panelsOf(host: HTMLElement, told: ToldFigure, { parts }: PictureRows): Panel[] {
  const drawings = [...host.querySelectorAll<SVGSVGElement>('.moving-now > svg')];
  return told.panels.flatMap((panel, index): Panel[] => {
    const svg = drawings[index];
    if (svg === undefined) return [];
    const living = livingPanel(svg, `${told.id}.p${index}`, { layers: told.layers, plot: panel.plot, parts });
    return [{ told: panel, living, standing: told.opensAt === told.start ? '' : panel.runs.join(), complete: false }];
  });
}

/** Draws a panel at the moment and with the values that the sliders choose. */
function drawPanel(panel: Panel, choice: Choice, picture: PictureRows, isOwn: boolean, guest: Guest | undefined): void {
  const chosen = choice.viewOf(panel.told);
  if (chosen === undefined) return;
  const view = onAxes(panel, chosen, picture, isOwn);
  const names = `${view.courses.map(({ name }) => name).join()}${view.plot === panel.told.plot ? '' : axesName(view)}`;
  if (names !== panel.standing) {
    panel.standing = names;
    panel.living.background(backgroundOf(view, picture), false);
    panel.complete = true;
  }
  panel.living.conceal(view.step === view.start);
  panel.living.draw(picture.moment(view));
  const isOver = guest !== undefined && view.courses.some(({ name }) => name === guest.over);
  panel.living.lay(isOver ? guestRows(view, guest, picture) : []);
}

/** What a run of the reader's own is in this panel; what it has in common with the report's is there. */
function guestRows(view: View, { course, label }: Guest, picture: PictureRows): Row[] {
  const its: View = { ...view, courses: [course], course, guest: true };
  const lineOf = ({ part, line }: Row): string => `${String(part)} ${String(line)}`;
  const linesIn = (rows: readonly Row[]): Map<string, Row[]> => groupBy(rows, lineOf);
  const theirs = linesIn(picture.background?.(view) ?? []);
  const own = [...linesIn(picture.background?.(its) ?? [])].filter(
    ([line, rows]) => JSON.stringify(rows) !== JSON.stringify(theirs.get(line)),
  );
  return [...own.flatMap(([, rows]) => rows), ...picture.moment(its)]
    .filter(({ part }) => part !== 'cell')
    .map((row) => ({ ...row, name: label, line: `${label} ${String(row['line'])}` }));
}

/** The panel on the axes that the reader chose, those of the moment or of the course. */
function onAxes(panel: Panel, view: View, { domains }: PictureRows, isOwn: boolean): View {
  const { course, plot } = panel.told;
  if (course === undefined || domains === undefined) return view;
  const to = near(plot, withDomains(plot, isOwn ? domains(view) : course));
  const { x, y } = panel.living.plot;
  if (x.domain !== to.x.domain || y.domain !== to.y.domain) panel.living.rescale(to);
  return { ...view, plot: to, own: isOwn };
}

/** As it was drawn, where nobody would see a difference: the page has rounded weights. */
function near(drawn: Plot, to: Plot): Plot {
  const isNear = (name: 'x' | 'y'): boolean => {
    const [low, high] = drawn[name].domain;
    return to[name].domain.every((end, side) => Math.abs(end - (drawn[name].domain[side] ?? 0)) <= (high - low) / 500);
  };
  return isNear('x') && isNear('y') ? drawn : to;
}

function axesName({ plot: { x, y } }: View): string {
  return ` ${[...x.domain, ...y.domain].join()}`;
}

/** The switch of the axes, where there are any to choose; whether they are those of each moment. */
function axesSwitch(host: HTMLElement, changed: () => void): () => boolean {
  const entry = host.querySelector<HTMLElement>('.moving-axes');
  let isOwn = entry?.dataset['axes'] === 'moment';
  if (entry === null) return () => isOwn;
  const button = document.createElement('button');
  button.type = 'button';
  const say = (): void => {
    // What they are now; a click changes them.
    button.textContent = isOwn ? words.figure.axesOfMoment : words.figure.axesOfCourse;
  };
  button.addEventListener('click', () => {
    isOwn = !isOwn;
    say();
    changed();
  });
  say();
  entry.replaceChildren(button);
  return () => isOwn;
}

/** The background is drawn already; its values are there when someone asks. */
function complete(panel: Panel, choice: Choice, picture: PictureRows): void {
  const view = panel.complete ? undefined : choice.viewOf(panel.told);
  panel.complete = true;
  if (view !== undefined) panel.living.background(backgroundOf(view, picture), true);
}

function backgroundOf(view: View, { background, ghost }: PictureRows): Row[] {
  return [...(background?.(view) ?? []), ...(ghost?.(view) ?? [])];
}

/** Draws whenever it is called while the figure is near the window, else once when it comes near. */
function whileNear(host: HTMLElement, draw: () => void): () => void {
  let near = true;
  let behind = false;
  new IntersectionObserver(
    (entries) => {
      near = entries.some(({ isIntersecting }) => isIntersecting);
      if (!near || !behind) return;
      behind = false;
      draw();
    },
    { rootMargin: '200px' },
  ).observe(host);
  return () => {
    if (near) draw();
    else behind = true;
  };
}

/** "step 500". */
function atStep(step: number): string {
  return stepLabel(words.figure, step);
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
  moment.set({ held: askedIdentity(asked, axes) });
}

/** Makes a button of every thumbnail; what it gives marks the one of the moment. */
function thumbnailButtons(host: HTMLElement, moment: Moment, chosen: () => void): () => void {
  const all = [...host.querySelectorAll<HTMLElement>('.moment')].map((element) => {
    const step = Number(element.dataset['step']);
    element.setAttribute('role', 'button');
    element.tabIndex = 0;
    element.setAttribute('aria-label', say(words.figure.showStep, { step: count(step) }));
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
