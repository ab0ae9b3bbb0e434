/**
 * Draws a Vega-Lite specification with Vega, without a browser, a canvas, `eval` or a network: expressions are
 * interpreted, text is measured with a table, and nothing can be loaded.
 */
import * as vega from 'vega';
import { collect, type Compiled, compileWhole, compileWithoutLogOfZero } from './compile-specification.js';
import { compactSvg } from './svg/compact.js';
import { drawnTree } from './svg/renderer.js';
import { escapeAttribute, printSvg, type SvgElement } from '../svg/tree.js';
import type { Drawing, DrawingTask, Specification } from './drawing.js';
import { putLayers } from './moving/draw-layers.js';
import { movingDrawing, rowsIn } from './moving/read-layers.js';
import { vegaExpressions } from './vega-expressions.js';
import { fontFamily } from './theme.js';
import { closedLoader, measureTextIn } from './vega-world.js';
import { vegaFigure } from './vega-figure.js';

measureTextIn(vega);

/** Draws the specification. Throws when Vega-Lite or Vega cannot. */
export async function drawSpecification(task: DrawingTask): Promise<Drawing> {
  const { specification, id, description, redrawn } = task;
  let whole = compileWhole(JSON.parse(specification) as Specification);
  if (task.trial === true) return tried(whole);
  let drawn = await drawCompiled(whole);
  const ofZero = drawn.warnings.some((warning) => warning.startsWith(logOfZero));
  if (ofZero) {
    whole = compileWithoutLogOfZero(whole);
    drawn = await drawCompiled(whole);
    if (drawn.warnings.some((warning) => warning.startsWith(logOfZero)))
      throw new Error(`no row has numbers that are above 0, or the scale's domain does not lie above 0: ${noPlace}`);
  }
  const moving = task.moving === true ? movingDrawing(whole.compiled) : undefined;
  if (moving !== undefined) putLayers(drawn.tree, id, { ...moving, rows: rowsIn(whole.compiled) });
  const framed = frame(drawn.tree, id, description);
  return {
    ...framed,
    ...(moving !== undefined && { moving }),
    vega: redrawn ? vegaFigure(whole.compiled, framed.svg.length) : '',
    warnings: [
      ...new Set(drawn.warnings),
      ...(ofZero ? [`rows with numbers that are not above 0 are left out: ${noPlace}`] : []),
    ],
  };
}

/** What is said without a look at any row. Throws where an expression names what there is not. */
function tried({ runtime, warnings }: Compiled): Drawing {
  new vega.View(runtime, { renderer: 'none', expr: vegaExpressions, loader: closedLoader }).finalize();
  return { svg: '', width: 0, height: 0, vega: '', warnings: [...new Set(warnings)] };
}

/** What Vega says of a logarithmic scale over numbers of which some are not above 0, or over none. */
const logOfZero = 'Log scale domain includes zero';
const noPlace = 'a logarithmic scale has no place for 0 and below, one of type "symlog" has';

async function drawCompiled({
  runtime,
  warnings: said,
}: Compiled): Promise<{ readonly tree: SvgElement; readonly warnings: readonly string[] }> {
  const failures: string[] = [];
  const warnings = [...said];
  const view = new vega.View(runtime, {
    renderer: 'none',
    expr: vegaExpressions,
    loader: closedLoader,
    logger: collect(warnings, failures),
  });
  try {
    const tree = await drawnTree(view);
    if (failures[0] !== undefined) throw new Error(failures[0]);
    return { tree, warnings };
  } finally {
    view.finalize();
  }
}

/** The drawing as a page takes it: small, and an image with a text alternative. */
function frame(svg: SvgElement, id: string, description: string): { svg: string; width: number; height: number } {
  compactSvg(svg, id);
  const [width, height] = ['width', 'height'].map((name) => Math.ceil(Number(svg.attributes.get(name)))) as [
    number,
    number,
  ];
  const attributes = new Map([
    ['xmlns', 'http://www.w3.org/2000/svg'],
    ['class', 'figure-drawing'],
    ['role', 'img'],
    ['aria-label', escapeAttribute(description)],
    ['viewBox', `0 0 ${width} ${height}`],
    ['width', String(width)],
    ['height', String(height)],
    ['font-family', fontFamily],
    ['fill', 'none'],
  ]);
  return { svg: printSvg({ ...svg, attributes }), width, height };
}
