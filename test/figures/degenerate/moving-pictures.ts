/** The moving pictures of a site at every checkpoint, drawn without a browser. */
import '../../../src/client/english-words.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseOf } from '../../../src/client/interactive/course.js';
import { field } from '../../../src/client/interactive/fields.js';
import { linearisation } from '../../../src/client/interactive/linearisation.js';
import { rowsOfPicture } from '../../../src/client/interactive/rows.js';
import type { PictureRows } from '../../../src/client/interactive/view.js';
import type { InteractiveTraining } from '../../../src/figures/interactive-data.js';
import type { FigureInPage, MovingParts, ToldFigure } from '../../../src/figures/moving/figure-that-moves.js';
import { layerMarks, placesIn, rowsByPart } from '../../../src/figures/moving/plot.js';
import { faultsOf } from './svg-faults.js';

/** What is wrong with the pictures with sliders. */
export function movingFaults(site: string): string[] {
  const trainings = new Map(
    readdirSync(join(site, 'assets'))
      .filter((name) => name.startsWith('training-'))
      .map((name) => {
        const training = valueIn(join(site, 'assets', name)) as InteractiveTraining;
        return [training.id, training];
      }),
  );
  return toldFigures(site).flatMap((figure) => {
    const training = trainings.get(figure.training);
    return training === undefined ? [`no data of ${figure.training}`] : figureFaults(figure, training);
  });
}

/** What the page is told of its figures that move. */
export function toldFigures(site: string): ToldFigure[] {
  const html = readFileSync(join(site, 'index.html'), 'utf8');
  return [...html.matchAll(/data-moving="([^"]*)"/g)].map(([, json = '']): ToldFigure => {
    const figure = JSON.parse(
      json.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    ) as FigureInPage;
    return { ...figure, ...(valueIn(join(site, figure.script)) as MovingParts) };
  });
}

/** What a script hands over. */
export function valueIn(file: string): unknown {
  const script = readFileSync(file, 'utf8');
  return JSON.parse(script.slice(script.indexOf(',') + 1, script.lastIndexOf(')')));
}

/** What makes the rows of a picture, whichever script the page has it from. */
export function rowsOf(picture: string): PictureRows {
  const apart: Readonly<Record<string, PictureRows>> = { field, linearisation };
  return apart[picture] ?? rowsOfPicture(picture);
}

function figureFaults(
  { picture, panels, layers, start, leaveOut }: ToldFigure,
  training: InteractiveTraining,
): string[] {
  const { background, ghost, moment } = rowsOf(picture);
  return panels.flatMap(({ runs, plot, context }) => {
    const courses = training.runs.filter(({ name }) => runs.includes(name)).map((run) => courseOf(run, training));
    const [course] = courses;
    if (course === undefined) return [];
    const places = placesIn(plot);
    return course.steps
      .flatMap((step) => {
        const view = { courses, course, step, start, plot, context, leaveOut, chosen: [0], component: -1 };
        const parts = rowsByPart([...(background?.(view) ?? []), ...(ghost?.(view) ?? []), ...moment(view)]);
        const printed = layers
          .flatMap((layer) => layerMarks(layer, parts, places))
          .map(({ tag, attributes, lines = [] }) => {
            const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
            return `<${tag}${said.join('')}>${lines.join(' ')}</${tag}>`;
          });
        const faults = printed.flatMap(faultsOf);
        return faults.slice(0, 1).map((fault) => `moving ${picture}, ${course.name} at step ${step}: ${fault}`);
      })
      .slice(0, 2);
  });
}
