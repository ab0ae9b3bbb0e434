/** Loaded when a figure is near that Vega draws: brings it to life. */
import { wheneverNear } from './near.js';
import { redraw } from './vega/redraw.js';

wheneverNear('.drawing[data-vega]', (host) => {
  redraw(host).catch((error: unknown) => {
    // The drawing still stands.
    console.error(`This figure stays as it is: ${String(error)}`);
  });
});
