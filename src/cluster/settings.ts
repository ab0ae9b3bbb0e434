/** What a person's own file says of clusters: no report can say where its steps run, or what is run there. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod';
import { decodeText } from '../shared/decode.js';
import { formatProblem, plain, type Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import { LineIndex } from '../source/place.js';
import { readYaml } from '../source/yaml.js';

const line = z
  .string()
  .min(1)
  .regex(/^[^\n\r]*$/);
const word = z.string().regex(/^[^\s'"\\]+$/);

/** What a job asks of the scheduler. */
const resources = {
  partition: word.optional().meta({ expected: 'the name of a partition' }),
  account: word.optional().meta({ expected: 'the name of an account' }),
  time: z
    .union([z.int().min(1), z.string().regex(/^(?:\d+-)?\d+(?::\d\d){0,2}$/)])
    .optional()
    .meta({ expected: 'minutes, or a time such as 4:00:00' }),
  memory: z
    .string()
    .regex(/^\d+[KMGT]?$/)
    .optional()
    .meta({ expected: 'a size such as 4G' }),
  cpus: z.int().min(1).max(1024).default(1).meta({ expected: 'a whole number from 1' }),
  gpus: z.int().min(0).max(64).default(0).meta({ expected: 'a whole number from 0' }),
};
const ofKind = z.strictObject({
  ...resources,
  cpus: resources.cpus.unwrap().optional(),
  gpus: resources.gpus.unwrap().optional(),
});

const cluster = z.strictObject({
  ...resources,
  kinds: z
    .record(z.string(), ofKind)
    .default({})
    .meta({ expected: 'of some kinds of steps what they need, as in { train: { gpus: 1 } }' }),
  slots: z.int().min(1).max(100_000).default(16).meta({ expected: 'how many jobs may run at a time, from 1' }),
  'job-seconds': z.number().positive().default(600).meta({ expected: 'seconds' }),
  'array-size': z.int().min(1).max(1_000_000).default(1000).meta({ expected: 'a whole number from 1' }),
  retries: z.int().min(0).max(1000).default(3).meta({ expected: 'a whole number from 0' }),
  modules: z.array(word).default([]).meta({ expected: 'a list of modules such as [nodejs/20]' }),
  container: line.optional().meta({ expected: 'a command such as "apptainer exec node.sif"' }),
  program: line.optional().meta({ expected: 'the command that is colophon on the machines of the cluster' }),
  header: z.array(line).default([]).meta({ expected: 'a list of lines such as ["#SBATCH --qos=short"]' }),
  setup: z.array(line).default([]).meta({ expected: 'a list of lines of shell' }),
  status: line.optional().meta({ expected: 'a command with {id} that succeeds while a job is there' }),
  cancel: line.optional().meta({ expected: 'a command with {id} that ends a job' }),
});

export type ClusterSettings = z.output<typeof cluster>;
export type Resources = Pick<ClusterSettings, 'partition' | 'account' | 'time' | 'memory' | 'cpus' | 'gpus'>;

export const noClusterSettings: ClusterSettings = cluster.parse({});

/** What a kind of step is given. */
export function resourcesOf(kind: string, settings: ClusterSettings): Resources {
  const { partition, account, time, memory, cpus, gpus } = settings;
  const own = Object.hasOwn(settings.kinds, kind) ? settings.kinds[kind] : {};
  return { ...{ partition, account, time, memory }, ...own, cpus: own?.cpus ?? cpus, gpus: own?.gpus ?? gpus };
}

/** The person's file: in the folder of settings that the XDG folders name. */
export function settingsPath(environment: Readonly<Record<string, string | undefined>>, home = homedir()): string {
  const named = environment['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(named) ? named : join(home, '.config'), 'colophon', 'settings.yaml');
}

/** Everything that is wrong with the file, each with its place and lines, for people. */
export class WrongSettings extends Error {}

/** Reads the person's file; where there is none, everything is as it is unless said. Throws WrongSettings. */
export function readClusterSettings(path: string, kinds: readonly string[]): ClusterSettings {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return noClusterSettings;
    throw error;
  }
  const decoded = decodeText(path, bytes);
  const { settings, problems } =
    'text' in decoded
      ? checked(path, decoded.text, kinds)
      : { settings: noClusterSettings, problems: [decoded.problem] };
  if (problems.length === 0) return settings;
  const text = 'text' in decoded ? decoded.text : undefined;
  throw new WrongSettings(problems.map((problem) => formatProblem(problem, '', () => text, plain)).join('\n'));
}

function checked(
  path: string,
  text: string,
  kinds: readonly string[],
): { readonly settings: ClusterSettings; readonly problems: readonly Problem[] } {
  const lines = new LineIndex(path, text);
  const body = readYaml(text, (at, column, end) =>
    lines.at(
      lines.startOfLine(at) + column - 1,
      end === undefined ? undefined : lines.startOfLine(end.line) + end.column - 1,
    ),
  );
  const result = z.strictObject({ cluster: cluster.prefault({}) }).safeParse(body.value);
  const unknown = result.success ? Object.keys(result.data.cluster.kinds).filter((kind) => !kinds.includes(kind)) : [];
  const problems: Problem[] = [
    ...body.problems,
    ...(result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, body.placeOf))),
    ...unknown.map(
      (kind): Problem => ({
        place: body.placeOf(['cluster', 'kinds', kind], 'key'),
        rule: 'unknown-kind',
        message: `"${kind}" is no kind of step`,
        hint: suggestion(kind, kinds),
      }),
    ),
  ];
  return { settings: result.success ? result.data.cluster : noClusterSettings, problems };
}

function problemsOf(issue: z.core.$ZodIssue, placeOf: ReturnType<typeof readYaml>['placeOf']): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      place: placeOf([...path, key], 'key'),
      rule: 'unknown-option',
      message: `"${key}" is not a setting${path.length === 0 ? '' : ` of ${path.join('.')}`}`,
      hint: suggestion(key, namesAt(path)),
    }));
  const name = path.findLast((part) => typeof part === 'string' && Object.hasOwn(cluster.shape, part));
  const field = typeof name === 'string' ? cluster.shape[name as keyof typeof cluster.shape] : undefined;
  const expected = field?.meta()?.['expected'];
  return [
    {
      place: placeOf(path, 'value'),
      rule: 'invalid-option',
      message: `"${path.join('.')}" must be ${typeof expected === 'string' ? expected : 'something else'}`,
      hint: 'change it',
    },
  ];
}

function namesAt(path: readonly (string | number)[]): string[] {
  if (path.length === 0) return ['cluster'];
  return path.includes('kinds') ? Object.keys(resources) : Object.keys(cluster.shape);
}
