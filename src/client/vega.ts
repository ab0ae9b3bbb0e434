/** Loaded when a figure is near that Vega draws: brings it to life. */
import { wheneverNear } from './near.js';
import { enliven } from './vega/enliven.js';

wheneverNear('.drawing[data-vega]', (host) => {
  enliven(host).catch((error: unknown) => {
    // The drawing still stands.
    console.error(`This figure stays as it is: ${String(error)}`);
  });
});
