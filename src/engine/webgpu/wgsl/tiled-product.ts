/**
 * A matrix product over storage buffers: workgroups of 8 x 8 lanes compute tiles of entries, 4 x 4 or (in double-single)
 * 2 x 2 a lane, from strips that they share. What is multiplied and what becomes of an entry is written in WGSL by the
 * caller; z counts runs. Sizes are read while it runs, so that one compiled kernel serves every size.
 */
import type { Binding, KernelSource } from '../device.js';
import { doubleSingle } from './double-single.js';

/** `double` sums in double-single what `left` and `right` have in float32; `double-factors` has both so. */
export type Precision = 'single' | 'double' | 'double-factors';

export interface TiledProduct {
  readonly label: string;
  readonly bindings: readonly Binding[];
  /** Types and functions of the parts below. */
  readonly header?: string;
  /** How many there are, in WGSL. */
  readonly rows: string;
  readonly inner: string;
  readonly columns: string;
  /** The first row of tiles, where a product goes in slices. */
  readonly firstTile?: string;
  /** Whether run `run` takes part; the same for its whole workgroup. */
  readonly active?: string;
  /** The entry of the left factor at `row`, `k` of run `run`, and the index along which its neighbours lie in memory. */
  readonly left: string;
  readonly leftAlong: 'row' | 'k';
  /** The entry of the right factor at `k`, `column`, and the like. */
  readonly right: string;
  readonly rightAlong: 'k' | 'column';
  /** What happens with `sum` at `row`, `column`. */
  readonly use: string;
  readonly precision?: Precision;
}

const strip = 16;
const lanes = 8;
const block = (precision: Precision): number => (precision === 'single' ? 4 : 2);

/** Workgroups for a product of that size, one z for each run. */
export function tiles(
  rows: number,
  columns: number,
  runs = 1,
  precision: Precision = 'single',
): [number, number, number] {
  const tile = lanes * block(precision);
  return [Math.ceil(columns / tile), Math.ceil(rows / tile), runs];
}

export function tiledProduct(product: TiledProduct): KernelSource {
  const { label, bindings, header = '', rows, inner, columns, active = 'true', left, right, use, firstTile } = product;
  const precision = product.precision ?? 'single';
  const side = block(precision);
  const tile = lanes * side;
  const width = tile + 1;
  const factor = precision === 'double-factors' ? 'vec2f' : 'f32';
  const entry = precision === 'single' ? 'f32' : 'vec2f';
  const indices = Array.from({ length: side }, (_, index) => index);
  const add = (r: number, c: number): string => {
    const sum = `sum${r}${c}`;
    switch (precision) {
      case 'single':
        return `${sum} += a${r} * b${c};`;
      case 'double':
        return `${sum} = plus(${sum}, twoProduct(a${r}, b${c}));`;
      case 'double-factors':
        return `${sum} = plus(${sum}, times(a${r}, b${c}));`;
    }
  };
  /** Which k of a strip and which place in the tile a lane fetches: neighbours in memory by neighbours. */
  const fetched = (along: 'k' | 'row' | 'column'): readonly [k: string, place: string] =>
    along === 'k' ? [`index % ${strip}u`, `index / ${strip}u`] : [`index / ${tile}u`, `index % ${tile}u`];
  const [leftK, leftPlace] = fetched(product.leftAlong);
  const [rightK, rightPlace] = fetched(product.rightAlong);
  const pairs = indices.flatMap((r) => indices.map((c) => [r, c] as const));
  return {
    label,
    bindings,
    code: /* wgsl */ `${precision === 'single' ? '' : doubleSingle}
${header}
var<workgroup> lefts: array<${factor}, ${strip * width}>;
var<workgroup> rights: array<${factor}, ${strip * width}>;

fn finish(run: u32, row: u32, column: u32, sum: ${entry}) {
  if (row >= ${rows} || column >= ${columns}) { return; }
  ${use}
}

@compute @workgroup_size(${lanes}, ${lanes})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) place: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let run = group.z;
  if (!(${active})) { return; }
  let row0 = ${firstTile === undefined ? 'group.y' : `(${firstTile} + group.y)`} * ${tile}u;
  let column0 = group.x * ${tile}u;
  ${pairs.map(([r, c]) => `var sum${r}${c} = ${entry}();`).join(' ')}
  for (var k0 = 0u; k0 < ${inner}; k0 += ${strip}u) {
    for (var index = lane; index < ${strip * tile}u; index += ${lanes * lanes}u) {
      let row = row0 + ${leftPlace};
      var k = k0 + ${leftK};
      var value = ${factor}();
      if (row < ${rows} && k < ${inner}) { value = ${left}; }
      lefts[(${leftK}) * ${width}u + ${leftPlace}] = value;
      let column = column0 + ${rightPlace};
      k = k0 + ${rightK};
      value = ${factor}();
      if (k < ${inner} && column < ${columns}) { value = ${right}; }
      rights[(${rightK}) * ${width}u + ${rightPlace}] = value;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${strip}u; k++) {
      let at = k * ${width}u;
      ${indices.map((r) => `let a${r} = lefts[at + place.y + ${lanes * r}u];`).join(' ')}
      ${indices.map((c) => `let b${c} = rights[at + place.x + ${lanes * c}u];`).join(' ')}
      ${pairs.map(([r, c]) => add(r, c)).join(' ')}
    }
    workgroupBarrier();
  }
  ${pairs.map(([r, c]) => `finish(run, row0 + place.y + ${lanes * r}u, column0 + place.x + ${lanes * c}u, sum${r}${c});`).join('\n  ')}
}`,
  };
}
