/** TeX to MathML, with Temml. */
import { createRequire } from 'node:module';
import type Temml from 'temml';
import { messageOf } from '../shared/message-of.js';
import { once } from '../shared/lazy.js';
import { withoutStyles } from './math-style.js';

export interface TexError {
  readonly message: string;
  /** Where in the TeX, if that is known. */
  readonly at?: number;
  /** What to write in its place, if that is known. */
  readonly hint?: string;
}

/** Loaded with the first formula: it is larger than all of this program. */
const temml = once(() => createRequire(import.meta.url)('temml') as typeof Temml);

/** The same formulas stand on many pages, and on each page again when it is rendered again. */
const known = new Map<string, string | TexError>();
const mostKnown = 20_000;
const longestTex = 20_000;

/** Commands of packages that Temml does not know, in those that it does. */
const commands = {
  '\\mbox': '\\text{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\hdots': '\\ldots',
};

/** LaTeX's own labels and references, which only the whole report can answer. */
const label = /\\(label|eqref|ref)\s*\{\s*(?:eq:)?([^}]*?)\s*\}/;

/** A formula as a <math> element, or why it cannot be one. */
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
  const labelled = label.exec(tex);
  if (labelled !== null) return misplacedLabel(labelled);
  try {
    const options = { displayMode: display, throwOnError: true, trust: false, annotate: false };
    // What a formula defines is its own.
    return withoutStyles(temml().renderToString(withKnownEnvironments(tex), { ...options, macros: { ...commands } }));
  } catch (error) {
    return explained(error, tex);
  }
}

/** LaTeX's oldest environments as those that do the same. */
function withKnownEnvironments(tex: string): string {
  return tex
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{darray}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{darray}')
    .replace(/\\(?:begin|end)\{(?:displaymath|math)\}/g, '');
}

function misplacedLabel({ 1: command = '', 2: name = '', index }: RegExpExecArray): TexError {
  const id = `eq-${name}`;
  return command === 'label'
    ? { message: 'a label inside it numbers nothing', at: index, hint: `write {#${id}} after the closing $$ instead` }
    : {
        message: `\\${command} cannot stand inside it`,
        at: index,
        hint: `write @${id} in the text, for the equation {#${id}}`,
      };
}

/** What authors of LaTeX write and Temml does not read. */
const instead: Readonly<Record<string, string>> = {
  '\\DeclareMathOperator': 'write \\operatorname{...} where it is used',
};

const afterDollars =
  'close a formula with $$ on a line of its own, where only a label such as {#eq-loss} may follow; write \\$ for a dollar';

function explained(error: unknown, tex: string): TexError {
  const message = messageOf(error);
  const at = error instanceof Error && 'position' in error ? error.position : undefined;
  // An error of the library itself, not of its grammar, says nothing to an author.
  if (error instanceof TypeError || error instanceof RangeError) return { message: 'something is missing in it' };
  const [what = message] = message
    .replace(/^\s*(ParseError: |Temml parse error: )/, '')
    .trim()
    .split(/\s+at (?:position \d+|end of input)\b/);
  const line = what.split('\n')[0] ?? what;
  const dollar = line === "Can't use function '$' in math mode";
  const hint = dollar ? afterDollars : Object.entries(instead).find(([word]) => line.endsWith(word))?.[1];
  const place = typeof at === 'number' ? Math.min(at, tex.length) : tex.length;
  return { message: line, at: place, ...(hint !== undefined && { hint }) };
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
