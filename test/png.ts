/** The pixels of a PNG of eight bits a channel, read here, so that a test need not believe what wrote it. */
import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue, 0 to 255. */
  readonly at: (x: number, y: number) => readonly [number, number, number];
}

export function readPng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG');
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < bytes.length; ) {
    const [length, name] = [bytes.readUInt32BE(at), bytes.subarray(at + 4, at + 8).toString('latin1')];
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      const [depth, type, interlaced] = [data[8], data[9], data[12]];
      channels = type === 6 ? 4 : type === 2 ? 3 : 0;
      if (depth !== 8 || channels === 0 || interlaced !== 0) throw new Error('another kind of PNG');
    } else if (name === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  const packed = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const value = packed[y * (stride + 1) + 1 + x] ?? 0;
      const left = x < channels ? 0 : (pixels[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (pixels[(y - 1) * stride + x - channels] ?? 0);
      pixels[y * stride + x] = value + predicted(filter, left, up, corner);
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const from = y * stride + x * channels;
      return [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0];
    },
  };
}

/** The share of the pixels of two pictures of one size that an eye could tell apart; all of them of other sizes. */
export function differing(one: Pixels, other: Pixels): number {
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return 1;
  let count = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const there = other.at(x, y);
      if (one.at(x, y).some((value, channel) => Math.abs(value - (there[channel] ?? 0)) > tellable)) count += 1;
    }
  return count / (width * height);
}

/** Of 255: edges that are smoothed otherwise differ by less. */
const tellable = 24;

/** By the five filters of the PNG specification. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
