/** Fills the fold of a lab, and trains in it: what the reader chooses, as soon as it can be, over the report's run in all its figures. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import { type LabInPage, type LabTraining, labName as dataName } from '../../lab/lab-training.js';
import { isSame } from '../../lab/fields.js';
import { hiddenUnits } from '../../model/network.js';
import { labWordsName } from '../../shared/data-script.js';
import { load, scriptAddress } from '../data-scripts.js';
import { readMoment } from '../interactive/address.js';
import type { Training, trainingOf } from '../interactive/training.js';
import { trainingsName } from '../interactive/view.js';
import { labName } from '../open-labs.js';
import { askedChoices, type Choices, chosenOf, writtenChoices } from './experiment.js';
import { type Places, short } from './elbow-track.js';
import { fieldControls } from './field-controls.js';
import { loadStyle } from './load-style.js';
import { makePanel } from './panel.js';
import { pace } from './pace.js';
import { shownRun } from './shown-run.js';
import { takeHome } from './take-home.js';

/** A lab of the page, with what its figures share. */
interface Lab {
  readonly lab: LabTraining;
  readonly words: Words['lab'];
  readonly training: Training;
  readonly figure: HTMLElement;
}

export async function startLab(fold: HTMLDetailsElement): Promise<void> {
  const told = JSON.parse(fold.dataset['lab'] ?? '{}') as LabInPage;
  const figure = fold.closest('figure') ?? fold;
  const [words, lab, trainings] = await Promise.all([
    load(labWordsName, scriptAddress('labWords')),
    load(dataName(told.training), told.script),
    load(trainingsName, scriptAddress('figures')),
    loadStyle(scriptAddress('labStyle')),
  ]);
  const moving = figure.querySelector<HTMLElement>('[data-moving]')?.dataset['moving'] ?? '{}';
  const training = await (trainings as typeof trainingOf)(JSON.parse(moving) as Parameters<typeof trainingOf>[0]);
  run(fold, { lab: lab as LabTraining, words: words as Words['lab'], training, figure });
}

function run(fold: HTMLDetailsElement, { lab, words, training, figure }: Lab): void {
  const panel = makePanel(fold, lab, words);
  const asked = (): ReadonlyMap<string, string> => {
    const { id, values } = readMoment(location.hash);
    const own = [...values].filter(([name]) => name.startsWith(`${labName}.`));
    return new Map(id === figure.id ? own.map(([name, value]) => [name.slice(labName.length + 1), value]) : []);
  };
  const first = askedChoices(lab, asked());
  let { choices } = first;
  const remember = (): void => {
    const written = writtenChoices(lab, choices);
    training.asked = new Map(Array.from(written, ([name, value]) => [`${labName}.${name}`, value]));
  };
  const link = (): void => {
    remember();
    for (const { link: write } of [...training.panels].filter((one) => one.figure === figure).slice(0, 1)) write();
  };
  const home = takeHome(panel.home, words);
  const shown = shownRun({ ...{ lab, words, training, panel }, chosen: () => chosenOf(lab, choices) });
  const paced = pace({
    panel,
    words,
    show(trained) {
      shown.show(trained);
      const { run: report } = chosenOf(lab, choices);
      home.enable({ training: lab, run: report, experiment: trained.experiment }, trained.outcome);
    },
    drop: shown.drop,
    isHidden: () => document.hidden,
  });
  const ask = (most: 'moving' | 'left' | 'asked'): void => {
    const { experiment, dataset, run: report } = chosenOf(lab, choices);
    home.offer({ training: lab, run: report, experiment });
    paced.ask({ experiment, dataset, training: lab }, most);
  };
  const rebuild = (): void => {
    const { fields } = chosenOf(lab, choices);
    fieldControls(panel.fields, fields, ({ id, value }) => choices.changes.get(id) ?? value, words, {
      places: () => placesAtStart(training, chosenOf(lab, choices).run.name),
      changed(id, value, isFinal) {
        choices = { ...choices, changes: new Map([...choices.changes, [id, value]]) };
        if (id === 'optimizer') {
          // Its rate and momentum are those that the rule has by itself.
          const kept = [...choices.changes].filter(([name]) => name !== 'rate' && name !== 'momentum');
          choices = { ...choices, changes: new Map(kept) };
          rebuild();
        }
        if (id.startsWith('width') && isFinal) {
          // Elbows that were put are those of the width that the run has.
          choices = { ...choices, changes: new Map([...choices.changes].filter(([name]) => name !== 'elbows')) };
          rebuild();
        }
        ask(isFinal ? 'left' : 'moving');
        if (isFinal) link();
      },
    });
  };
  const choose = (to: Choices): void => {
    choices = to;
    remember();
    panel.from.value = String(choices.from);
    rebuild();
    ask('left');
  };
  panel.from.addEventListener('change', () => {
    choose({ from: Number(panel.from.value), changes: new Map() });
    link();
  });
  panel.reset.addEventListener('click', () => {
    choose({ from: choices.from, changes: new Map() });
    link();
  });
  panel.train.addEventListener('click', () => {
    ask('asked');
  });
  panel.cancel.addEventListener('click', () => {
    paced.cancel();
  });
  fold.addEventListener('toggle', () => {
    if (fold.open) {
      ask('left');
      return;
    }
    paced.close();
  });
  window.addEventListener('pagehide', () => {
    paced.close();
  });
  document.addEventListener('visibilitychange', () => {
    if (fold.open) paced.pauseWhileHidden();
  });
  window.addEventListener('hashchange', () => {
    const now = askedChoices(lab, asked());
    if (readMoment(location.hash).id === figure.id && !isSameChoice(lab, now.choices, choices)) choose(now.choices);
  });
  choose(choices);
  panel.sayRefused(first.refused.map((text) => say(words.badLink, { asked: text })).join(' '));
}

/** Where a run of the report has its elbows before training, and between which inputs. */
function placesAtStart({ courses }: Training, run: string): Places {
  const course = courses.find(({ name }) => name === run);
  if (course === undefined) return { at: [], domain: [0, 1] };
  const { network, parameters, data } = course;
  const start = parameters[0] ?? new Float64Array();
  const at = hiddenUnits(network).map(({ parameters: [w = 0, b = 0] }) => -(start[b] ?? 0) / (start[w] ?? 0));
  return { at: at.map(short), domain: data.domain };
}

function isSameChoice(lab: LabTraining, one: Choices, other: Choices): boolean {
  return isSame(chosenOf(lab, one).experiment, chosenOf(lab, other).experiment);
}
