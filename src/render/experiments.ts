/** What the pages of experiments and of provenance show: every directive that computed something, and where it is used. */
import Handlebars from 'handlebars/runtime.js';
import type { Report } from '../source/report.js';
import { keysAttribute, mostListed } from './build-info-keys.js';
import { nounOf } from './nouns.js';
import { say } from '../languages/words.js';
import type { Href, Link } from './contents.js';
import { anchorOf, type Label, labelText } from './labels.js';
import { titleToText } from './math-text.js';
import type { RenderParts, RunNote } from './parts.js';
import { runsFile } from './sweep-account.js';

export interface Experiment extends Link {
  readonly id: string;
  /** "Training". */
  readonly noun: string;
  readonly page: string;
  readonly runs: readonly RunNote[];
  /** "3 runs". */
  readonly count: string;
  readonly diverged: boolean;
  readonly isOwnCode: boolean;
  /** The attribute by which the script finds how long they took. */
  readonly keys: object;
  /** The address of the list of its runs; empty where pages list them. */
  readonly list: string;
  /** "reader, wasm-f32/1", once each. */
  readonly on: string;
  /** Figures, tables, experiments and pages that show or need it. */
  readonly uses: readonly Link[];
}

/** Every directive with runs, in reading order. `numbersOn` has the pages whose text prints numbers of a directive. */
export function experimentsOf(
  report: Report,
  parts: RenderParts,
  labels: ReadonlyMap<string, Label>,
  numbersOn: ReadonlyMap<string, ReadonlySet<string>>,
  href: Href,
): Experiment[] {
  const language = report.languageOf(report.settings.language);
  const { experiments: words, kinds } = language.words;
  const shownBy = new Map<string, Link[]>();
  const add = (id: string, link: Link): void => {
    const links = shownBy.get(id) ?? [];
    if (!links.some(({ href: known }) => known === link.href)) links.push(link);
    shownBy.set(id, links);
  };
  for (const page of report.pages) {
    for (const directive of page.directives) {
      const shown = parts.figures.get(directive.id)?.runs ?? parts.tables.get(directive.id)?.runs ?? [];
      const label = labels.get(directive.id);
      if (label !== undefined)
        for (const { id } of shown)
          add(id, { title: labelText(label, { labels, language }), href: `${href(label.address)}#${label.anchor}` });
      const derived = { title: directive.id, href: `${href(page.address)}#${anchorOf(directive)}` };
      for (const run of parts.experiments.get(directive.id) ?? []) for (const id of run.inputs) add(id, derived);
    }
  }
  for (const page of report.pages) {
    for (const id of numbersOn.get(page.file) ?? [])
      add(id, { title: say(words.textOf, { title: titleToText(page.title) }), href: href(page.address) });
  }
  return report.pages.flatMap((page) =>
    page.directives.flatMap((directive): Experiment[] => {
      const runs = parts.experiments.get(directive.id);
      if (runs === undefined || runs.length === 0) return [];
      const devices = runs.map(({ device, profile }) => [device, profile].filter((part) => part !== '').join(', '));
      return [
        {
          id: directive.id,
          title: directive.id,
          href: `${href(page.address)}#${anchorOf(directive)}`,
          noun: nounOf(directive, kinds),
          page: titleToText(page.title),
          runs,
          count: language.count(words.runs, runs.length),
          diverged: runs.some(({ divergedAt }) => divergedAt !== undefined),
          isOwnCode: runs.some(({ isOwnCode }) => isOwnCode === true),
          // How long it took to read a file is no time of an experiment.
          keys: new Handlebars.SafeString(
            keysAttribute(runs.flatMap(({ key, imported }) => (imported === undefined ? [key] : []))),
          ),
          list: runs.length > mostListed ? href(runsFile(runs)) : '',
          on: runs.some(({ imported }) => imported !== undefined)
            ? words.notComputedHere
            : [...new Set(devices)].join('; '),
          uses: shownBy.get(directive.id) ?? [],
        },
      ];
    }),
  );
}
