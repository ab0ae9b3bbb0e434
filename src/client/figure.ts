/** Loaded when a figure is near: brings it to life. */
import type { LiveFigure } from '../figures/live-figure.js';
import { enliven } from './live/live-figure.js';
import { wheneverNear } from './near.js';

wheneverNear('[data-live]', (host) => {
  const live = JSON.parse(host.dataset['live'] ?? '{}') as LiveFigure;
  enliven(host, live).catch((error: unknown) => {
    // The drawing still stands; only its slider is missing.
    console.error(`This figure's slider could not be loaded: ${String(error)}`);
  });
});
