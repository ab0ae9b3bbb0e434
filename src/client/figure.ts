/** Loaded when a figure is near: brings it to life. */
import type { LiveFigure } from '../figures/live-figure.js';
import { enliven } from './live/live-figure.js';
import { whenNear } from './near.js';

const hosts = document.querySelectorAll<HTMLElement>('[data-live]');
whenNear(hosts, (host) => {
  if (!(host instanceof HTMLElement)) return;
  const live = JSON.parse(host.dataset['live'] ?? '{}') as LiveFigure;
  enliven(host, live).catch((error: unknown) => {
    // The drawing still stands; only its slider is missing.
    console.error(`This figure's slider could not be loaded: ${String(error)}`);
  });
});
