/** Loaded when a figure is near that Vega draws: brings it to life. */
import { whenNear } from './near.js';
import { enliven } from './vega/enliven.js';

whenNear(document.querySelectorAll('.drawing[data-vega]'), (host) => {
  if (!(host instanceof HTMLElement)) return;
  enliven(host).catch((error: unknown) => {
    // The drawing still stands.
    console.error(`This figure stays as it is: ${String(error)}`);
  });
});
