/** The samples of a training, as a Python function that makes them again, unpacks them or reads them from beside it. */
import { zlibSync } from 'fflate';
import type { TargetFunction } from '../model/target-functions.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import { indented, pythonNumber, pythonText } from './python.js';
import type { Part, TrainingToExport } from './training-to-export.js';

/** Lines of code, what they need from the standard library, and whether they read the samples from a file beside them. */
export interface DataCode {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
  readonly isBeside: boolean;
}

/** More numbers than this are not for the text of a program: 4 MB before they are packed. */
const mostNumbers = 1_000_000;

/**
 * `dataset()`, which gives inputs [sample, feature] and targets [sample], to train and to test on, as float64. A function of one number is
 * sampled again, from the same stream of NumPy's; other samples stand in the program itself, in the float32 numbers that are
 * trained on, and very many of them in the file `beside`.
 */
export function dataCode({ dataset, data, test }: TrainingToExport, beside: string): DataCode {
  const target = dataset.source === 'function' && !isTreated(dataset) ? targetLines(dataset.function) : undefined;
  if (dataset.source === 'function' && target !== undefined)
    return { imports: [], isBeside: false, lines: [...target, '', '', ...sampledLines(dataset)] };
  if (data.inputs.length + (test?.inputs.length ?? 0) > mostNumbers)
    return { imports: ['pathlib'], isBeside: true, lines: besideLines(beside, test !== undefined) };
  const [train, held] = [packed(data), test && packed(test)];
  return {
    imports: ['base64', 'zlib'],
    isBeside: false,
    lines: [
      'def unpacked(text, *shape):',
      ...indented([
        'numbers = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<f4")',
        'return numbers.astype(np.float64).reshape(shape)',
      ]),
      ...['', '', 'def dataset():'],
      ...indented([
        '# The samples as the report has them, in the float32 numbers that are trained on.',
        ...unpackedLines('x', 'y', train),
        ...(held === undefined ? ['test_x = test_y = None'] : unpackedLines('test_x', 'test_y', held)),
        'return x, y, test_x, test_y',
      ]),
    ],
  };
}

function isTreated({ labels, standardize }: DatasetOptions): boolean {
  return labels !== undefined || standardize !== undefined;
}

interface Packed {
  readonly samples: number;
  readonly features: number;
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
}

function packed({ inputs, targets }: Part): Packed {
  const samples = targets.length;
  const features = inputs.length / samples;
  return { samples, features, inputs: asText(inputs), targets: asText(targets) };
}

/** So many characters of packed numbers stand in a line. */
const lineLength = 100;

function asText(numbers: ArrayLike<number>): readonly string[] {
  const packedBytes = zlibSync(new Uint8Array(Float32Array.from(numbers).buffer), { level: 9 });
  let binary = '';
  for (const byte of packedBytes) binary += String.fromCharCode(byte);
  return btoa(binary).match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
}

function besideLines(file: string, hasTest: boolean): string[] {
  const held = hasTest ? 'arrays["test-inputs"], arrays["test-targets"]' : 'None, None';
  return [
    'def dataset():',
    ...indented([
      '# The samples as the report has them, in the file beside this one; a notebook’s folder is where it runs.',
      `arrays = np.load(pathlib.Path(globals().get("__file__", "notebook")).with_name(${pythonText(file)}))`,
      `return arrays["inputs"], arrays["targets"], ${held}`,
    ]),
  ];
}

function unpackedLines(x: string, y: string, { samples, features, inputs, targets }: Packed): string[] {
  const quoted = (lines: readonly string[]): string[] => indented(lines.map((line) => `"${line}"`));
  return [
    ...[`${x} = unpacked(`, ...quoted(inputs), `    , ${samples}, ${features})`],
    ...[`${y} = unpacked(`, ...quoted(targets), `    , ${samples})`],
  ];
}

/** `target(x)`, in NumPy; undefined of a formula, which is the report's own language. */
function targetLines(choice: TargetFunction): readonly string[] | undefined {
  switch (choice.kind) {
    case 'piecewise-linear':
      return [
        'def target(x):',
        ...indented([
          '# Linear between the knots (k / 10, sin(12345 k)).',
          't = 10 * x',
          'left = np.floor(t)',
          'return (t - left) * np.sin(12345 * (left + 1)) - (t - (left + 1)) * np.sin(12345 * left)',
        ]),
      ];
    case 'piecewise-linear-as-published':
      return [
        'def target(x):',
        ...indented([
          '# Linear between the knots (k / 10, sin(12345 k)), and 0 at the knots themselves, as published.',
          't = 10 * x',
          'left, right = np.floor(t), np.ceil(t)',
          'return (t - left) * np.sin(12345 * right) - (t - right) * np.sin(12345 * left)',
        ]),
      ];
    case 'sin(20x)':
      return ['def target(x):', '    return np.sin(20 * x)'];
    case 'sine': {
      const [amplitude, frequency, phase] = [choice.amplitude, choice.frequency, choice.phase].map(pythonNumber);
      return ['def target(x):', `    return ${amplitude} * np.sin(${frequency} * x + ${phase})`];
    }
    case 'step':
      return ['def target(x):', `    return np.where(x < ${pythonNumber(choice.at)}, 0.0, 1.0)`];
    case 'expression':
      return undefined;
  }
}

function sampledLines(dataset: Extract<DatasetOptions, { source: 'function' }>): string[] {
  const { seed, samples, inputs, domain, noise, test } = dataset;
  const [low, high] = domain.map(pythonNumber);
  const uniform = `rng.rand(${samples})`;
  const isUnit = domain[0] === 0 && domain[1] === 1;
  const drawn =
    inputs === 'grid'
      ? `x = np.linspace(${low}, ${high}, ${samples})`
      : `x = np.sort(${isUnit ? uniform : `${low} + (${high} - ${low}) * ${uniform}`})`;
  const grid = test === null ? undefined : `grid = np.linspace(${low}, ${high}, ${test.grid})`;
  return [
    'def dataset():',
    ...indented([
      `rng = np.random.RandomState(${seed})`,
      drawn,
      `y = target(x) + ${pythonNumber(noise)} * rng.randn(${samples})`,
      ...(test === null || grid === undefined
        ? ['return x[:, None], y, None, None']
        : [
            grid,
            ...(test.withTrainingInputs ? ['grid = np.sort(np.concatenate([x, grid]))'] : []),
            'return x[:, None], y, grid[:, None], target(grid)',
          ]),
    ]),
  ];
}
