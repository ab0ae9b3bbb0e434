/** What a mark stands for, told by fields of its row: by them a page marks one thing in every figure that draws it. */
import { identityFields } from '../shared/identity-fields.js';
import { hiddenUnits, type Network, parameterCount, type Unit } from '../model/network.js';
import type { Row } from './panels.js';
import { type FigureWords, say } from './words.js';

/** A training run by its name, a hidden unit as `unitValue` names it, a singular direction counted from 1; or two of them. */
export type Identity = Readonly<Partial<Record<(typeof identityFields)[number], string>>>;

/** "7", or of several layers "2.7": units are counted from 0 in each layer, as PyTorch counts, layers from 1. */
export function unitValue({ layer, index }: Pick<Unit, 'layer' | 'index'>, { hidden }: Network): string {
  return hidden.length > 1 ? `${layer + 1}.${index}` : String(index);
}

/** "unit 7", "unit 7 of layer 2": what people call the unit of a `unitValue`. */
export function unitName(value: string, words: FigureWords): string {
  const [first = '', second] = value.split('.');
  return second === undefined
    ? say(words.unit, { unit: first })
    : say(words.unitOfLayer, { unit: second, layer: first });
}

/** By parameter, the unit that it belongs to: the one that it leads into, of the output's weights the one that they come from. */
export function unitsOfParameters(network: Network): (string | undefined)[] {
  const units = Array.from({ length: parameterCount(network) }, (): string | undefined => undefined);
  for (const unit of hiddenUnits(network)) for (const at of unit.parameters) units[at] = unitValue(unit, network);
  return units;
}

/** What the row of a panel stands for; of a panel with one run all rows are of it. */
export function identityOf(row: Row | undefined, runs: readonly string[]): Identity {
  const [run, ...others] = runs;
  const found = identityFields.flatMap((field) => {
    const value = row?.[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return { ...(run !== undefined && others.length === 0 && { run }), ...Object.fromEntries(found) };
}

/** Whether the row of a panel draws the thing. */
export function draws(row: Row, runs: readonly string[], thing: Identity): boolean {
  const own = identityOf(row, runs);
  // A whole run is drawn by the rows that name it; where a panel has no other, by the panel.
  const named = thing.unit !== undefined || thing.component !== undefined ? own : row;
  return identityFields.every((field) => thing[field] === undefined || named[field] === thing[field]);
}
