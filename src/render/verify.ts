/** The fold in which a reader has experiments computed again, before any script has filled it, and the script with them. */
import type { VerifyPlan, VerifyScript } from '../lab/verify-plan.js';
import type { Words } from '../languages/words.js';
import { dataScript, verifyPlanName } from '../shared/data-script.js';
import { escapeHtml } from './html.js';
import { labClass } from './lab.js';

/** `script` is the address of what is computed, as the page has it. */
export function verifyHtml(script: string, title: string, { needsScript }: Words['verify']): string {
  return `<details class="${labClass}" data-verify="${escapeHtml(script)}"><summary>${escapeHtml(title)}</summary><p>${escapeHtml(needsScript)}</p></details>`;
}

/** `paths` are those of what computes it, in the folder of this script. */
export function verifyScript(plan: VerifyPlan, paths: VerifyScript['scripts']): string {
  const beside = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const { verify, verifyEngine, labKernels, labStyle } = paths;
  const scripts = {
    ...{ verify: beside(verify), verifyEngine: beside(verifyEngine) },
    ...{ labKernels: beside(labKernels), labStyle: beside(labStyle) },
  };
  return dataScript(verifyPlanName, JSON.stringify({ ...plan, scripts } satisfies VerifyScript));
}
