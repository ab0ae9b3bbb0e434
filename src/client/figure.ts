/** Loaded when a figure is near: brings it to life. */
import { startMoving } from './interactive/moving-figure.js';
import { wheneverNear } from './near.js';

wheneverNear('[data-moving]', (host) => {
  startMoving(host).catch((error: unknown) => {
    // The figure still stands; only its slider is missing.
    console.error(`This figure's slider could not be loaded: ${String(error)}`);
  });
});
