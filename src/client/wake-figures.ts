/** Loads what brings these figures to life when the first of them is near, and each of them as it comes near. */
import { load } from './data-scripts.js';
import { wheneverNear } from './near.js';

/** What a script of figures provides: it brings one to life. */
export type Wake = (figure: HTMLElement) => Promise<void>;

/** `name` is that by which the script at `address` provides it. */
export function wakeFigures(figures: string, name: string, address: string | undefined): void {
  if (address === undefined) return;
  wheneverNear(figures, (figure) => {
    load(name, address)
      .then((wake) => (wake as Wake)(figure))
      .catch((error: unknown) => {
        // It still stands as it was drawn.
        console.error(`This figure stays as it is: ${String(error)}`);
      });
  });
}
