/** Whether two singular value decompositions are the same, computed on two engines. */
import type { Accuracy } from '../engine/engine.js';
import { effectiveDimension } from '../model/spectrum.js';
import type { Artifact, NdArray } from '../shared/artifact.js';
import { type Compare, type Deviation, ofSameShapes, relative, roundings } from './comparison.js';

/** Singular values that are nearer than so many times what each may be off by are one, with a plane of vectors. */
const together = 10;

/**
 * Singular values in parts of the largest; vectors as the planes that they span: a vector's sign is free, and so is any
 * rotation among vectors whose singular values are nearly equal. A perturbation of size e turns a plane by up to e / gap
 * (Davis and Kahan), so the tolerance of each plane grows with the nearness of its neighbours.
 */
export const compareSpectra: Compare = ofSameShapes((recorded, again, accuracy) => {
  const deviations: Deviation[] = [];
  const bound = svdBound(recorded, accuracy);
  for (const name of ['step', 'inputs']) {
    deviations.push({ of: name, share: relative(recorded.arrays[name], again.arrays[name]) / bound });
  }
  const values = recorded.arrays['singular-values'];
  const [count = 0, r = 0] = values?.shape ?? [];
  for (let checkpoint = 0; checkpoint < count; checkpoint += 1) {
    const row = ({ data, shape }: NdArray): NdArray => {
      const size = data.length / (shape[0] ?? 1);
      return { shape: shape.slice(1), data: data.slice(checkpoint * size, (checkpoint + 1) * size) };
    };
    const part = (artifact: Artifact, name: string): NdArray =>
      row(artifact.arrays[name] ?? { shape: [1], data: new Float64Array(1) });
    const where = `at step ${recorded.arrays['step']?.data[checkpoint] ?? 0}`;
    const [s, t] = [part(recorded, 'singular-values'), part(again, 'singular-values')];
    deviations.push({ of: `singular-values ${where}`, share: relative(s, t) / bound });
    const largest = s.data[0] ?? 0;
    for (const suffix of ['', '-float32', '-float64']) {
      if (recorded.arrays[`rank${suffix}`] === undefined) continue;
      const agree = ranksAgree(part, [recorded, again], suffix, bound);
      deviations.push({ of: `rank${suffix} ${where}`, share: agree ? 0 : Infinity });
    }
    const dimensions = part(again, 'effective-dimension').data;
    const rows = recorded.arrays['left-vectors']?.shape[1] ?? 0;
    for (const [index, penalty] of [...(recorded.arrays['penalty']?.data ?? [])].entries()) {
      const [least, most] = [-bound, bound].map((off) =>
        effectiveDimension(
          Float64Array.from(s.data, (value) => Math.max(0, value + off * largest)),
          rows,
          penalty,
        ),
      );
      const off = Math.abs((part(recorded, 'effective-dimension').data[index] ?? 0) - (dimensions[index] ?? 0));
      const share = off / ((most ?? 0) - (least ?? 0) + bound);
      deviations.push({ of: `effective-dimension, penalty ${penalty} ${where}`, share });
    }
    const rank = Math.min(part(recorded, 'rank').data[0] ?? 0, part(again, 'rank').data[0] ?? 0);
    const [u, w] = [part(recorded, 'left-vectors'), part(again, 'left-vectors')];
    const [p, q] = [part(recorded, 'principal-features'), part(again, 'principal-features')];
    for (let from = 0, to = 0; from < rank; from = to) {
      to = from + 1;
      while (to < r && (s.data[to - 1] ?? 0) - (s.data[to] ?? 0) <= together * bound * largest) to += 1;
      // A plane that reaches into what is only rounding has no meaning of its own.
      if (to > rank) break;
      const gap = Math.min(
        from === 0 ? largest : (s.data[from - 1] ?? 0) - (s.data[from] ?? 0),
        (s.data[to - 1] ?? 0) - (to < r ? (s.data[to] ?? 0) : 0),
      );
      const tolerance = Math.min(0.5, (bound * largest) / gap);
      const names = `${from + 1 === to ? `component ${to}` : `components ${from + 1}-${to}`} ${where}`;
      const { angle, rotation } = between(u, w, r, from, to);
      deviations.push({ of: `left-vectors, ${names}`, share: angle / tolerance });
      deviations.push({
        of: `principal-features, ${names}`,
        share: turned(p, q, r, from, to, rotation) / (10 * tolerance),
      });
    }
  }
  return deviations;
});

/** Whether two ranks differ only by values that lie between the tolerances, or as near to them as values may be off by. */
function ranksAgree(
  part: (artifact: Artifact, name: string) => NdArray,
  both: readonly [Artifact, Artifact],
  suffix: string,
  bound: number,
): boolean {
  const values = [...part(both[0], 'singular-values').data];
  const near = bound * (values[0] ?? 0);
  const tolerances = both.map((artifact) => part(artifact, `tolerance${suffix}`).data[0] ?? 0);
  const least = values.filter((value) => value > Math.max(...tolerances) + near).length;
  const most = values.filter((value) => value > Math.min(...tolerances) - near).length;
  return both.every((artifact) => {
    const rank = part(artifact, `rank${suffix}`).data[0] ?? 0;
    return rank >= least && rank <= most;
  });
}

/**
 * What singular values may be off by, in parts of the largest. Those that were found through inner products are roots of
 * what is off by n eps.
 */
function svdBound({ arrays, values }: Artifact, { jacobian, gram, product, svd: decomposition }: Accuracy): number {
  const direct = roundings * Math.max(jacobian, product, decomposition);
  const rows = arrays['left-vectors']?.shape[1] ?? 0;
  return values['method'] === 'gram' ? direct + Math.sqrt(rows * Math.max(gram, decomposition)) : direct;
}

/** How far columns from..to of w leave the plane of those of u, and the rotation u'w between the two. */
function between(
  u: NdArray,
  w: NdArray,
  r: number,
  from: number,
  to: number,
): { angle: number; rotation: Float64Array } {
  const k = to - from;
  const n = u.data.length / r;
  const at = ({ data }: NdArray, row: number, column: number): number => data[row * r + from + column] ?? 0;
  const rotation = new Float64Array(k * k);
  for (let row = 0; row < n; row += 1)
    for (let a = 0; a < k; a += 1)
      for (let b = 0; b < k; b += 1) rotation[a * k + b] = (rotation[a * k + b] ?? 0) + at(u, row, a) * at(w, row, b);
  let outside = 0;
  for (let row = 0; row < n; row += 1) {
    for (let b = 0; b < k; b += 1) {
      let rest = at(w, row, b);
      for (let a = 0; a < k; a += 1) rest -= at(u, row, a) * (rotation[a * k + b] ?? 0);
      outside += rest * rest;
    }
  }
  return { angle: Math.sqrt(outside), rotation };
}

/** How far the functions from..to are from the recorded ones, turned as their vectors are; in parts of their size. */
function turned(p: NdArray, q: NdArray, r: number, from: number, to: number, rotation: Float64Array): number {
  const k = to - from;
  const m = p.data.length / r;
  let [difference, size] = [0, 0];
  for (let row = 0; row < m; row += 1) {
    for (let b = 0; b < k; b += 1) {
      let expected = 0;
      for (let a = 0; a < k; a += 1) expected += (p.data[row * r + from + a] ?? 0) * (rotation[a * k + b] ?? 0);
      difference += (expected - (q.data[row * r + from + b] ?? 0)) ** 2;
      size += expected ** 2;
    }
  }
  return Math.sqrt(difference / (size || 1));
}
