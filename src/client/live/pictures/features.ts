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
import { linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { evenly, type MakePicture, roomy, sampled } from './picture.js';

const points = 101;
/** Of a block, drawn as lines of their own; of larger ones an even sample. */
const mostLines = 60;

export const features: MakePicture = (course, { title, width, height, parameters: names, unit }) => {
  const { network, data } = course;
  const blocks = parameterLayout(network).filter(({ name }) => names.length === 0 || names.includes(name));
  const grid = evenly(data.domain, points);
  const d = parameterCount(network);
  const matrix = (checkpoint: number): Float64Array =>
    jacobian(network, course.parameters[checkpoint] ?? new Float64Array(d), grid);
  const shown = blocks.map((block) => sampleOf(block));
  const ranges = blocks.map((): number[] => [0]);
  for (const checkpoint of sampled(course)) {
    const values = matrix(checkpoint);
    shown.forEach((lines, block) => {
      for (const line of lines) for (let i = 0; i < points; i++) ranges[block]?.push(values[i * d + line] ?? 0);
    });
  }
  const panels = blocks.map(({ name }, index) =>
    makePanel({
      title: title === '' ? name : `${title} · ${name}`,
      x: { title: 'input x', domain: data.domain },
      y: { title: 'derivative', domain: roomy(ranges[index] ?? []) },
      width,
      height,
    }),
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
    panel.say(lines < size ? `${lines} of ${size} lines` : `${size} ${size === 1 ? 'line' : 'lines'}`);
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
        paths[index]?.setAttribute('d', pathOf(shown[index] ?? []));
        if (standing !== before) paths[index]?.setAttribute('opacity', standing === undefined ? '1' : '0.45');
        if (standing === undefined && before === undefined) return;
        ofUnit[index]?.setAttribute('d', block === undefined ? '' : pathOf(chosenIn(block)));
      });
    },
    describe() {
      const all = blocks.reduce((sum, { size }) => sum + size, 0);
      const own = blocks.reduce((sum, block) => sum + chosenIn(block).length, 0);
      if (unit?.() === undefined) return `${all} gradient features`;
      return `${all} gradient features, ${chosen() === undefined ? 'no such unit' : `${own} of the chosen unit`}`;
    },
  };
};

function sampleOf({ offset, size }: ParameterBlock): number[] {
  const count = Math.min(size, mostLines);
  return Array.from({ length: count }, (_, index) => offset + Math.floor((index * size) / count));
}
