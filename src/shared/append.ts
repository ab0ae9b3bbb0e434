/** Adds all of the items to a list, however many: as arguments of one call a hundred thousand overflow the stack. */
export function append<Item>(list: Item[], ...groups: readonly (readonly Item[])[]): void {
  for (const items of groups) for (const item of items) list.push(item);
}
