/** What many runs have in common and differ in, where a page does not list them: their axes, and a file that has them all. */
import type { Language } from '../languages/language.js';
import { csvOf } from '../shared/csv.js';
import { labelsByAxis } from '../shared/labels-by-axis.js';
import { mostListed, sumName } from './build-info-keys.js';
import { escapeHtml } from './html.js';
import type { RenderParts, RunNote } from './parts.js';

/** Of values that are no numbers, so many are named. */
const mostNamed = 6;

/** Where the list of these runs stands: lists of the same runs are one file. */
export function runsFile(runs: readonly RunNote[]): string {
  return `runs/${sumName(runs.map(({ key }) => key))}.csv`;
}

/** The lists of runs that pages sum up, by their addresses. */
export function runsFiles({ figures, tables, experiments }: RenderParts): Map<string, string> {
  const shown = [...figures.values(), ...tables.values()].map(({ runs }) => runs);
  const long = [...shown, ...experiments.values()].filter((runs) => runs.length > mostListed);
  const byAddress = new Map(long.map((runs) => [runsFile(runs), runs]));
  return new Map(Array.from(byAddress, ([address, runs]) => [address, runsCsv(runs)]));
}

/** A table with a row for each axis: how many values, and from where to where. `list` is the address of all runs. */
export function sweepAccountHtml(runs: readonly RunNote[], list: string, language: Language): string {
  const { experiments: words } = language.words;
  const rows = Array.from(labelsByAxis(runs), ([axis, labels]) => {
    const range = `<td>${escapeHtml(rangeOf([...labels], language))}</td>`;
    return `<tr><td><code>${escapeHtml(axis)}</code></td><td class="number">${language.number(labels.size)}</td>${range}</tr>`;
  });
  const head = `<thead><tr><th scope="col">${escapeHtml(words.sweptColumn)}</th><th scope="col" class="number">${escapeHtml(words.valuesColumn)}</th><th scope="col">${escapeHtml(words.rangeColumn)}</th></tr></thead>`;
  const table = rows.length === 0 ? '' : `<table class="axes">${head}<tbody>${rows.join('')}</tbody></table>`;
  const diverged = runs.filter(({ divergedAt }) => divergedAt !== undefined).length;
  const told = [
    escapeHtml(language.count(words.runs, runs.length)),
    ...(diverged > 0 ? [`<strong>${escapeHtml(words.diverged)}: ${language.number(diverged)}</strong>`] : []),
    `<a href="${escapeHtml(list)}" download="runs.csv">${escapeHtml(words.allRuns)}</a>`,
  ];
  return `${table}<p>${told.join(' · ')}</p>`;
}

/** "0.001 – 0.1" of numbers; "relu, tanh" of what is none, and of many the first few. */
function rangeOf(labels: readonly string[], language: Language): string {
  const numbers = labels.map(Number);
  const [first = '', second] = labels;
  if (second === undefined) return first;
  if (labels.every((label) => label.trim() !== '') && numbers.every(Number.isFinite)) {
    const at = (value: number): string => labels[numbers.indexOf(value)] ?? '';
    return `${at(Math.min(...numbers))} – ${at(Math.max(...numbers))}`;
  }
  const left = labels.length - mostNamed;
  const named = labels.slice(0, mostNamed).join(', ');
  return left > 0 ? `${named} … (+${language.number(left)})` : named;
}

/** Every run with the values that it has of each axis and what names its result. */
function runsCsv(runs: readonly RunNote[]): string {
  const axes = [...labelsByAxis(runs).keys()];
  const rows = runs.map(({ name, coordinates, key, profile, device, divergedAt }) => {
    const labels = new Map(coordinates.map(({ axis, label }) => [axis, label]));
    return [name, ...axes.map((axis) => labels.get(axis) ?? null), key, profile, device, divergedAt ?? null];
  });
  return csvOf({ columns: ['run', ...axes, 'key', 'profile', 'device', 'diverged at step'], rows });
}
