/**
 * The learning curve of a training as the slider through it, for all of its figures on a page: it stands at the foot of the
 * window while one of them is in view, with a button that plays.
 */
import { count } from '../../figures/words.js';
import type { InteractiveFigure } from '../../figures/interactive-figure.js';
import { say, words } from '../words.js';
import type { Course } from './course.js';
import type { Moment } from './moment.js';
import { arrivals, bestScale, errorsOf, halvings, stepPlaces } from './step-scale.js';

export interface Scrubber {
  /** A figure that it moves; `link` writes the moment into the page's address for it. */
  join(figure: HTMLElement, link: () => void): void;
}

/** What it hides at the foot of the window, in pixels. */
const behind = 80;
/** Of the slider's length, in parts. */
const length = 1000;
/** Of the curve above it, in its own pixels. */
const height = 26;

export function makeScrubber(
  { training, stepScale }: Pick<InteractiveFigure, 'training' | 'stepScale'>,
  courses: readonly Course[],
  moment: Moment,
): Scrubber {
  const { steps } = moment;
  const last = steps.at(-1) ?? 0;
  const places = stepPlaces(stepScale ?? bestScale(courses[0]), steps);
  const along = (step: number): number => Math.round(length * places(step));
  const positions = steps.map(along);
  const nearest = (position: number): number =>
    positions.reduce(
      (best, one, index) => (Math.abs(one - position) < Math.abs((positions[best] ?? 0) - position) ? index : best),
      0,
    );
  const element = document.createElement('div');
  element.className = 'colophon-scrubber';
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', say(words.figure.scrubber, { name: training }));
  element.hidden = true;
  const play = button('');
  const input = document.createElement('input');
  input.type = 'range';
  input.min = '0';
  input.max = String(length);
  input.step = '1';
  input.setAttribute('aria-label', words.figure.trainingStep);
  const track = document.createElement('div');
  track.className = 'colophon-scrubber-track';
  track.append(curve(courses, along), input);
  const said = document.createElement('output');
  const speeds = [1, 2, 4, 0.5];
  let speed = 0;
  const faster = button('1×');
  faster.setAttribute('aria-label', say(words.figure.speed, { speed: '1×' }));
  faster.addEventListener('click', () => {
    speed = (speed + 1) % speeds.length;
    const name = `${speeds[speed] ?? 1}×`;
    faster.textContent = name;
    faster.setAttribute('aria-label', say(words.figure.speed, { speed: name }));
    moment.set({ speed: speeds[speed] ?? 1 });
  });
  element.append(play, track, said, faster);
  document.body.append(element);
  const figures: { readonly figure: HTMLElement; readonly link: () => void; inView: number }[] = [];
  /** The address names the figure that is seen best. */
  const link = (): void => {
    const [best] = figures.toSorted((a, b) => b.inView - a.inView);
    best?.link();
  };
  let held = false;
  input.addEventListener('pointerdown', () => {
    held = true;
  });
  window.addEventListener('pointerup', () => {
    held = false;
  });
  input.addEventListener('input', () => {
    const { checkpoint } = moment;
    const at = positions[checkpoint] ?? 0;
    const near = nearest(input.valueAsNumber);
    // A key moves to the next checkpoint, however far it is.
    const next = held || near !== checkpoint ? near : checkpoint + Math.sign(input.valueAsNumber - at);
    moment.set({ checkpoint: next, playing: false });
    // The next key goes on from there, whether a frame has been drawn or not.
    if (!held) input.valueAsNumber = positions[moment.checkpoint] ?? 0;
  });
  input.addEventListener('change', link);
  play.addEventListener('click', () => {
    moment.set({ playing: !moment.playing });
  });
  let wasPlaying = false;
  moment.follow(() => {
    const { checkpoint, playing } = moment;
    // A moment at rest is one that can be linked to, whether it was stopped or has come to the end.
    if (wasPlaying && !playing) link();
    wasPlaying = playing;
    const action = playing ? words.figure.pause : words.figure.play;
    if (play.textContent !== action) {
      play.textContent = action;
      play.setAttribute('aria-label', playing ? words.figure.pauseTraining : words.figure.playTraining);
    }
    const position = positions[checkpoint] ?? 0;
    if (input.valueAsNumber !== position) input.valueAsNumber = position;
    const text = say(words.figure.stepOf, { step: count(steps[checkpoint] ?? 0), last: count(last) });
    if (said.textContent === text) return;
    said.textContent = text;
    // Read out where a thumbnail was chosen; the slider says its own value, and nobody hears every frame that plays.
    said.setAttribute('aria-live', playing || document.activeElement === input ? 'off' : 'polite');
    input.setAttribute('aria-valuetext', text);
  });
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRect } of entries) {
        const known = figures.find(({ figure }) => figure === target);
        if (known !== undefined) known.inView = isIntersecting ? Math.max(1, intersectionRect.height) : 0;
      }
      arbitrate(element, Math.max(0, ...figures.map(({ inView }) => inView)));
    },
    // What is behind the scrubber is not in view.
    { threshold: [0, 0.25, 0.5, 0.75, 1], rootMargin: `0px 0px -${behind}px 0px` },
  );
  return {
    join(figure, write) {
      figures.push({ figure, link: write, inView: 0 });
      observer.observe(figure);
    },
  };
}

const wanted = new Map<HTMLElement, number>();

/** Of several trainings, the one whose figure is seen best has its scrubber at the foot. */
function arbitrate(element: HTMLElement, inView: number): void {
  wanted.set(element, inView);
  const best = Math.max(...wanted.values());
  const [shown] = [...wanted].find(([, seen]) => seen === best && seen > 0) ?? [];
  for (const one of wanted.keys()) one.hidden = one !== shown;
  document.documentElement.classList.toggle('colophon-scrubbed', shown !== undefined);
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  return made;
}

/**
 * The errors of the runs on a logarithmic scale, with a tick below wherever the first one's has halved, and one above
 * wherever an elbow of its has come to a knot.
 */
function curve(courses: readonly Course[], along: (step: number) => number): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const attributes = { viewBox: `0 0 ${length} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const lines = courses
    .slice(0, 8)
    .map((course) =>
      errorsOf(course).flatMap((error, index) =>
        error !== null && error > 0 ? [{ x: along(course.steps[index] ?? 0), y: Math.log(error) }] : [],
      ),
    );
  const all = lines.flat().map(({ y }) => y);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (y: number): number => Math.round(10 * (2 + ((high - y) / (high - low || 1)) * (height - 4))) / 10;
  const add = (d: string, colour: string): void => {
    const path = document.createElementNS(namespace, 'path');
    const look = { d, fill: 'none', 'vector-effect': 'non-scaling-stroke', 'stroke-width': '1.25' };
    for (const [name, value] of Object.entries(look)) path.setAttribute(name, value);
    path.setAttribute('stroke', `var(--figure-${colour})`);
    svg.append(path);
  };
  const ticks = (steps: readonly number[], y: number, tall: number): string =>
    steps.map((step) => `M${along(step)},${y}v${tall}`).join('');
  const [course] = courses;
  if (course !== undefined) {
    add(ticks(halvings(course), height, -5), 'faint');
    add(ticks(arrivals(course), 0, 5), 'c2');
  }
  for (const line of lines)
    add(line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x},${at(y)}`).join(''), 'c1');
  return svg;
}
