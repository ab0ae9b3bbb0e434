/**
 * A classic script that hands data to a page's own scripts, the only thing that a page opened from disk may load. They share
 * a name that is a symbol: the id of an element is a name of its window too, and no id is a symbol.
 */

/** As the page's scripts know it: `Symbol.for(registryName)`. */
export const registryName = 'colophon';

/** The words of the page's scripts, in another language than English: `Symbol.for(wordsName)`. */
export const wordsName = 'colophon.words';

/** The name by which a script hands over the words of labs. */
export const labWordsName = 'lab:words';

/** The name by which a script hands over the kernels of the engine, in base64. */
export const labKernelsName = 'lab:kernels';

/** The name by which a script hands over what a reader can have computed again on a page. */
export const verifyPlanName = 'verify:plan';

/** The script with these words, which runs before all others. */
export function wordsScript(words: object): string {
  return `globalThis[Symbol.for(${JSON.stringify(wordsName)})]=${JSON.stringify(words)};\n`;
}

/** The script that hands a value over under `name`: what stands before and after the value. */
export function dataScriptAround(name: string): readonly [before: string, after: string] {
  return [`globalThis[Symbol.for(${JSON.stringify(registryName)})].provide(${JSON.stringify(name)},`, ');\n'];
}

/** The whole script of a value that is not large. */
export function dataScript(name: string, json: string): string {
  const [before, after] = dataScriptAround(name);
  // A `<` could end the script's element early; it need not stand in any JSON.
  return `${before}${json.replaceAll('<', '\\u003c')}${after}`;
}
