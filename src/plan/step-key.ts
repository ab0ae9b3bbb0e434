/** The key of a step: SHA-256 of everything that determines its result, and of nothing else. */
import type { Json } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import type { OptionPath } from '../source/report.js';
import type { InputReference, StepKind } from '../steps/step.js';

export interface StepIdentity {
  /** Two kinds with equal options compute different things. */
  readonly kind: string;
  /** The same options give another result once the kind's code has changed what it computes. */
  readonly version: number;
  /** The same of a kind of the report's own: SHA-256 of its code. */
  readonly code?: string;
  /** Every option, defaults filled in, so that writing a default out changes nothing. */
  readonly options: Json;
  /** Options that name other directives or files; what they name is in the key, the names are not. */
  readonly names: readonly OptionPath[];
  /** The keys of the inputs by role: everything upstream. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 of each data file's bytes, of text with LF at the end of its lines, in the order in which the options name them. */
  readonly files: readonly string[];
}

/** The key of a step. Paths, times, prose, captions and the order of options or directives are not in it. */
export function stepKey({ kind, version, code, options, names, inputs, files }: StepIdentity): string {
  const nameless = names.reduce<Json>((rest, path) => without(rest, path), options);
  return sha256(
    canonicalJson({ kind, version, ...(code !== undefined && { code }), options: nameless, inputs, files }),
  );
}

/** The options of a step that are in no key by themselves: those that name other directives and files, and what its kind says. */
export function namesOf(
  kind: Pick<StepKind, 'inputs' | 'files' | 'unkeyed'>,
  options: unknown,
  references: readonly InputReference[] = kind.inputs(options),
): OptionPath[] {
  return [
    ...references.flatMap((reference) => ('path' in reference ? [reference.path] : [])),
    ...kind.files(options).map(({ path }) => path),
    ...(kind.unkeyed ?? []),
  ];
}

/** The value without the option at a path. */
function without(value: Json, [first, ...rest]: OptionPath): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || first === undefined) return value;
  if (!Object.hasOwn(value, first)) return value;
  const { [first]: member = null, ...others } = value as { readonly [key: string]: Json };
  return rest.length === 0 ? others : { ...others, [first]: without(member, rest) };
}
