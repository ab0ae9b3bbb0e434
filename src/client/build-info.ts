/** What differs from build to build, when a reader asks for it: dates, durations, the host, what was verified. */
import { load } from './give.js';

interface Made {
  readonly seconds: number;
  readonly at: string;
  readonly platform?: string;
}

interface Info {
  readonly built: string;
  readonly steps: readonly { readonly key: string; readonly made: Made; readonly verified?: string }[];
}

/** Fills every element that asks for something of the build, once one of them is shown. */
export function showBuildInfo(document: Document, address: string | undefined): void {
  const asking = document.querySelectorAll<HTMLElement>('[data-build-info]');
  if (address === undefined || asking.length === 0) return;
  let asked = false;
  const fill = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    const { steps } = (await load('build-info', address)) as Info;
    const byKey = new Map(steps.map((step) => [step.key, step]));
    for (const element of asking) {
      const found = (element.dataset['keys'] ?? '').split(' ').flatMap((key) => byKey.get(key) ?? []);
      element.hidden = false;
      if (element.dataset['keys'] === undefined) continue;
      const seconds = found.reduce((sum, { made }) => sum + made.seconds, 0);
      element.textContent = element.dataset['buildInfo'] === 'seconds' ? `${short(seconds)} s` : account(found);
    }
  };
  const start = (): void => {
    fill().catch((error: unknown) => {
      console.error(`When and how fast stays untold: ${String(error)}`);
    });
  };
  for (const element of asking) {
    const fold = element.closest('details');
    if (fold === null) start();
    else
      fold.addEventListener('toggle', () => {
        if (fold.open) start();
      });
  }
}

function account(steps: Info['steps']): string {
  return steps
    .map(({ made, verified }) => {
      const on = made.platform === undefined ? '' : ` on ${made.platform}`;
      const told = verified === undefined ? '' : `; ${verified}`;
      return `Computed in ${short(made.seconds)} s on ${made.at.slice(0, 10)}${on}${told}.`;
    })
    .join(' ');
}

function short(seconds: number): string {
  return String(Number(seconds.toPrecision(2)));
}
