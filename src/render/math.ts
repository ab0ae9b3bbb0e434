/** TeX to MathML, with Temml. */
import temml from 'temml';

export interface TexError {
  readonly message: string;
  /** Where in the TeX, if that is known. */
  readonly at?: number;
}

/** The same formulas stand on many pages, and on each page again when it is rendered again. */
const known = new Map<string, string | TexError>();
const mostKnown = 20_000;
const longestTex = 20_000;

/**
 * A formula as a <math> element, or why it cannot be one. The site's Content-Security-Policy allows no style
 * attributes; what Temml writes into them (the padding of a matrix) is left to the stylesheet.
 */
export function texToMathMl(tex: string, display: boolean): string | TexError {
  const key = `${display ? 'd' : 'i'}${tex}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = convert(tex, display);
  if (known.size >= mostKnown) known.clear();
  known.set(key, made);
  return made;
}

function convert(tex: string, display: boolean): string | TexError {
  if (tex.length > longestTex) return { message: `it is ${tex.length} characters long, more than ${longestTex}` };
  const deep = nestedTooDeep(tex);
  if (deep !== undefined) return { message: `it is nested more than ${deepest} levels deep`, at: deep };
  try {
    const html = temml.renderToString(tex, { displayMode: display, throwOnError: true, trust: false, annotate: false });
    return html.replace(/\sstyle="[^"]*"/g, '');
  } catch (error) {
    return explained(error, tex);
  }
}

function explained(error: unknown, tex: string): TexError {
  const message = error instanceof Error ? error.message : String(error);
  const at = error instanceof Error && 'position' in error ? error.position : undefined;
  // An error of the library itself, not of its grammar, says nothing to an author.
  if (error instanceof TypeError || error instanceof RangeError) return { message: 'something is missing in it' };
  const [what = message] = message
    .replace(/^\s*(ParseError: |Temml parse error: )/, '')
    .trim()
    .split(/\s+at (?:position \d+|end of input)\b/);
  return { message: what.split('\n')[0] ?? what, at: typeof at === 'number' ? Math.min(at, tex.length) : tex.length };
}

const deepest = 100;

/** Where braces are nested deeper than the converter, which recurses, is given. */
function nestedTooDeep(tex: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < tex.length; index += 1) {
    const character = tex[index];
    if (character === '\\') index += 1;
    else if (character === '{' || character === '[' || character === '(') {
      depth += 1;
      if (depth > deepest) return index;
    } else if (character === '}' || character === ']' || character === ')') depth = Math.max(0, depth - 1);
  }
  return undefined;
}
