/** `program`: a computation in another language, by a program of the report's own that reads and writes .npy files. */
import * as z from 'zod';
import type { Artifact } from '../shared/artifact.js';
import { compareOwn } from './compare-own.js';
import { givenBytes, textMark } from './declared-file.js';
import { runProgram } from './program/run-program.js';
import type { StepKind } from './step.js';

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must be letters, digits, hyphens and underscores');
const size = z.int().min(0).max(1_000_000_000);
const json = z.json();

const options = z
  .strictObject({
    run: z
      .array(z.string().min(1))
      .min(1)
      .describe('The program and its arguments: [python3, mnist.py]. No shell reads them.'),
    files: z
      .array(z.string().min(1))
      .max(1000)
      .default([])
      .describe('Files of the report that it needs, its own code too; it runs in a folder that holds these alone.'),
    environment: z
      .array(z.string().min(1))
      .max(100)
      .default([])
      .describe('Files that pin what it runs on, such as requirements.txt or uv.lock; they are in the folder too.'),
    inputs: z
      .record(name, z.string().min(1))
      .default({})
      .describe('Results that it needs, { net: one-layer }: each array is inputs/net/NAME.npy.'),
    with: z.record(z.string(), json).default({}).describe('Options of its own: with.json in its folder.'),
    outputs: z
      .record(name, z.record(name, size))
      .describe(
        'What it writes, { error: { row: 10, column: 3 }, mean: {} }: outputs/NAME.npy, of {} a single number.',
      ),
    seed: z.int().min(0).max(0xffffffff).default(0).describe('Of its random streams: SEED in its environment.'),
  })
  .describe('A computation by a program of the report’s own, in any language; run with --trust alone.');

type ProgramOptions = z.output<typeof options>;

/** What it writes, by name: the sizes of the dimensions by their names; none of a single number. */
type Outputs = ProgramOptions['outputs'];

export const program: StepKind<ProgramOptions> = {
  kind: 'program',
  noun: 'Program',
  version: 1,
  isOwnCode: true,
  options,
  inputs: ({ inputs }) =>
    Object.entries(inputs).map(([role, id]) => ({ role, id, path: ['inputs', role], kinds: 'any' as const })),
  files: ({ files, environment }) => [
    ...files.map((file, index) => ({ file, path: ['files', index], ...textMark(file) })),
    ...environment.map((file, index) => ({ file, path: ['environment', index], ...textMark(file) })),
  ],
  check: ({ outputs }) => {
    if (Object.keys(outputs).length === 0)
      return [
        { path: ['outputs'], rule: 'invalid-option', message: '"outputs" names nothing', hint: 'write { mean: {} }' },
      ];
    const checkpoint = Object.entries(outputs).find(([, dimensions]) => Object.hasOwn(dimensions, 'checkpoint'));
    if (checkpoint === undefined) return [];
    const message = 'a dimension "checkpoint" is of trainings alone';
    return [{ path: ['outputs', checkpoint[0]], rule: 'invalid-option', message, hint: 'give it another name' }];
  },
  facts: ({ outputs }) => ({ outputs }),
  // What it computes nobody can tell.
  cost: () => ({ operations: 0, bytes: 0, engineBytes: 0 }),
  run: async (checked, inputs, world): Promise<Artifact> => {
    const { run: command, files, environment, with: own, seed, outputs } = checked;
    const arrays = await runProgram(
      {
        command,
        seed,
        with: own,
        files: [...files, ...environment].map((path) => ({ path, bytes: givenBytes(path, world.file(path)) })),
        inputs: Object.entries(inputs).map(([role, { artifact }]) => ({ role, artifact })),
        outputs: Object.entries(outputs).map(([output, dimensions]) => ({ output, shape: Object.values(dimensions) })),
      },
      world,
    );
    return { arrays, values: {} };
  },
  compare: compareOwn(1e-6),
  dimensions: {},
  dimensionsIn: (facts) => namesOf(facts['outputs'] as Outputs),
  shapes: (_options, facts) =>
    Object.fromEntries(
      Object.entries(facts['outputs'] as Outputs).map(([output, sizes]) => [
        output,
        Object.entries(sizes).map(([dimension, length]) => ({ name: dimension, size: length })),
      ]),
    ),
  checkpoints: () => [],
  numbers: [],
  words: [],
};

function namesOf(outputs: Outputs): Record<string, string[]> {
  return Object.fromEntries(Object.entries(outputs).map(([output, sizes]) => [output, Object.keys(sizes)]));
}
