/** Path data for lines and dots, with points that no eye would miss left out. */

const tolerance = 0.2;
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A line through points whose x ascend, in pixels; where one of them is not finite, there is none. */
export function linePath(x: ArrayLike<number>, y: ArrayLike<number>): string {
  if (Array.from(y).every(Number.isFinite)) return unbroken(x, y);
  return finitePieces(x.length, y)
    .map((piece) => unbroken(picked(x, piece), picked(y, piece)))
    .join('');
}

/**
 * From each point that stays, the cone of directions that pass within the
 * tolerance of all points since narrows, until one does not fit.
 */
function unbroken(x: ArrayLike<number>, y: ArrayLike<number>): string {
  const length = x.length;
  if (length === 0) return '';
  let [anchorX, anchorY] = [x[0] ?? 0, y[0] ?? 0];
  let path = `M${tenth(anchorX)} ${tenth(anchorY)}`;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let at = 1; at < length; at++) {
    const [px, py] = [x[at] ?? 0, y[at] ?? 0];
    const run = px - anchorX;
    const slope = run > 0 ? (py - anchorY) / run : Number.NaN;
    if (slope >= low && slope <= high) {
      low = Math.max(low, (py - tolerance - anchorY) / run);
      high = Math.min(high, (py + tolerance - anchorY) / run);
      continue;
    }
    [anchorX, anchorY] = [x[at - 1] ?? 0, y[at - 1] ?? 0];
    if (at > 1) path += `L${tenth(anchorX)} ${tenth(anchorY)}`;
    const step = px - anchorX;
    low = step > 0 ? (py - tolerance - anchorY) / step : Number.NEGATIVE_INFINITY;
    high = step > 0 ? (py + tolerance - anchorY) / step : Number.POSITIVE_INFINITY;
  }
  return `${path}L${tenth(x[length - 1] ?? 0)} ${tenth(y[length - 1] ?? 0)}`;
}

/** The area between two lines; where either of them is not finite, there is none. */
export function bandPath(x: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>): string {
  return finitePieces(x.length, low, high)
    .filter((piece) => piece.length > 1)
    .map((piece) => {
      const back = piece.toReversed();
      const lower = back.map((at) => `L${tenth(x[at] ?? 0)} ${tenth(low[at] ?? 0)}`);
      return `${unbroken(picked(x, piece), picked(high, piece))}${lower.join('')}Z`;
    })
    .join('');
}

/** The longest runs of places at which all of these numbers are finite. */
function finitePieces(length: number, ...all: readonly ArrayLike<number>[]): number[][] {
  const pieces: number[][] = [[]];
  for (let at = 0; at < length; at++) {
    if (all.every((values) => Number.isFinite(values[at]))) pieces.at(-1)?.push(at);
    else if ((pieces.at(-1)?.length ?? 0) > 0) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function picked(values: ArrayLike<number>, piece: readonly number[]): number[] {
  return piece.map((at) => values[at] ?? 0);
}

/** Round dots, for a path whose stroke has round ends. */
export function dotsPath(x: ArrayLike<number>, y: ArrayLike<number>): string {
  let path = '';
  for (let at = 0; at < x.length; at++)
    if (Number.isFinite(x[at]) && Number.isFinite(y[at])) path += `M${tenth(x[at] ?? 0)} ${tenth(y[at] ?? 0)}h0`;
  return path;
}

/** A circle of its own. */
export function circlePath(x: number, y: number, radius: number): string {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return '';
  const r = tenth(radius);
  return `M${tenth(x - radius)} ${tenth(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
