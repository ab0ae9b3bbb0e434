/** Which of a network's parameters a picture shows: for the build and for the page. */
import { type Network, parameterLayout, parameterName } from '../model/network.js';

/** "0.weight" of "0.weight[3]". */
export function blockOf(name: string): string {
  return name.replace(/\[.*$/, '');
}

/** Whether a parameter is among those that are named; among all, where none are. */
export function isAmong(name: string, wanted: readonly string[] | undefined): boolean {
  return wanted?.some((one) => name === one.replaceAll(' ', '') || blockOf(name) === one) ?? true;
}

/** Their names, in the order of the network's layout. */
export function namesOfParameters(network: Network): string[] {
  return parameterLayout(network).flatMap((block) =>
    Array.from({ length: block.size }, (_, position) => parameterName(block, position)),
  );
}

/** A parameter, and where it lies in the flat parameters. */
export interface ChosenParameter {
  readonly name: string;
  readonly position: number;
}

/** Those that are named, blocks or single ones; all, where none are. */
export function chosenParameters(network: Network, wanted: readonly string[] | undefined): ChosenParameter[] {
  return namesOfParameters(network)
    .map((name, position) => ({ name, position }))
    .filter(({ name }) => isAmong(name, wanted));
}
