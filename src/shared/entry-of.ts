/** Looking names up in the tables that give every name of a list its entry. */

/** The entry of that name. Throws a RangeError for a name that no compiler has checked and the table does not have. */
export function entryOf<Table extends object, Name extends string & keyof Table>(
  table: Table,
  name: Name,
  what: string,
): Table[Name] {
  if (!Object.hasOwn(table, name)) throw new RangeError(`there is no ${what} "${name}"`);
  return table[name];
}
