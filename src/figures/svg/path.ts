/** Path data in few bytes: numbers rounded, polylines relative. */

/** Rounded to so many decimals, without a leading zero. */
export function shortNumber(value: number, decimals: number): string {
  const power = 10 ** decimals;
  const rounded = Math.round(value * power) / power;
  if (rounded === 0) return '0';
  const text = String(rounded);
  if (text.startsWith('0.')) return text.slice(1);
  return text.startsWith('-0.') ? `-${text.slice(2)}` : text;
}

/** As Vega writes them: a comma between two numbers. */
const polyline = /^M[-\d.]+,[-\d.]+(?:[ML][-\d.]+,[-\d.]+)*Z?$/;
const vertex = /([MLZ])(?:([-\d.]+),([-\d.]+))?/g;
const numberPattern = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** The same path: a polyline to a tenth of a pixel and relative, anything else to a hundredth. */
export function shortPath(path: string): string {
  return polyline.test(path) ? relativePolyline(path) : roundNumbers(path);
}

/** Every number in the text, rounded to a hundredth. */
export function roundNumbers(text: string): string {
  return text.replace(numberPattern, (number) => shortNumber(Number(number), 2));
}

/** Points are rounded before they are subtracted, so that errors do not add up along the line. */
function relativePolyline(path: string): string {
  let out = '';
  let [x, y] = [0, 0];
  let command = '';
  for (const [, letter = '', first, second] of path.matchAll(vertex)) {
    if (letter === 'Z') {
      out += 'z';
      command = '';
      continue;
    }
    const [toX, toY] = [Math.round(Number(first) * 10), Math.round(Number(second) * 10)];
    const [dx, dy] = [toX - x, toY - y];
    [x, y] = [toX, toY];
    if (letter === 'M') {
      out += `M${pair(toX, toY)}`;
      command = 'M';
    } else if (dx !== 0 || dy !== 0) {
      // After a move, further pairs would be lines too, but absolute ones.
      const next = pair(dx, dy);
      out += command === 'l' ? separated(out, next) : `l${next}`;
      command = 'l';
    }
  }
  return out;
}

/** In tenths of a pixel. */
function pair(x: number, y: number): string {
  const [first, second] = [shortNumber(x / 10, 1), shortNumber(y / 10, 1)];
  return first + separated(first, second);
}

/** With a space only where two numbers would otherwise be one: a minus or a second point begins a number. */
function separated(before: string, next: string): string {
  const ends = /\.\d*$/.test(before.slice(-12));
  return next.startsWith('-') || (ends && next.startsWith('.')) ? next : ` ${next}`;
}

/** A straight line from a point, in pixels; no line at all is a dot, where its ends are round. */
export interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** All of them in one path, to a tenth of a pixel, each reached by whichever move is shorter to say. */
export function strokesPath(strokes: readonly Stroke[]): string {
  let out = '';
  let [atX, atY] = [0, 0];
  for (const stroke of strokes) {
    const [x, y, dx, dy] = [stroke.x, stroke.y, stroke.dx, stroke.dy].map((value) => Math.round(value * 10)) as [
      number,
      number,
      number,
      number,
    ];
    const [absolute, relative] = [`M${pair(x, y)}`, `m${pair(x - atX, y - atY)}`];
    out += out !== '' && relative.length < absolute.length ? relative : absolute;
    if (dy === 0) out += `h${shortNumber(dx / 10, 1)}`;
    else out += dx === 0 ? `v${shortNumber(dy / 10, 1)}` : `l${pair(dx, dy)}`;
    [atX, atY] = [x + dx, y + dy];
  }
  return out;
}

/** A circle around the origin, as Vega draws it: its radius. */
export function circleRadius(path: string): number | undefined {
  const [, radius, one, two] =
    /^M([\d.]+),0A([\d.]+),[\d.]+,0,1,1,-[\d.]+,0A([\d.]+),[\d.]+,0,1,1,[\d.]+,0Z?$/.exec(path) ?? [];
  return radius !== undefined && radius === one && radius === two ? Number(radius) : undefined;
}
