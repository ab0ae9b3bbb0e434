/** A picture of one run that follows a reader through its checkpoints. */
import { axisDomain, stepDomain } from '../../../figures/axis.js';
import { number } from '../../../figures/words.js';
import type { Course } from '../course.js';
import type { KeyEntry } from '../key.js';
import type { Panel } from '../panel.js';
import type { Reading } from '../readings.js';

export interface MovingPicture {
  /** One panel or several. */
  readonly panels: readonly Panel[];
  /** What its colours and shapes mean, and the marks that each entry shows or hides. */
  readonly key: readonly KeyEntry[];
  /** Every value that a pointer can find at the checkpoint. */
  readings(checkpoint: number): Reading[];
  /** Draws a checkpoint. */
  show(checkpoint: number): void;
  /** What shows at the checkpoint, in a few words. */
  describe(checkpoint: number): string;
}

export interface PictureOptions {
  /** Of one panel, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** All runs of the figure, which share its axes. */
  readonly among: readonly Course[];
  /** Those that differ from this one in nothing but the seed, itself among them. */
  readonly seeds: readonly Course[];
  /** Whether a slider chooses among these. */
  readonly oneSeed: boolean;
  /** Whether medians and bands over seeds are of those alone that did not diverge. */
  readonly leaveOut: boolean;
  /** Blocks of parameters; empty for all. */
  readonly parameters: readonly string[];
  readonly components: number;
  /** The only component that shows; undefined for all of them. */
  readonly component: number | undefined;
  /** The hidden unit that stands out now, which this run may not have; undefined where no slider goes through them. */
  readonly unit: (() => UnitPlace | undefined) | undefined;
}

/** Where a hidden unit is: both counted from 0. */
export interface UnitPlace {
  readonly layer: number;
  readonly index: number;
}

export type MakePicture = (course: Course, options: PictureOptions) => MovingPicture;

/** Evenly spaced, both ends included. */
export function evenly([from, to]: readonly [number, number], count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}

/** The range of the finite numbers with a little room, as an axis can show it. */
export function roomy(values: Iterable<number>, share = 0.05): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return axisDomain(low > high ? [0, 1] : [low, high], share);
}

/** A few checkpoints over the whole course, by which axes are laid out that do not move. */
export function sampled({ steps }: Course, most = 9): number[] {
  const last = steps.length - 1;
  return [...new Set(Array.from({ length: most }, (_, index) => Math.round((index * last) / (most - 1))))];
}

/** From the first step of all these runs to the last. */
export function stepsOf(courses: readonly Course[]): [number, number] {
  const ends = courses.flatMap(({ steps }) => [steps[0] ?? 0, steps.at(-1) ?? 0]);
  return stepDomain([Math.min(...ends), Math.max(...ends)]);
}

/** So few of several runs that they are not many more than those of one. */
export function sampledOf(courses: readonly Course[]): (readonly [Course, number])[] {
  const each = Math.max(2, Math.ceil(18 / courses.length));
  return courses.flatMap((course) =>
    sampled(course, Math.min(9, each)).map((checkpoint) => [course, checkpoint] as const),
  );
}

/** Three significant digits; with a power of ten where there would be many zeros. */
export function short(value: number): string {
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-4 && size < 1e5) ? String(Number(value.toPrecision(3))) : number(value);
}
