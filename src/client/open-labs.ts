/** Loads what computes in the page when a reader opens the fold of a lab, which an address can do, or that of a verification. */
import type { VerifyScript } from '../lab/verify-plan.js';
import { verifyPlanName } from '../shared/data-script.js';
import { load, type ScriptName, scriptAddress, tellAddress } from './data-scripts.js';
import { readMoment } from './interactive/address.js';

/** What the script of such a fold provides: it fills it. */
export type StartFold = (fold: HTMLDetailsElement) => Promise<void>;

/** The name by which the script hands it over, and the start of the names that an address has of a lab. */
export const labName = 'lab';

/** The name by which the script of verifications hands it over. */
export const verifyName = 'verify';

export function openLabs(document: Document, window: Window): void {
  // Whatever is put into a page that is being written.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      const name = ([labName, verifyName] as const).find((one) => target.dataset[one] !== undefined);
      if (name === undefined || target.dataset['started'] !== undefined) return;
      target.dataset['started'] = '';
      const { verify } = target.dataset;
      (verify === undefined ? Promise.resolve() : addressesFrom(verify))
        .then(() => load(name, scriptAddress(name)))
        .then((start) => (start as StartFold)(target))
        .catch((error: unknown) => {
          target.append(String(error));
        });
    },
    true,
  );
  const openAsked = (): void => {
    const { id, values } = readMoment(window.location.hash);
    if (![...values.keys()].some((name) => name.startsWith(`${labName}.`))) return;
    const fold = document.getElementById(id)?.querySelector<HTMLDetailsElement>('details[data-lab]');
    if (fold) fold.open = true;
  };
  openAsked();
  window.addEventListener('hashchange', openAsked);
}

/** What verifies is named by what it verifies, which stands beside it. */
async function addressesFrom(plan: string): Promise<void> {
  const { scripts } = (await load(verifyPlanName, plan)) as VerifyScript;
  const folder = new URL(plan, location.href);
  for (const [name, file] of Object.entries(scripts)) tellAddress(name as ScriptName, new URL(file, folder).href);
}
