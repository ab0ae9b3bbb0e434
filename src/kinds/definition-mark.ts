/** By what the program knows what a module defines, whichever copy of `colophon/kinds` the module took it from. */
export const definitionMark = Symbol.for('colophon.definition');

/** Whether a value was made by `defineKind` or `definePicture`. */
export function isDefinition(value: unknown, what: 'kind' | 'picture'): boolean {
  return typeof value === 'object' && value !== null && definitionMark in value && value[definitionMark] === what;
}
