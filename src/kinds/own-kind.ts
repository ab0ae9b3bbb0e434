/** A kind that a module of the report defines, as one of the program's. */
import { messageOf } from '../shared/message-of.js';
import * as z from 'zod';
import type { Artifact, Json } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import type { Limits } from '../shared/limits.js';
import { givenBytes, textMark } from '../steps/declared-file.js';
import { shapesOf } from '../steps/shapes.js';
import type { FileReader, InputReference, OptionIssue, PlannedInput, RunInput, StepKind } from '../steps/step.js';
import type { InputDeclaration, KindDefinition, KindInput, PlannedKindInput } from './api.js';
import { compareOwn } from '../steps/compare-own.js';
import type { LinkedModule } from './link-module.js';
import { runInThread } from './run-in-thread.js';
import { toArtifact } from './returned.js';
import { withinModuleTime } from './within-module-time.js';

type Options = Readonly<Record<string, Json>>;

/** What an input is of that is a file of the report and no step. */
const ofFile = 'file';

export function ownKind(definition: KindDefinition, { url, digest }: LinkedModule, limits: Limits): StepKind {
  const { name, noun = name, outputs, tolerance = 1e-6 } = definition;
  const inputs = Object.entries<InputDeclaration>(definition.inputs ?? {});
  const named = inputs.filter(([, input]) => !isIndirect(input));
  const fileRoles = named.flatMap(([role, input]) => (input === ofFile ? [role] : []));
  const dimensions = Object.fromEntries(
    Object.entries(outputs).flatMap(([output, of]) => (typeof of === 'string' ? [] : [[output, of] as const])),
  );
  const outputsOf = (kind: 'number' | 'text'): string[] =>
    Object.entries(outputs).flatMap(([output, of]) => (of === kind ? [output] : []));

  /** Throws what `sizes` throws, and what is wrong with what it gives. */
  const sizesOf = (options: Options, planned: Readonly<Record<string, PlannedKindInput>>): Record<string, number> => {
    const ask = (): Readonly<Record<string, number>> | undefined =>
      definition.sizes?.({ options: ownOptions(options), inputs: planned });
    const said = withinModuleTime(limits, ask) ?? {};
    const needed = [...new Set(Object.values(dimensions).flat())];
    return Object.fromEntries(
      needed.map((dimension) => {
        const size: unknown = said[dimension];
        if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return [dimension, size];
        throw new Error(
          `its sizes say ${typeof size === 'number' ? size : 'nothing'} of "${dimension}", and a size is a whole number`,
        );
      }),
    );
  };
  /** Those of its own schema, without the names of its inputs. */
  const ownOptions = (options: Options): Options =>
    Object.fromEntries(Object.entries(options).filter(([option]) => !named.some(([role]) => role === option)));

  return {
    kind: name,
    noun,
    version: 1,
    code: digest,
    isOwnCode: true,
    options: definition.options
      .extend(Object.fromEntries<z.ZodString>(named.map(([role, input]) => [role, nameOfInput(input)])))
      .strict(),
    inputs: (options) =>
      inputs.flatMap(([role, input]): InputReference[] => {
        if (input === ofFile) return [];
        if (isIndirect(input)) return [{ role, via: input.of, input: input.input }];
        return [
          {
            role,
            id: (options as Options)[role] as string,
            path: [role],
            kinds: typeof input === 'string' ? [input] : input,
          },
        ];
      }),
    files: (options) =>
      fileRoles.map((role) => {
        const path = (options as Options)[role] as string;
        return { file: path, path: [role], ...textMark(path) };
      }),
    check: (options, given): readonly OptionIssue[] => {
      try {
        canonicalJson(options as Json);
        sizesOf(options as Options, plannedInputs(given, fileRoles));
        return [];
      } catch (error) {
        const message = `the sizes of this ${name} are not known: ${messageOf(error)}`;
        return [{ path: [], rule: 'kind-sizes', message, hint: 'change an option, or mend "sizes" in the module' }];
      }
    },
    facts: (options, given) => ({ sizes: sizesOf(options as Options, plannedInputs(given, fileRoles)) }),
    // What it computes nobody can tell; the engine is the processor's.
    cost: () => ({ operations: 0, bytes: 0, engineBytes: 0 }),
    run: async (options, given, { engine, file, progress, print, signal }): Promise<Artifact> => {
      const checked = options as Options;
      const sizes = sizesOf(checked, plannedInputs(given, fileRoles));
      const returned = await runInThread(
        { url, name, options: ownOptions(checked), inputs: runInputs(given, checked, fileRoles, file), sizes },
        { engine, limits, progress, print, signal },
      );
      return toArtifact(returned, outputs, sizes);
    },
    compare: compareOwn(tolerance),
    dimensions,
    shapes: (_options, facts) => shapesOf(dimensions, facts['sizes'] as Record<string, number>),
    checkpoints: () => [],
    numbers: outputsOf('number'),
    words: outputsOf('text'),
  };
}

function isIndirect(input: InputDeclaration): input is Exclude<InputDeclaration, string | readonly string[]> {
  return typeof input === 'object' && 'of' in input;
}

function nameOfInput(input: InputDeclaration): z.ZodString {
  const what = input === ofFile ? 'A file of the report.' : `The id of a ${[input].flat().map(String).join(' or ')}.`;
  return z.string().min(1).describe(what);
}

function plannedInput({ options, facts, kind }: PlannedInput): PlannedKindInput {
  const shapes = kind?.shapes(options, facts) ?? {};
  const sizes = Object.values(shapes).flatMap((shape) => shape.map(({ name, size }) => [name, size] as const));
  return { options: options as Options, facts, sizes: Object.fromEntries(sizes) };
}

const nothing = { options: {}, facts: {}, sizes: {}, arrays: {}, values: {} };

function plannedInputs(
  given: Readonly<Record<string, PlannedInput>>,
  files: readonly string[],
): Record<string, PlannedKindInput> {
  return Object.fromEntries<PlannedKindInput>([
    ...files.map((role) => [role, nothing] as const),
    ...Object.entries(given).map(([role, input]) => [role, plannedInput(input)] as const),
  ]);
}

function runInputs(
  given: Readonly<Record<string, RunInput>>,
  options: Options,
  files: readonly string[],
  file: FileReader,
): Record<string, KindInput> {
  return Object.fromEntries<KindInput>([
    ...files.map(
      (role) =>
        [role, { ...nothing, bytes: givenBytes(options[role] as string, file(options[role] as string)) }] as const,
    ),
    ...Object.entries(given).map(([role, input]) => {
      const { arrays, values } = input.artifact;
      return [role, { ...plannedInput(input), arrays, values, bytes: new Uint8Array() }] as const;
    }),
  ]);
}
