/** A Vega-Lite specification on its way to a view of Vega's. */
import * as vega from 'vega';
import type { LoggerInterface } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Specification } from './drawing.js';
import { withoutLogOfZero, withReadableAxes } from './own-axes.js';
import { figureConfig } from './theme.js';
import { withoutUnusedData } from './unused-data.js';
import { type VegaSpecification, withoutTooltips } from './vega-figure.js';

export interface Compiled {
  /** As the page's runtime gets it. */
  readonly compiled: VegaSpecification;
  /** What a view is made from. */
  readonly runtime: vega.Runtime;
  readonly warnings: readonly string[];
}

/** Throws when Vega-Lite or Vega cannot. */
export function compileWhole(specification: Specification): Compiled {
  const warnings: string[] = [];
  const whole = withoutUnusedData(compileSpecification(specification, warnings));
  return parsed(isOwn(specification) ? withReadableAxes(whole) : whole, warnings);
}

/** Whether an author wrote it: our own pictures say what their axes are called. */
function isOwn({ usermeta }: Specification): boolean {
  return usermeta === undefined;
}

/** The same figure without the rows that have no place on its logarithmic scales. */
export function compileWithoutLogOfZero({ compiled, warnings }: Compiled): Compiled {
  return parsed(withoutLogOfZero(compiled), warnings);
}

function parsed(compiled: VegaSpecification, warnings: readonly string[]): Compiled {
  const runtime = vega.parse(withoutTooltips(compiled), {}, { ast: true });
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
