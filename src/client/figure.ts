/** Loaded when a figure is near: brings it to life. */
import type { InteractiveFigure } from '../figures/interactive-figure.js';
import { startInteractive } from './interactive/interactive-figure.js';
import { wheneverNear } from './near.js';

wheneverNear('[data-interactive]', (host) => {
  const interactive = JSON.parse(host.dataset['interactive'] ?? '{}') as InteractiveFigure;
  startInteractive(host, interactive).catch((error: unknown) => {
    // The drawing still stands; only its slider is missing.
    console.error(`This figure's slider could not be loaded: ${String(error)}`);
  });
});
