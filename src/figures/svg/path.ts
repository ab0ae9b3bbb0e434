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
  let level: { readonly before: string; readonly command: string; readonly dx: number } | undefined;
  for (let at = 0; at < path.length; ) {
    const letter = path[at];
    if (letter === 'Z') {
      out += 'z';
      command = '';
      level = undefined;
      at += 1;
      continue;
    }
    const comma = path.indexOf(',', at);
    const end = endOfNumber(path, comma + 1);
    const toX = Math.round(Number(path.slice(at + 1, comma)) * 10);
    const toY = Math.round(Number(path.slice(comma + 1, end)) * 10);
    let dx = toX - x;
    const dy = toY - y;
    [x, y] = [toX, toY];
    at = end;
    if (letter === 'M') {
      out += `M${pair(toX, toY)}`;
      command = 'M';
      level = undefined;
    } else if (dx !== 0 || dy !== 0) {
      // A level piece goes on with the one before.
      if (dy === 0 && level !== undefined && dx > 0 === level.dx > 0) {
        out = level.before;
        command = level.command;
        dx += level.dx;
      }
      level = dy === 0 ? { before: out, command, dx } : undefined;
      // After a move, further pairs would be lines too, but absolute ones.
      const next = pair(dx, dy);
      out += command === 'l' ? separated(out, next) : `l${next}`;
      command = 'l';
    }
  }
  return out;
}

/** Where the next letter stands. */
function endOfNumber(path: string, from: number): number {
  let end = from;
  while (end < path.length && path.charCodeAt(end) < firstLetter) end += 1;
  return end;
}

const firstLetter = 'A'.charCodeAt(0);

/** Of whole tenths of a pixel; those of usual drawings are made once. */
function tenths(value: number): string {
  if (value < 0 || value >= mostTenths) return shortNumber(value / 10, 1);
  return (knownTenths[value] ??= shortNumber(value / 10, 1));
}

const mostTenths = 10_000;
const knownTenths: string[] = [];

/** In tenths of a pixel. */
function pair(x: number, y: number): string {
  const [first, second] = [tenths(x), tenths(y)];
  return first + separated(first, second);
}

/** With a space only where two numbers would otherwise be one: a minus or a second point begins a number. */
function separated(before: string, next: string): string {
  if (next.startsWith('-')) return next;
  return next.startsWith('.') && /\.\d*$/.test(before.slice(-12)) ? next : ` ${next}`;
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
    const [x, y] = [Math.round(stroke.x * 10), Math.round(stroke.y * 10)];
    const [dx, dy] = [Math.round(stroke.dx * 10), Math.round(stroke.dy * 10)];
    const [absolute, relative] = [pair(x, y), pair(x - atX, y - atY)];
    out += out !== '' && relative.length < absolute.length ? `m${relative}` : `M${absolute}`;
    if (dy === 0) out += `h${tenths(dx)}`;
    else out += dx === 0 ? `v${tenths(dy)}` : `l${pair(dx, dy)}`;
    atX = x + dx;
    atY = y + dy;
  }
  return out;
}

/** A circle around the origin, as Vega draws it: its radius. */
export function circleRadius(path: string): number | undefined {
  const [, radius, one, two] =
    /^M([\d.]+),0A([\d.]+),[\d.]+,0,1,1,-[\d.]+,0A([\d.]+),[\d.]+,0,1,1,[\d.]+,0Z?$/.exec(path) ?? [];
  return radius !== undefined && radius === one && radius === two ? Number(radius) : undefined;
}
