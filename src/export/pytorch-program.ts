/** A training as a program of PyTorch that stands alone: the same data, start and minibatches, and the report's errors to compare with. */
import { dataCode } from './data-code.js';
import { loopCode, lossCode } from './loop-code.js';
import { indented, pythonNumber, pythonText, pythonValue } from './python.js';
import { startCode } from './start-code.js';
import type { CheckpointErrors, TrainingToExport } from './training-to-export.js';

/** A part of a program: in a notebook a heading and a cell. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface PytorchProgram {
  readonly sections: readonly Section[];
  /** What compares the errors with the report's; the last part. */
  readonly comparison: Section;
  /** Whether the samples are read from the file that was named. */
  readonly isBeside: boolean;
}

/** So many checkpoints are compared at most: the first ones, where rounding has not grown, and others spread evenly. */
const compared = { first: 50, others: 150 } as const;

/** The parts of a program; `beside` is the name of the file of samples, where there are too many for the text. */
export function pytorchProgram(training: TrainingToExport, beside: string): PytorchProgram {
  const { options } = training;
  const data = dataCode(training, beside);
  const settings = [
    `STEPS = ${options.steps}`,
    `EVERY, ALSO = ${options.checkpoints.every}, ${pythonValue(options.checkpoints.and)}`,
    'nan, inf = float("nan"), float("inf")',
  ];
  return {
    isBeside: data.isBeside,
    sections: [
      {
        title: 'What it needs',
        lines: [
          ...[...data.imports, 'sys'].sort().map((name) => `import ${name}`),
          ...['', 'import numpy as np', 'import torch', 'from torch import nn', '', ...settings],
        ],
      },
      { title: 'Data', lines: data.lines },
      { title: 'Network', lines: startCode(training) },
      { title: 'Training', lines: [...lossCode(training), '', '', ...loopCode(training)] },
    ],
    comparison: { title: 'Beside the report', lines: comparisonLines(training) },
  };
}

/** The whole program as the text of a Python file. */
export function pytorchText(training: TrainingToExport, program: PytorchProgram): string {
  const about = [
    `"""${training.name}, as Colophon trains it, in PyTorch.`,
    '',
    `key ${training.key}`,
    '',
    ...training.source.split('\n'),
    '',
    ...aboutSameness,
    '"""',
  ];
  const parts = [...program.sections, program.comparison].map(({ lines }) => lines.join('\n'));
  return `${about.map(inDocstring).join('\n')}\n${parts.join('\n\n\n')}\n\n\n${main.join('\n')}\n`;
}

/** What a reader has to know of the numbers. */
export const aboutSameness = [
  'Data, start and minibatches are the same numbers. The arithmetic is float32 in another order, so that errors agree to',
  'about 1e-6 at first and part as training amplifies the last bits. On the CPU only: CUDA draws other permutations.',
];

/** The quotation marks of a docstring end it, and backslashes escape. */
function inDocstring(line: string, index: number, lines: readonly string[]): string {
  if (index === 0 || index === lines.length - 1) return line;
  return line.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
}

const main = [
  'if __name__ == "__main__":',
  ...indented(['torch.set_num_threads(1)', 'compare(train(int(sys.argv[1]) if len(sys.argv) > 1 else STEPS)[1])']),
];

function comparisonLines({ errors }: TrainingToExport): string[] {
  const rows = [...errors.slice(0, compared.first), ...spread(errors.slice(compared.first), compared.others)].map(
    ({ step, batch, train, test }) => `${step}: (${[batch, train, test].map(pythonNumber).join(', ')}),`,
  );
  return [
    '# What the report has, by step: the error of the minibatch before the update, and those of all samples after it.',
    ...(rows.length === 0 ? ['REPORT = {}'] : ['REPORT = {', ...indented(rows), '}']),
    ...['', ''],
    'def compare(history):',
    ...indented([
      `print(${pythonText('    step        batch        train         test   largest relative difference from the report')})`,
      'for step, found in history.items():',
      ...indented([
        'pairs = [(a, b) for a, b in zip(found, REPORT.get(step, ())) if a == a and b == b and b != 0]',
        'gap = f"{max(abs(a / b - 1) for a, b in pairs):.1e}" if pairs else ""',
        'print(f"{step:8d} " + " ".join(f"{value:12.8f}" for value in found) + f"   {gap}")',
      ]),
    ]),
  ];
}

/** So many of a list, the first and the last among them. */
function spread(list: readonly CheckpointErrors[], most: number): readonly CheckpointErrors[] {
  if (list.length <= most) return list;
  const at = Array.from({ length: most }, (_, index) => Math.round((index * (list.length - 1)) / (most - 1)));
  return at.flatMap((index) => list[index] ?? []);
}
