/** Which parameters a picture shows: those that a figure's `parameters` names, blocks (0.weight) or single ones (0.weight[3]). */
import { type Network, parameterLayout, parameterSubscripts } from '../model/network.js';
import { blockOf, namesOfParameters } from './parameter-choice.js';
import { networkOf } from './pictures/data.js';
import type { Run } from './subject.js';

/** The names of a training's parameters, in the order of its network's layout. */
export function parametersOf({ artifact }: Run): string[] {
  return namesOfParameters(networkOf(artifact));
}

/** Some of a network's parameters, as an option names them: whole blocks, and single ones. */
type Named = readonly string[] | 'all';

/** The blocks of which both lists name a parameter, in the order of the network's layout. */
export function blocksAmong(network: Network, chosen: Named, wanted: Named): string[] {
  const both = (block: string): boolean =>
    within(block, chosen).some((one) =>
      within(block, wanted).some((other) => one === other || one === block || other === block),
    );
  return parameterLayout(network).flatMap(({ name }) => (both(name) ? [name] : []));
}

function within(block: string, names: Named): readonly string[] {
  return names === 'all' ? [block] : names.map(spaceless).filter((name) => blockOf(name) === block);
}

/** Whether a network has a block or a parameter of this name. */
export function hasParameter(network: Network, written: string): boolean {
  const name = spaceless(written);
  const block = parameterLayout(network).find((one) => one.name === blockOf(name));
  if (block === undefined || name === block.name) return block !== undefined;
  const position = /^\[([\d,]+)\]$/.exec(name.slice(block.name.length))?.[1]?.split(',').map(Number) ?? [];
  const sizes = parameterSubscripts(block);
  return position.length === sizes.length && position.every((at, axis) => at < (sizes[axis] ?? 0));
}

function spaceless(name: string): string {
  return name.replaceAll(' ', '');
}
