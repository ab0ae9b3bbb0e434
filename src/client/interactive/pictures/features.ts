/** Gradient features: a panel for each block of parameters, a line for each parameter; those of one unit may stand out. */
import { jacobian } from '../../../engine/reference/jacobian.js';
import {
  hiddenUnits,
  type ParameterBlock,
  parameterCount,
  parameterLayout,
  parameterName,
  type Unit,
} from '../../../model/network.js';
import { sampleBySize } from '../../../figures/sample-by-size.js';
import { count, countOf } from '../../../figures/words.js';
import { axisDomain } from '../../../figures/axis.js';
import { bandPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { evenly, type MakePicture, roomy, sampled } from './picture.js';

const points = 101;
/** Of a block, drawn as lines of their own; of larger ones a sample, the same at every checkpoint. */
const mostLines = 60;

export const features: MakePicture = (course, { title, width, height, parameters: names, unit }) => {
  const { network, data } = course;
  const blocks = parameterLayout(network).filter(({ name }) => names.length === 0 || names.includes(name));
  const across = axisDomain(data.domain);
  const grid = evenly(across, points);
  const d = parameterCount(network);
  const matrix = (checkpoint: number): Float64Array =>
    jacobian(network, course.parameters[checkpoint] ?? new Float64Array(d), grid);
  const last = matrix(course.steps.length - 1);
  const shown = blocks.map((block) => linesOf(last, d, block));
  const ranges = blocks.map((): number[] => [0]);
  for (const checkpoint of sampled(course)) {
    const values = matrix(checkpoint);
    blocks.forEach((block, index) => {
      const { low, high } = rangeOf(values, d, block);
      ranges[index]?.push(...low, ...high);
    });
  }
  const panels = blocks.map(({ name }, index) =>
    makePanel({
      title: title === '' ? name : `${title} · ${name}`,
      x: { title: 'input x', domain: across },
      y: { title: 'derivative', domain: roomy(ranges[index] ?? []) },
      width,
      height,
    }),
  );
  // Behind a sample of the lines, all that they lie between.
  const bands = panels.map((panel, index) =>
    (shown[index]?.length ?? 0) < (blocks[index]?.size ?? 0)
      ? panel.path({ fill: 'var(--figure-band)', 'fill-opacity': 0.4 })
      : undefined,
  );
  // Faint lines in front of each other stay readable where they are many.
  const paths = panels.map((panel, index) =>
    panel.path({ stroke: 'var(--figure-c1)', 'stroke-opacity': (shown[index]?.length ?? 0) > 25 ? 0.4 : 0.7 }),
  );
  // The lines of the chosen unit, over the others.
  const units = hiddenUnits(network);
  const ofUnit = panels.map((panel) => panel.path({ stroke: 'var(--figure-c2)', 'stroke-width': 1.75 }));
  const chosen = (): Unit | undefined => {
    const place = unit?.();
    return units.find(({ layer, index }) => layer === place?.layer && index === place.index);
  };
  const chosenIn = ({ offset, size }: ParameterBlock): number[] => {
    return (chosen()?.parameters ?? []).filter((position) => position >= offset && position < offset + size);
  };
  panels.forEach((panel, index) => {
    const [size, lines] = [blocks[index]?.size ?? 0, shown[index]?.length ?? 0];
    panel.say(lines < size ? `${lines} of ${count(size)} lines` : countOf(size, 'line'));
  });
  // Every panel is as wide and has the same axis.
  const x = grid.map(panels[0]?.x ?? Number);
  const y = new Float64Array(points);
  let standing: Unit | undefined;
  return {
    panels,
    key: [
      { label: 'derivative by one parameter', shape: 'line', colour: 'var(--figure-c1)', marks: paths },
      ...(unit === undefined
        ? []
        : [
            { label: 'by those of the chosen unit', shape: 'line', colour: 'var(--figure-c2)', marks: ofUnit } as const,
          ]),
      ...bands.flatMap((band) =>
        band === undefined
          ? []
          : [{ label: 'range of all', shape: 'band', colour: 'var(--figure-band)', marks: [band] } as const],
      ),
    ],
    readings(checkpoint) {
      const values = matrix(checkpoint);
      return panels.flatMap((panel, index) => {
        const block = blocks[index];
        if (block === undefined) return [];
        return [...new Set([...chosenIn(block), ...(shown[index] ?? [])])].map((line, position) => ({
          ...{ panel, heading: parameterName(block, line - block.offset), joined: true, x },
          mark: position < chosenIn(block).length ? ofUnit[index] : paths[index],
          y: x.map((_, i) => panel.y(values[i * d + line] ?? Number.NaN)),
          tell: (i: number) =>
            [
              ['input x', grid[i] ?? Number.NaN],
              ['derivative', values[i * d + line] ?? Number.NaN],
            ] as const,
        }));
      });
    },
    show(checkpoint) {
      const values = matrix(checkpoint);
      const before = standing;
      standing = chosen();
      panels.forEach((panel, index) => {
        const pathOf = (lines: readonly number[]): string =>
          lines
            .map((line) => {
              for (let i = 0; i < points; i++) y[i] = panel.y(values[i * d + line] ?? 0);
              return linePath(x, y);
            })
            .join('');
        const block = blocks[index];
        if (block !== undefined && bands[index] !== undefined) {
          const { low, high } = rangeOf(values, d, block);
          bands[index].setAttribute('d', bandPath(x, low.map(panel.y), high.map(panel.y)));
        }
        paths[index]?.setAttribute('d', pathOf(shown[index] ?? []));
        if (standing !== before) paths[index]?.setAttribute('opacity', standing === undefined ? '1' : '0.45');
        if (standing === undefined && before === undefined) return;
        ofUnit[index]?.setAttribute('d', block === undefined ? '' : pathOf(chosenIn(block)));
      });
    },
    describe() {
      const all = blocks.reduce((sum, { size }) => sum + size, 0);
      const own = blocks.reduce((sum, block) => sum + chosenIn(block).length, 0);
      const features = countOf(all, 'gradient feature');
      if (unit?.() === undefined) return features;
      return `${features}, ${chosen() === undefined ? 'no such unit' : `${own} of the chosen unit`}`;
    },
  };
};

/** At each of the inputs, the least and the largest derivative by the parameters of a block. */
function rangeOf(
  values: Float64Array,
  d: number,
  { offset, size }: ParameterBlock,
): { low: Float64Array; high: Float64Array } {
  const low = new Float64Array(points).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(points).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < points; i++) {
    for (let at = i * d + offset; at < i * d + offset + size; at++) {
      const value = values[at] ?? Number.NaN;
      if (value < (low[i] ?? 0)) low[i] = value;
      if (value > (high[i] ?? 0)) high[i] = value;
    }
  }
  return { low, high };
}

/** The parameters of a block that are drawn. */
function linesOf(values: Float64Array, d: number, { offset, size }: ParameterBlock): number[] {
  const all = Array.from({ length: size }, (_, index) => offset + index);
  if (size <= mostLines) return all;
  const sizes = all.map((line) => {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += (values[i * d + line] ?? 0) ** 2;
    return sum;
  });
  return sampleBySize(sizes, mostLines).map((index) => offset + index);
}
