/** Gradient descent on a linear model, solved direction by direction: what a network's linearisation does at full batches. */

export interface DescentRule {
  readonly rate: number;
  readonly momentum: number;
}

/** One direction after so many steps: how far the parameters have gone along it, and what is left of its residual. */
interface Along {
  readonly moved: number;
  readonly left: number;
}

/** All directions after so many steps. */
export interface Descended {
  /** Along each right singular vector, from where the parameters started. */
  readonly moved: Float64Array;
  /** Of the residual along each left singular vector. */
  readonly left: Float64Array;
}

/**
 * The model A theta after each of the given numbers of steps, ascending: A = U diag(s) V' with n rows, the loss is the mean
 * squared error, and `residual` is U'(y - A theta) at the start. Without momentum a step multiplies the residual along the
 * k-th direction by 1 - 2 rate s_k^2 / n; with momentum, as torch.optim.SGD has it, the recurrence is followed.
 */
export function descend(
  s: Float64Array,
  residual: Float64Array,
  n: number,
  rule: DescentRule,
  steps: readonly number[],
): Descended[] {
  const all = steps.map(() => ({ moved: new Float64Array(s.length), left: new Float64Array(s.length) }));
  s.forEach((size, k) => {
    directionAfter(size, residual[k] ?? 0, n, rule, steps).forEach(({ moved, left }, index) => {
      all[index]?.moved.fill(moved, k, k + 1);
      all[index]?.left.fill(left, k, k + 1);
    });
  });
  return all;
}

function directionAfter(
  s: number,
  residual: number,
  n: number,
  { rate, momentum }: DescentRule,
  steps: readonly number[],
): Along[] {
  const pull = (2 * rate * s) / n;
  if (momentum === 0) {
    return steps.map((t) => {
      const { gone, left } = afterSteps(pull * s, t);
      return { moved: s === 0 ? 0 : (gone / s) * residual, left: left * residual };
    });
  }
  const reached: Along[] = [];
  let [at, velocity, done] = [0, 0, 0];
  for (const t of steps) {
    for (; done < t; done += 1) {
      velocity = momentum * velocity + pull * (residual - s * at);
      at += velocity;
    }
    reached.push({ moved: at, left: residual - s * at });
  }
  return reached;
}

/** (1 - p)^t and what is missing to 1, both without a difference of numbers that are nearly equal; by the bits of t. */
function afterSteps(p: number, t: number): { gone: number; left: number } {
  let [gone, left] = [0, 1];
  for (const bit of t.toString(2)) {
    gone *= 2 - gone;
    left *= left;
    if (bit === '1') {
      gone += p * (1 - gone);
      left *= 1 - p;
    }
  }
  return { gone, left };
}
