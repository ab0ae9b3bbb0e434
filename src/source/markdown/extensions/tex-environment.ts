/** `\begin{align}` … `\end{align}` on lines of their own: a formula without dollars, as LaTeX has it and Pandoc reads it. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Construct, Extension } from 'micromark-util-types';
import type { DisplayMath } from '../syntax.js';
import { nextLine, restOfLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    texEnvironment: 'texEnvironment';
    texEnvironmentLine: 'texEnvironmentLine';
  }
}

const backslash = 92;
const begin = /^\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|displaymath|math)\*?)\}/;
const most = 400;

const texEnvironment: Construct = {
  name: 'texEnvironment',
  concrete: true,
  tokenize(effects, ok, nok) {
    let end: RegExp | undefined;
    let lines = 0;
    const line = restOfLine(effects, 'texEnvironmentLine', (text) => (code) => {
      lines += 1;
      if (end === undefined) {
        const name = begin.exec(text)?.[1];
        if (name === undefined) return nok(code);
        end = new RegExp(String.raw`\\end\{${name.replace('*', String.raw`\*`)}\}[ \t]*[.,;:]?[ \t]*$`);
      }
      if (end.test(text)) {
        effects.exit('texEnvironment');
        return ok(code);
      }
      return lines > most ? nok(code) : effects.attempt(nextLine, line, nok)(code);
    });
    return (code) => {
      effects.enter('texEnvironment');
      return line(code);
    };
  },
};

export const texEnvironmentSyntax: Extension = { flow: { [backslash]: texEnvironment } };

/** The lines of the block that is being compiled. */
const linesOf = new WeakMap<DisplayMath, string[]>();

export const texEnvironmentFromMarkdown: FromMarkdown = {
  enter: {
    texEnvironment(token) {
      const node: DisplayMath = { type: 'math', value: '', closed: true, from: token.start.offset };
      linesOf.set(node, []);
      this.enter(node, token);
    },
  },
  exit: {
    texEnvironmentLine(token) {
      linesOf.get(this.stack.at(-1) as unknown as DisplayMath)?.push(this.sliceSerialize(token));
    },
    texEnvironment(token) {
      const node = this.stack.at(-1) as unknown as DisplayMath;
      node.value = (linesOf.get(node) ?? []).join('\n').trim();
      this.exit(token);
    },
  },
};
