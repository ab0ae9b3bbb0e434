/** The key of a drawing: SHA-256 of everything that determines its bytes. */
import type { Json } from '../shared/artifact.js';
import type { Language } from '../languages/language.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';

/**
 * Two requests with equal keys give the same drawing by the same program (`program` is its digest). `digestOf` gives the
 * digest of a step's artifact. The caption stands beside it on the page.
 */
export function drawingKey(
  { id, options, shown, language }: FigureRequest,
  digestOf: (step: PlannedStep) => string,
  program: string,
): string {
  // What a picture reads of a step: its labels and options, its artifact, and the same of its inputs.
  const seen = (step: PlannedStep): Json => ({
    name: step.name,
    kind: step.kind.kind,
    key: step.key,
    digest: digestOf(step),
    coordinates: step.coordinates.map(({ axis, label }) => [axis, label]),
    inputs: Object.fromEntries(Object.entries(step.inputs).map(([role, input]) => [role, seen(input)])),
  });
  const pictures = shown.map(
    ({ picture, label, steps }): Json => ({ picture: picture ?? null, label: label ?? null, steps: steps.map(seen) }),
  );
  const present = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => name !== 'caption' && value !== undefined),
  );
  return sha256(
    canonicalJson({
      ...{ kind: 'drawing', program, id, options: present as Json, shown: pictures },
      language: spoken(language),
    }),
  );
}

const known = new WeakMap<Language['words'], string>();

/** The words that drawings are made of, by their digest: a report may have its own. */
function spoken({ tag, words }: Language): Json {
  const digest = known.get(words) ?? sha256(JSON.stringify([words.drawings, words.scripts.figure]));
  known.set(words, digest);
  return { tag, words: digest };
}
