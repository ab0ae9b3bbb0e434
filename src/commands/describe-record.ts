/** `colophon results ID --record`: the account of an experiment, for people and for programs. */
import { canonicalJson } from '../shared/canonical-json.js';
import { printable } from '../shared/problem.js';
import type { FoundResult } from '../pipeline/find-results.js';
import { usesEngine } from '../steps/step.js';

/** The record of one result in lines that a person can read. */
export function describeRecord({ step, result: { record, digest } }: FoundResult): string {
  const { asked, made, options, inputs, arrays, divergedAt } = record;
  const seed = typeof options === 'object' && options !== null && 'seed' in options ? options['seed'] : undefined;
  const source = step.kind.source?.(step.options);
  const line = (name: string, ...texts: readonly string[]): string[] =>
    texts.map((text, index) => `  ${(index === 0 ? name : '').padEnd(10)}${printable(text)}`);
  const written = asked === undefined ? [] : [`${asked.info}, as written:`, ...asked.text.trimEnd().split(/\r?\n/)];
  return [
    step.name,
    ...line('key', record.key),
    ...line('directive', ...written.map((text, index) => (index === 0 ? text : `  ${text}`))),
    ...line('resolved', canonicalJson(options)),
    ...(seed === undefined ? [] : line('seed', canonicalJson(seed))),
    ...(record.code === undefined ? [] : line('code', record.code)),
    ...(usesEngine(step) ? line('profile', `${record.profile} on ${record.device}`) : []),
    ...(source === undefined
      ? []
      : line('source', 'not computed here', source, ...step.files.map(({ file, digest: of }) => `${of}  ${file}`))),
    ...line(
      'versions',
      `colophon ${made.colophon}, ${record.kind} ${record.version}, Node ${made.node}, ${made.platform}`,
      `program ${made.program}`,
    ),
    ...line('made', `${made.at}, in ${seconds(made.seconds)}${made.remark === undefined ? '' : `, ${made.remark}`}`),
    ...(made.memory === undefined ? [] : line('memory', memoryUsed(made.memory, made.beside ?? 0))),
    ...(divergedAt === undefined ? [] : line('diverged', `at step ${divergedAt}`)),
    ...line('in', ...Object.entries(inputs).map(([role, input]) => `${role.padEnd(14)} ${input.digest}`)),
    ...line(
      'out',
      `${'all of it'.padEnd(14)} ${digest}`,
      ...Object.entries(arrays).map(
        ([name, array]) => `${name.padEnd(14)} ${array.digest}  ${array.shape.join(' x ')}`,
      ),
    ),
  ].join('\n');
}

/** The records as they stand in the store, with the digest of each artifact. */
export function recordsAsJson(found: readonly FoundResult[]): string {
  return JSON.stringify(
    found.map(({ step, result: { record, digest } }) => ({ name: step.name, digest, record })),
    null,
    1,
  );
}

/** "0.012 s", "14 s". */
function seconds(value: number): string {
  return `${value < 10 ? value.toPrecision(2) : Math.round(value)} s`;
}

function memoryUsed(bytes: number, beside: number): string {
  const others = beside === 0 ? '' : ` and ${beside === 1 ? 'another step' : `${beside} other steps`} beside it`;
  return `up to ${Math.round(bytes / 1e6)} MB, the whole process${others}`;
}
