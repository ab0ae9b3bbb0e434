/** Loads what brings these figures to life, once, when the first of them is near. */
import { loadScript } from './data-scripts.js';
import { wheneverNear } from './near.js';

export function wakeFigures(figures: string, address: string | undefined): void {
  if (address === undefined) return;
  let loaded = false;
  wheneverNear(figures, () => {
    if (loaded) return;
    loaded = true;
    loadScript(address).catch((error: unknown) => {
      console.error(`Figures stay as they are: ${String(error)}`);
    });
  });
}
