/** Which parameters a picture shows: those that a figure's `parameters` names, blocks (0.weight) or single ones (0.weight[3]). */
import { parameterLayout, parameterName } from '../model/network.js';
import { suggestion } from '../suggest.js';
import { networkOf } from './pictures/data.js';
import type { Run, Subject } from './subject.js';
import { count } from './words.js';

/** "0.weight" of "0.weight[3]". */
export function blockOf(name: string): string {
  return name.replace(/\[.*$/, '');
}

/** Whether a parameter is among those that are named; among all, where none are. */
export function isAmong(name: string, wanted: readonly string[] | undefined): boolean {
  return wanted?.some((one) => name === one.replaceAll(' ', '') || blockOf(name) === one) ?? true;
}

/** Whether every name in `parameters` is that of something there is; otherwise the subject has a problem for each. */
export function checkParameters(subject: Subject, namesOf: (run: Run) => readonly string[]): boolean {
  const names = subject.runs.flatMap(namesOf);
  const blocks = [...new Set(names.map(blockOf))];
  const unknown = (subject.request.options.parameters ?? []).flatMap((wanted, index) =>
    names.some((name) => isAmong(name, [wanted])) ? [] : [{ wanted, index }],
  );
  for (const { wanted, index } of unknown) {
    const message = `${count(names.length)} parameters are shown, none of them "${wanted}"`;
    subject.refuse(['parameters', index], 'unknown-parameter', message, suggestion(wanted, blocks));
  }
  return unknown.length === 0;
}

/** The names of a training's parameters, in the order of its network's layout. */
export function parametersOf({ artifact }: Run): string[] {
  return parameterLayout(networkOf(artifact)).flatMap((block) =>
    Array.from({ length: block.size }, (_, position) => parameterName(block, position)),
  );
}
