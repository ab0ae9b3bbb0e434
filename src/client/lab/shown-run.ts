/** The reader's run where it shows: over the report's in the figures of the training, in their keys, and in the table. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import { isSame } from '../../lab/fields.js';
import type { LabTraining } from '../../lab/lab-training.js';
import type { Course } from '../interactive/course.js';
import type { Training } from '../interactive/training.js';
import { number } from '../numbers.js';
import type { Chosen } from './experiment.js';
import type { Trained } from './pace.js';
import type { Panel } from './panel.js';
import { resultsTable } from './results-table.js';
import { sameness } from './sameness.js';

export interface ShownRun {
  show(trained: Trained): void;
  /** Nothing shows any more. */
  readonly drop: () => void;
}

interface ShownRequest {
  readonly lab: LabTraining;
  readonly words: Words['lab'];
  readonly training: Training;
  readonly panel: Panel;
  /** What the reader has chosen, of which the run is. */
  readonly chosen: () => Chosen;
}

export function shownRun({ lab, words, training, panel, chosen }: ShownRequest): ShownRun {
  let shown: { readonly yours: Course; readonly theirs: Course; readonly hasSpectrum: boolean } | undefined;
  const table = (): void => {
    if (shown === undefined) return;
    keys(training, words, true);
    const step = training.moment.steps[training.moment.checkpoint] ?? 0;
    resultsTable(panel.table, shown, step, words, shown.hasSpectrum);
    panel.sayLeaves(leaving(training, words));
  };
  const again = followAtRest(training, table);
  return {
    show({ outcome, experiment, seconds, guest: { samples, ...guest } }) {
      const { run, dataset } = chosen();
      const theirs = training.courses.find(({ name }) => name === run.name) ?? training.courses[0];
      if (theirs === undefined) throw new Error(`the page has no run of ${lab.id}`);
      // Of the report's data the page has what is drawn already.
      const data = isSame(experiment.dataset, dataset.options) ? theirs.data : { ...theirs.data, ...samples };
      const yours = training.invite(theirs.name, { ...guest, data }, words.yours);
      if (yours === undefined) return;
      const { options } = experiment;
      const isPlain = options['output-scale'] === undefined && options.network.parametrization === undefined;
      shown = { yours, theirs, hasSpectrum: isPlain && yours.network.outputs === undefined };
      const diverged = yours.divergedAt === null ? [] : [say(words.divergedAt, { step: number(yours.divergedAt) })];
      panel.say([say(words.trained, { seconds: seconds.toPrecision(2) }), ...diverged].join(' '));
      panel.sayBytes(sameness(lab, outcome, { yours, courses: training.courses }, words));
      // What leaves the axes is known when it has been drawn.
      again();
    },
    drop() {
      if (shown === undefined) return;
      shown = undefined;
      training.invite('', undefined, '');
      keys(training, words, false);
      panel.sayBytes({ text: '', isOther: false, report: '' });
      panel.sayLeaves('');
      panel.table.replaceChildren();
    },
  };
}

/**
 * Calls when another moment shows, of what plays when it has come to rest, and when another figure has come to life; always after
 * the figures have been drawn. What it gives has it called at the next frame.
 */
function followAtRest({ moment, panels }: Training, call: () => void): () => void {
  let before = '';
  moment.follow(() => {
    const now = `${moment.checkpoint} ${panels.size}`;
    if (moment.playing || now === before) return;
    before = now;
    queueMicrotask(call);
  });
  return () => {
    before = '';
    moment.set({});
  };
}

/** Says in the keys of all figures what is dashed. */
function keys(training: Training, words: Words['lab'], isThere: boolean): void {
  for (const { figure } of training.panels) {
    const list = figure.querySelector('.moving-key');
    const known = list?.querySelector('.colophon-lab-key');
    if (!isThere) known?.remove();
    else if (list && !known) {
      const entry = document.createElement('li');
      entry.className = 'colophon-lab-key';
      entry.textContent = words.yours;
      list.append(entry);
    }
  }
}

/** Which figures have a part of the reader's run beyond their axes. */
function leaving(training: Training, words: Words['lab']): string {
  const figures = [...training.panels].flatMap(({ figure, living, rows }) => {
    const { x, y } = living.plot;
    const beyond = (value: unknown, [low, high]: readonly [number, number]): boolean =>
      typeof value === 'number' && (value < low || value > high);
    const own = rows().filter((row) => row['name'] === words.yours);
    // A picture that cuts its lines off at its axes says so in a note; alone, a note says that there is no line.
    const isCut = own.some(({ part }) => part === 'note') && own.some(({ part }) => part !== 'note');
    const leaves = isCut || own.some((row) => beyond(row['x'], x.domain) || beyond(row['y'], y.domain));
    return leaves ? [(figure.querySelector('figcaption .label')?.textContent ?? figure.id).replace(/\.\s*$/, '')] : [];
  });
  return figures.length === 0 ? '' : say(words.leaves, { figures: [...new Set(figures)].join(', ') });
}
