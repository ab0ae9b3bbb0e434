/** The states of a training on their way to and from the store, and what of them another training can use. */
import { type Artifact, float64Array } from '../shared/artifact.js';
import type { Checkpoint, TrainingState } from '../engine/engine.js';

/** A checkpoint and the rest of its state. */
export interface SavedState {
  readonly checkpoint: Checkpoint;
  readonly rest: Uint8Array;
}

/** Bytes of states that a part keeps: of more, only the last one. */
const mostBytes = 2 ** 26;

/** Those of consecutive states that a part keeps: the others need not stay in memory. */
export function statesToKeep(states: SavedState[]): SavedState[] {
  const [first] = states;
  if (first === undefined) return states;
  const bytes = states.length * (first.checkpoint.parameters.byteLength + first.rest.length);
  return bytes > mostBytes ? states.slice(-1) : states;
}

interface Joined {
  readonly parameters: Float32Array | Float64Array;
  readonly rest: Int32Array;
}

/** One state's own arrays: it may be large. */
function ofOne({ checkpoint, rest }: SavedState): Joined {
  return { parameters: checkpoint.parameters, rest: new Int32Array(rest.buffer, rest.byteOffset, rest.length / 4) };
}

function joinStates(states: readonly SavedState[], size: number, words: number): Joined {
  const single = states[0]?.checkpoint.parameters instanceof Float32Array;
  const parameters = single ? new Float32Array(states.length * size) : new Float64Array(states.length * size);
  const rest = new Int32Array(states.length * words);
  states.forEach((state, index) => {
    parameters.set(state.checkpoint.parameters, index * size);
    new Uint8Array(rest.buffer, index * words * 4, words * 4).set(state.rest);
  });
  return { parameters, rest };
}

/** States as an artifact: losses by state, parameters [state, parameter], rest [state, word]. */
export function statesToPart(states: SavedState[]): Artifact {
  const kept = statesToKeep(states);
  const [first] = kept;
  if (first === undefined) throw new Error('a part has at least one state');
  const size = first.checkpoint.parameters.length;
  const words = first.rest.length / 4;
  const joined = kept.length === 1 ? ofOne(first) : joinStates(kept, size, words);
  const losses = (pick: (checkpoint: Checkpoint) => number): Float64Array =>
    Float64Array.from(kept, ({ checkpoint }) => pick(checkpoint));
  return {
    arrays: {
      step: { shape: [kept.length], data: Int32Array.from(kept, ({ checkpoint }) => checkpoint.step) },
      'batch-error': float64Array(
        [kept.length],
        losses(({ batchLoss }) => batchLoss),
      ),
      'train-error': float64Array(
        [kept.length],
        losses(({ trainLoss }) => trainLoss),
      ),
      'test-error': float64Array(
        [kept.length],
        losses(({ testLoss }) => testLoss),
      ),
      ...counts(
        'train-confusion',
        kept.map(({ checkpoint }) => checkpoint.trainConfusion),
      ),
      ...counts(
        'test-confusion',
        kept.map(({ checkpoint }) => checkpoint.testConfusion),
      ),
      parameters: { shape: [kept.length, size], data: joined.parameters },
      rest: { shape: [kept.length, words], data: joined.rest },
    },
    values: {},
  };
}

/** Counts of classes [state, count], where every state has them. */
function counts(name: string, tables: readonly (Int32Array | undefined)[]): Artifact['arrays'] {
  const size = tables[0]?.length ?? 0;
  if (size === 0) return {};
  const data = new Int32Array(tables.length * size);
  tables.forEach((table, index) => {
    if (table !== undefined) data.set(table, index * size);
  });
  return { [name]: { shape: [tables.length, size], data } };
}

/** The states in a part, as `statesToPart` put them there. */
export function partToStates({ arrays }: Artifact): SavedState[] {
  const { step, parameters, rest } = arrays;
  if (step === undefined || parameters === undefined || !(rest?.data instanceof Int32Array)) return [];
  const words = rest.data;
  const [count = 0, width = 0] = rest.shape;
  const size = parameters.shape[1] ?? 0;
  const loss = (name: string, index: number): number => arrays[name]?.data[index] ?? Number.NaN;
  const counted = (name: string, index: number): Int32Array | undefined => {
    const { data, shape = [] } = arrays[name] ?? {};
    const each = shape[1] ?? 0;
    return data instanceof Int32Array ? data.slice(index * each, (index + 1) * each) : undefined;
  };
  return Array.from({ length: count }, (_, index) => {
    const [trainConfusion, testConfusion] = [counted('train-confusion', index), counted('test-confusion', index)];
    return {
      checkpoint: {
        step: step.data[index] ?? 0,
        parameters: parameters.data.slice(index * size, (index + 1) * size) as Float32Array | Float64Array,
        batchLoss: loss('batch-error', index),
        trainLoss: loss('train-error', index),
        testLoss: loss('test-error', index),
        ...(trainConfusion !== undefined && { trainConfusion }),
        ...(testConfusion !== undefined && { testConfusion }),
      },
      rest: new Uint8Array(words.buffer, words.byteOffset + 4 * index * width, 4 * width),
    };
  });
}

/** Consecutive wanted checkpoints that no state has, and the state to go on from to reach them. */
export interface Gap {
  readonly from?: TrainingState;
  readonly checkpoints: readonly number[];
}

/** What is left to compute of the wanted checkpoints (ascending) when these states (ascending) are there. */
export function gapsBetween(wanted: readonly number[], states: readonly SavedState[]): Gap[] {
  const there = new Set(states.map(({ checkpoint }) => checkpoint.step));
  const gaps: { from?: TrainingState; checkpoints: number[] }[] = [];
  for (const step of wanted) {
    if (there.has(step)) continue;
    const before = states.findLast(({ checkpoint }) => checkpoint.step < step);
    const gap = gaps.at(-1);
    // A state between two wanted checkpoints is a shorter way to the second.
    if (gap !== undefined && (gap.checkpoints.at(-1) ?? 0) > (before?.checkpoint.step ?? -1)) {
      gap.checkpoints.push(step);
    } else if (before === undefined) gaps.push({ checkpoints: [step] });
    else {
      const { step: reached, parameters } = before.checkpoint;
      gaps.push({ from: { step: reached, parameters, rest: before.rest }, checkpoints: [step] });
    }
  }
  return gaps;
}
