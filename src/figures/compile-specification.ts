/** A Vega-Lite specification on its way to a view of Vega's. */
import * as vega from 'vega';
import type { LoggerInterface } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Specification } from './drawing.js';
import { withPolylines } from './polylines.js';
import { figureConfig } from './theme.js';
import { withoutUnusedData } from './unused-data.js';
import { type VegaSpecification, withoutTooltips } from './vega-figure.js';

interface Compiled {
  /** As the page's runtime gets it. */
  readonly compiled: VegaSpecification;
  /** What a view is made from. */
  readonly runtime: vega.Runtime;
  readonly warnings: readonly string[];
}

/** Throws when Vega-Lite or Vega cannot. */
export function compileWhole(specification: Specification): Compiled {
  const warnings: string[] = [];
  const compiled = withoutUnusedData(compileSpecification(specification, warnings));
  const runtime = vega.parse(withPolylines(withoutTooltips(compiled)), {}, { ast: true });
  return { compiled, runtime, warnings };
}

/** Vega-Lite to Vega, with the figures' configuration under the specification's own. */
function compileSpecification(specification: Specification, warnings: string[]): VegaSpecification {
  const { spec } = compile(specification as unknown as TopLevelSpec, {
    config: figureConfig as never,
    logger: collect(warnings, warnings),
  });
  return spec as unknown as VegaSpecification;
}

/** A logger that keeps what is said. */
export function collect(warnings: string[], failures: string[]): LoggerInterface {
  const into =
    (list: string[]) =>
    (...messages: readonly unknown[]) => {
      list.push(messages.map((message) => (message instanceof Error ? message.message : String(message))).join(' '));
      return logger;
    };
  const silent = (): LoggerInterface => logger;
  const logger = {
    level: () => 1,
    error: into(failures),
    warn: into(warnings),
    info: silent,
    debug: silent,
  } as unknown as LoggerInterface;
  return logger;
}
