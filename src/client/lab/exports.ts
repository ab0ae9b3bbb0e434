/** What a reader takes home of a run that the page has trained: the same files as `colophon export` writes. */
import { notebookText } from '../../export/notebook.js';
import { toNpz } from '../../export/npz.js';
import { pytorchProgram, pytorchText } from '../../export/pytorch-program.js';
import { toExport, type TrainingToExport } from '../../export/training-to-export.js';
import { asDirective } from '../../lab/as-directive.js';
import type { RunOutcome } from '../../lab/compute-run.js';
import type { Experiment } from '../../lab/fields.js';
import type { LabRun, LabTraining } from '../../lab/lab-training.js';
import { networkOf } from '../../steps/train/start.js';

/** What the page has of it. */
export interface Taken {
  readonly training: LabTraining;
  /** That of the report from which it was changed. */
  readonly run: LabRun;
  readonly experiment: Experiment;
}

export interface TakenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface Exports {
  /** The text of the directive. */
  readonly directive: (taken: Taken) => string;
  readonly files: Readonly<Record<'torch' | 'notebook' | 'arrays', (taken: Taken, outcome: RunOutcome) => TakenFile[]>>;
}

export const exports: Exports = {
  directive: ({ training, run, experiment }) => asDirective(training, run, experiment),
  files: {
    torch(taken, outcome) {
      const { training, beside, program } = programOf(taken, outcome);
      return [{ name: `${taken.training.id}.py`, content: pytorchText(training, program) }, ...beside];
    },
    notebook(taken, outcome) {
      const { training, beside, program } = programOf(taken, outcome);
      return [{ name: `${taken.training.id}.ipynb`, content: notebookText(training, program) }, ...beside];
    },
    arrays: ({ training }, { artifact }) => [{ name: `${training.id}.npz`, content: toNpz(artifact.arrays) }],
  },
};

function programOf(
  taken: Taken,
  { key, artifact, data }: RunOutcome,
): { training: TrainingToExport; program: ReturnType<typeof pytorchProgram>; beside: TakenFile[] } {
  const { training: lab, run, experiment } = taken;
  const facts = lab.datasets[run.dataset]?.facts;
  if (facts === undefined) throw new Error(`there are no data ${run.dataset}`);
  const { options, dataset } = experiment;
  const source = asDirective(lab, run, experiment)
    .replace(/^```.*\n/gm, '')
    .trimEnd();
  const training = toExport(
    {
      ...{ name: lab.id, key, source, options, dataset, network: networkOf(options, facts) },
      classes: facts.classes?.length,
    },
    data,
    artifact,
  );
  const file = `${options.data}.npz`;
  const program = pytorchProgram(training, file);
  return { training, program, beside: program.isBeside ? [{ name: file, content: toNpz(data.arrays) }] : [] };
}
