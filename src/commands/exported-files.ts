/** The files that `colophon export` writes of one step. */
import { notebookText } from '../export/notebook.js';
import { toNpz } from '../export/npz.js';
import { pytorchProgram, pytorchText } from '../export/pytorch-program.js';
import { trainingToExport } from '../pipeline/training-to-export.js';
import type { PlannedStep } from '../plan/plan.js';
import type { Store } from '../store/store.js';
import { fileNameOf, resultsOf } from './print-results.js';

interface ExportedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What is asked for of one step, whose inputs (and for arrays itself) the store has. */
export function exportedFiles(
  step: PlannedStep,
  store: Store,
  { torch, ipynb, npz }: Readonly<Record<'torch' | 'ipynb' | 'npz', boolean>>,
): ExportedFile[] {
  const [result] = resultsOf([step], store).found;
  const name = fileNameOf(step);
  const files: ExportedFile[] = [];
  if (torch || ipynb) {
    const [dataset] = resultsOf(Object.values(step.inputs), store).found;
    if (dataset === undefined) throw new Error(`the data of ${step.name} are not in the store`);
    const beside = `${fileNameOf(dataset.step)}.npz`;
    const training = trainingToExport(step, dataset, result);
    const program = pytorchProgram(training, beside);
    if (torch) files.push({ name: `${name}.py`, content: pytorchText(training, program) });
    if (ipynb) files.push({ name: `${name}.ipynb`, content: notebookText(training, program) });
    if (program.isBeside) files.push({ name: beside, content: toNpz(dataset.result.artifact.arrays) });
  }
  if (npz && result !== undefined) files.push({ name: `${name}.npz`, content: toNpz(result.result.artifact.arrays) });
  return files;
}
