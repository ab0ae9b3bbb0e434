/** Tables in which what an author has written is looked up. */

/** The same entries without what every object inherits: the name "constructor" finds nothing unless it is one of them. */
export function dictionary<Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
