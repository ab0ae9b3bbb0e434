/** Sets of points in the plane with two classes, to be told apart: moons and circles are scikit-learn's, number for number. */
import { linspace } from './dataset.js';
import type { NumpyRandom } from './numpy-random.js';
import { cos, sin } from './transcendental/sin.js';

export type PlanarSet =
  /** sklearn.datasets.make_moons: two half circles that reach into each other. */
  | { readonly kind: 'moons' }
  /** sklearn.datasets.make_circles: one within another, whose radius is `factor`. */
  | { readonly kind: 'circles'; readonly factor: number }
  /** As many arms as classes from the middle outward, each of so many turns. */
  | { readonly kind: 'spirals'; readonly turns: number; readonly arms: number }
  /** Uniform in [-1, 1] x [-1, 1]: class 1 where the two signs differ. */
  | { readonly kind: 'xor' };

export interface Points {
  /** Two numbers a point. */
  readonly inputs: Float64Array;
  /** 0, 1 and so on. */
  readonly targets: Float64Array;
}

/** Draws so many points from a stream: in the order of scikit-learn, shuffled, then normal noise on both of their numbers. */
export function drawPlanarSet(set: PlanarSet, samples: number, noise: number, random: NumpyRandom): Points {
  const { inputs, targets } = set.kind === 'xor' ? xor(samples, random) : shuffled(plain(set, samples), random);
  if (noise > 0) for (let i = 0; i < inputs.length; i += 1) inputs[i] = (inputs[i] ?? 0) + noise * random.gauss();
  return { inputs, targets };
}

function plain(set: Exclude<PlanarSet, { kind: 'xor' }>, samples: number): Points {
  const classes = set.kind === 'spirals' ? set.arms : 2;
  const inputs: number[] = [];
  const targets: number[] = [];
  for (let label = 0; label < classes; label += 1) {
    // The last class has what is left over.
    const each = Math.floor(samples / classes);
    const count = label === classes - 1 ? samples - each * label : each;
    for (const [x, y] of curve(set, label, count)) {
      inputs.push(x, y);
      targets.push(label);
    }
  }
  return { inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) };
}

/** The points of one class. */
function curve(set: Exclude<PlanarSet, { kind: 'xor' }>, label: number, count: number): [number, number][] {
  switch (set.kind) {
    case 'moons':
      return Array.from(linspace(0, Math.PI, count), (angle): [number, number] =>
        label === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 1 - sin(angle) - 0.5],
      );
    case 'circles':
      return Array.from({ length: count }, (_, index): [number, number] => {
        const angle = index * ((2 * Math.PI) / count);
        const radius = label === 0 ? 1 : set.factor;
        return [cos(angle) * radius, sin(angle) * radius];
      });
    case 'spirals':
      return Array.from({ length: count }, (_, index): [number, number] => {
        const radius = (index + 1) / count;
        const angle = 2 * Math.PI * (set.turns * radius + label / set.arms);
        return [radius * cos(angle), radius * sin(angle)];
      });
  }
}

/** In the order of numpy.random.RandomState.shuffle of the positions, as sklearn.utils.shuffle has it. */
function shuffled({ inputs, targets }: Points, random: NumpyRandom): Points {
  const order = random.permutation(targets.length);
  return {
    inputs: Float64Array.from(inputs, (_, at) => inputs[2 * (order[at >> 1] ?? 0) + (at & 1)] ?? 0),
    targets: Float64Array.from(order, (from) => targets[from] ?? 0),
  };
}

function xor(samples: number, random: NumpyRandom): Points {
  const inputs = random.uniforms(2 * samples).map((unit) => 2 * unit - 1);
  const targets = new Float64Array(samples).map((_, i) => Number((inputs[2 * i] ?? 0) * (inputs[2 * i + 1] ?? 0) < 0));
  return { inputs, targets };
}
