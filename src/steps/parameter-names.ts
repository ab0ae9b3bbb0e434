/** `parameters:`: some of a network's parameters, by PyTorch's names. */
import * as z from 'zod';
import {
  type Network,
  parameterCount,
  type ParameterBlock,
  parameterLayout,
  parameterName,
  parameterSubscripts,
} from '../model/network.js';
import { suggestion } from '../shared/suggest.js';
import type { OptionIssue } from './step.js';

/** `all`, or a list of blocks (0.weight) and single parameters (0.weight[3], 2.weight[3,7]). */
export const parameterOptions = z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]).default('all');

export type ParameterOptions = z.output<typeof parameterOptions>;

export interface ParameterColumns {
  readonly count: number;
  /** Their positions in the flat parameters, ascending. */
  readonly columns: Int32Array | 'all';
}

/** The chosen parameters in the order of the network's layout, each once. */
export function chosenParameters(
  options: ParameterOptions,
  network: Network,
): ParameterColumns | readonly OptionIssue[] {
  const layout = parameterLayout(network);
  const total = parameterCount(network);
  if (options === 'all') return { count: total, columns: 'all' };
  const chosen = new Uint8Array(total);
  const issues: OptionIssue[] = [];
  const wrong = (index: number, message: string, hint: string): void => {
    issues.push({ path: ['parameters', index], rule: 'unknown-parameter', message, hint });
  };
  const addBlock = ({ offset, size }: ParameterBlock): void => {
    chosen.fill(1, offset, offset + size);
  };
  for (const [position, written] of options.entries()) {
    const [, name = written, subscript] = /^([^[\]]+)(?:\[([\d,\s]+)\])?$/.exec(written) ?? [];
    const block = layout.find((candidate) => candidate.name === name);
    if (block === undefined) {
      const names = layout.map((candidate) => candidate.name);
      wrong(position, `this network has no parameter "${name}"`, suggestion(name, names));
      continue;
    }
    if (subscript === undefined) {
      addBlock(block);
      continue;
    }
    const index = subscript.split(',').map(Number);
    const shape = parameterSubscripts(block);
    if (index.length !== shape.length || index.some((at, axis) => at >= (shape[axis] ?? 0))) {
      wrong(
        position,
        `"${written}" is outside ${name}, which is ${shape.join(' x ')}`,
        `count from 0 to ${shape.map((size) => size - 1).join(', ')}`,
      );
      continue;
    }
    chosen[block.offset + index.reduce((flat, at, axis) => flat * (shape[axis] ?? 1) + at, 0)] = 1;
  }
  if (issues.length > 0) return issues;
  const count = chosen.reduce((sum, one) => sum + one, 0);
  if (count === total) return { count, columns: 'all' };
  const columns = new Int32Array(count);
  let next = 0;
  chosen.forEach((one, column) => {
    if (one === 1) columns[next++] = column;
  });
  return { count, columns };
}

/**
 * The names of chosen parameters. A weight into a layer from one number is named by its unit alone, 0.weight[3]; others
 * by row and column, 2.weight[3,7].
 */
export function parameterNames({ columns }: ParameterColumns, network: Network): string[] {
  const wanted = columns === 'all' ? undefined : new Set(columns);
  return parameterLayout(network).flatMap((block) =>
    Array.from({ length: block.size }, (_, position) => position).flatMap((position) =>
      wanted === undefined || wanted.has(block.offset + position) ? [parameterName(block, position)] : [],
    ),
  );
}

/** The chosen columns of a row-major matrix with `total` columns. */
export function selectColumns(matrix: Float64Array, total: number, columns: Int32Array | 'all'): Float64Array {
  if (columns === 'all') return matrix;
  const rows = matrix.length / total;
  const selected = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row += 1) {
    columns.forEach((column, position) => {
      selected[row * columns.length + position] = matrix[row * total + column] ?? Number.NaN;
    });
  }
  return selected;
}
