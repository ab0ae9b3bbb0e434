/** Vega, drawing a figure's specification into the page: interpreted, with nothing to load and our font's widths. */
import * as vega from 'vega';
import type { LoggerInterface, View } from 'vega';
import type { VegaFigure } from '../../figures/vega-figure.js';
import { vegaExpressions } from '../../figures/vega-expressions.js';
import { closedLoader, measureTextIn } from '../../figures/vega-world.js';

// Named one by one, so that the bundle holds nothing else; the types do not know it.
measureTextIn({ textMetrics: (vega as unknown as { readonly textMetrics: object }).textMetrics });

/** Draws into an element of the page, which may be hidden. Rejects with the first thing that Vega has to say. */
export async function drawVega({ specification, columns }: VegaFigure, container: HTMLElement): Promise<View> {
  const complaints: string[] = [];
  const complain = (...messages: readonly unknown[]): LoggerInterface => {
    complaints.push(messages.map(String).join(' '));
    return logger;
  };
  const silent = (): LoggerInterface => logger;
  const logger = {
    level: () => 1,
    error: complain,
    warn: silent,
    info: silent,
    debug: silent,
  } as unknown as LoggerInterface;
  const data = (specification['data'] as readonly { readonly name: string }[]).map((set) => {
    const its = columns[set.name];
    return its === undefined ? set : { ...set, values: rowsOf(its) };
  });
  const runtime = vega.parse({ ...specification, data }, {}, { ast: true });
  const view = new vega.View(runtime, {
    renderer: 'svg',
    container,
    expr: vegaExpressions,
    loader: closedLoader,
    logger,
    // Vega would write a title on the container; the figure has a tip of its own.
    tooltip: () => undefined,
  });
  await view.runAsync();
  if (complaints[0] !== undefined) {
    view.finalize();
    throw new Error(complaints[0]);
  }
  return view;
}

/** What is null in a column was not there in its row. */
function rowsOf(columns: VegaFigure['columns'][string]): object[] {
  const names = Object.entries(columns);
  return Array.from({ length: names[0]?.[1].length ?? 0 }, (_, index) =>
    Object.fromEntries(names.flatMap(([name, values]) => (values[index] === null ? [] : [[name, values[index]]]))),
  );
}
