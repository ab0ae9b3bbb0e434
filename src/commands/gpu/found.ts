/** What a machine has of what TensorFlow.js needs to compute on CUDA, as data. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Card, type Cuda, findCard, findCuda } from '../../engine/tfjs/cuda.js';
import { findNative } from '../../engine/tfjs/native.js';
import { npmCommand } from '../npm-command.js';

/** TensorFlow as pip installed it, or its folder. */
export interface InstalledTensorFlow {
  readonly folder: string;
  /** Empty where only its folder was named. */
  readonly version: string;
  /** The CUDA and cuDNN that it was built with, as 12.5.1 and 9; absent of one for processors. */
  readonly cuda?: string;
  readonly cudnn?: string;
  /** Files that an addon is built with and that it does not have. */
  readonly lacks: readonly string[];
  /** Libraries of CUDA that it would load and that are not found, by name. */
  readonly missingLibraries: readonly string[];
}

export interface Found {
  /** "linux-x64". */
  readonly machine: string;
  /** Undefined without NVIDIA's driver or a card. */
  readonly card?: Card;
  /** Undefined where Python has none; then `noTensorFlow` says why. */
  readonly tensorflow?: InstalledTensorFlow;
  readonly noTensorFlow?: string;
  /** Whether a person named the TensorFlow, as for an image of a container that is made where there is no card. */
  readonly isNamed: boolean;
  /** What the package's own library, TensorFlow 2.9.1, would load and is not found. */
  readonly missingCuda11: readonly string[];
  /** Of npm, g++ and make those that are not there. */
  readonly missingTools: readonly string[];
  /** What the installed package sees; absent where it is not installed. */
  readonly installed?: Cuda;
}

/** What the person names of TensorFlow. */
export interface Named {
  readonly python?: string;
  readonly tensorflow?: string;
}

/** Looks. */
export function lookForCuda(named: Named): Found {
  const libraries = loadableLibraries();
  const card = findCard();
  const found = tensorflowOf(named, libraries);
  return {
    machine: `${process.platform}-${process.arch}`,
    ...(card !== undefined && { card }),
    ...('why' in found ? { noTensorFlow: found.why } : { tensorflow: found }),
    isNamed: named.python !== undefined || named.tensorflow !== undefined,
    missingCuda11: ['libcudart.so.11.0', 'libcudnn.so.8'].filter((name) => !libraries.has(name)),
    missingTools: missingTools(),
    ...(findNative() !== undefined && { installed: findCuda() }),
  };
}

function missingTools(): string[] {
  const answers = (program: string, words: readonly string[] = [], shell = false): boolean =>
    spawnSync(program, [...words, '--version'], { shell, stdio: 'ignore' }).status === 0;
  const npm = npmCommand();
  return [
    ...(answers(npm.program, npm.words, npm.shell) ? [] : ['npm']),
    ...(answers(process.env['CXX'] ?? 'g++') ? [] : ['g++']),
    ...(answers('make') ? [] : ['make']),
  ];
}

/** Asks without loading TensorFlow, which takes seconds. */
const question = `
import importlib.metadata, importlib.util, json, os
spec = importlib.util.find_spec("tensorflow")
version = ""
for name in ("tensorflow", "tensorflow-cpu", "tf-nightly"):
    try:
        version = version or importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(None if spec is None or spec.origin is None else [os.path.dirname(spec.origin), version]))`;

function tensorflowOf(
  { python = 'python3', tensorflow }: Named,
  libraries: ReadonlySet<string>,
): InstalledTensorFlow | { readonly why: string } {
  if (tensorflow !== undefined) return described(tensorflow, '', libraries);
  const { status, stdout, error } = spawnSync(python, ['-c', question], { encoding: 'utf8' });
  if (error !== undefined || status !== 0) return { why: `${python} cannot be run` };
  const answer = JSON.parse(stdout) as readonly [string, string] | null;
  return answer === null ? { why: `${python} has no TensorFlow` } : described(...answer, libraries);
}

/** The files of its folder, and what its own notes say that it was built with. */
function described(folder: string, version: string, libraries: ReadonlySet<string>): InstalledTensorFlow {
  const notes = join(folder, 'python', 'platform', 'build_info.py');
  const written = existsSync(notes) ? readFileSync(notes, 'utf8') : '';
  const versionOf = (name: string): string | undefined =>
    new RegExp(`"${name}_version", "(?:64_)?([\\d.]+)"`).exec(written)?.[1];
  const [cuda, cudnn] = [versionOf('cuda'), versionOf('cudnn')];
  // pip's packages of CUDA lie beside it, and it looks there.
  const beside = join(dirname(folder), 'nvidia');
  const own = filesOf(beside).flatMap((one) => filesOf(join(beside, one, 'lib')));
  const needed = [
    ...(cuda === undefined ? [] : [`libcudart.so.${cuda.split('.')[0] ?? ''}`]),
    ...(cudnn === undefined ? [] : [`libcudnn.so.${cudnn.split('.')[0] ?? ''}`]),
  ];
  return {
    ...{ folder, version },
    ...(cuda !== undefined && { cuda }),
    ...(cudnn !== undefined && { cudnn }),
    lacks: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include'].filter(
      (name) => !existsSync(join(folder, name)),
    ),
    missingLibraries: needed.filter((name) => !libraries.has(name) && !own.includes(name)),
  };
}

/** The names of libraries that a program finds without being told where. */
function loadableLibraries(): ReadonlySet<string> {
  const { stdout } = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    // It is no command of a person's.
    env: { ...process.env, PATH: [process.env['PATH'] ?? '', '/sbin', '/usr/sbin'].join(delimiter) },
  });
  // Undefined where there is no such program.
  const known = ((stdout as string | null) ?? '').split('\n').flatMap((line) => /^\s*(\S+)/.exec(line)?.[1] ?? []);
  const folders = (process.env['LD_LIBRARY_PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return new Set([...known, ...folders.flatMap(filesOf)]);
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there, or no folder.
    return [];
  }
}
