/** Path data in few bytes: numbers rounded, polylines relative. */

/** Rounded to so many decimals, without a leading zero. */
export function shortNumber(value: number, decimals: number): string {
  const power = 10 ** decimals;
  const rounded = Math.round(value * power) / power;
  return rounded === 0 ? '0' : String(rounded).replace(/^(-?)0\./, '$1.');
}

const polyline = /^M[^A-Za-z]*(?:[ML][^A-Za-z]*)*Z?$/;
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
  for (const [, letter = '', numbers = ''] of path.matchAll(/([MLZ])([^MLZ]*)/g)) {
    if (letter === 'Z') {
      out += 'z';
      command = '';
      continue;
    }
    const [toX = 0, toY = 0] = Array.from(numbers.matchAll(numberPattern), ([number]) =>
      Math.round(Number(number) * 10),
    );
    const [dx, dy] = [toX - x, toY - y];
    [x, y] = [toX, toY];
    if (letter === 'M') {
      out += `M${pair(toX, toY)}`;
      command = 'M';
    } else if (dx !== 0 || dy !== 0) {
      // After a move, further pairs would be lines too, but absolute ones.
      const next = pair(dx, dy);
      out += command === 'l' ? (/^[-]/.test(next) ? next : ` ${next}`) : `l${next}`;
      command = 'l';
    }
  }
  return out;
}

function pair(x: number, y: number): string {
  const [first, second] = [shortNumber(x / 10, 1), shortNumber(y / 10, 1)];
  return second.startsWith('-') ? `${first}${second}` : `${first} ${second}`;
}

/** A circle around the origin, as Vega draws it: its radius. */
export function circleRadius(path: string): number | undefined {
  const [, radius, one, two] =
    /^M([\d.]+),0A([\d.]+),[\d.]+,0,1,1,-[\d.]+,0A([\d.]+),[\d.]+,0,1,1,[\d.]+,0Z?$/.exec(path) ?? [];
  return radius !== undefined && radius === one && radius === two ? Number(radius) : undefined;
}
