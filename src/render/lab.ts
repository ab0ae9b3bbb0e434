/** The fold under a figure in which a reader trains again, before any script has filled it. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import type { LabInPage } from '../lab/lab-training.js';
import type { Words } from '../languages/words.js';
import { dataScript, labKernelsName } from '../shared/data-script.js';
import { compiledFile } from '../shared/program-folder.js';
import { escapeHtml } from './html.js';

/** By which a page is found to have one. */
export const labClass = 'lab';

/** Of those of one training on a page one is open at a time: they share what its figures show. */
export function labHtml(told: LabInPage, { title, needsScript }: Words['lab']): string {
  return `<details class="${labClass}" name="lab:${told.training}" data-lab="${escapeHtml(JSON.stringify(told))}"><summary>${escapeHtml(title)}</summary><p>${escapeHtml(needsScript)}</p></details>`;
}

/** The script with the engine's kernels, compressed, which a page from disk could load in no other way. */
export function labKernels(): string {
  // Not Node's own, whose bytes differ from version to version.
  const bytes = gzipSync(readFileSync(compiledFile('engine/wasm/kernels.wasm')), { level: 9, mtime: 0 });
  return dataScript(labKernelsName, JSON.stringify(Buffer.from(bytes).toString('base64')));
}
