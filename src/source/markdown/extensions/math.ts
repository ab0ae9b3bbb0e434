/**
 * TeX between dollar signs. In a line by Pandoc's rule: no blank after the opening dollar or before the closing one, and no
 * digit after it. As a block as LaTeX's and MyST's authors write it: `$$` alone or followed by TeX opens, `$$` at a line's
 * start or end closes, and a label may follow: `{#eq-one}` or `(eq-one)`.
 */
import type { CompileContext, Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Code, Construct, Extension, State, TokenizeContext } from 'micromark-util-types';
import type { DisplayMath, InlineMath } from '../syntax.js';
import { endsLine, isBlank, nextLine, restOfLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathText: 'mathText';
    mathTextSequence: 'mathTextSequence';
    mathTextData: 'mathTextData';
    mathFlow: 'mathFlow';
    mathFlowLine: 'mathFlowLine';
  }
}

const dollar = 36;
const backslash = 92;
const backtick = 96;

/** For each text that is being read: between which places no run of so many dollars closes. Keeps the search linear. */
const unclosed = new WeakMap<TokenizeContext, Map<number, { readonly from: number; readonly to: number }>>();

const mathText: Construct = {
  name: 'mathText',
  previous(code) {
    const last = this.events.at(-1);
    return code !== dollar || last?.[1].type === 'characterEscape' || last?.[1].type === 'mathText';
  },
  tokenize(effects, ok, nok) {
    let size = 0;
    let run = 0;
    let before: Code = null;
    let escaped = false;
    /** A blank that a backslash makes a part of the formula, `n!\ `, may stand before the dollar that closes. */
    let ofTex = false;
    let from = 0;
    let empty = true;
    let hasDollars = false;
    /** TeX has no use for backticks: a dollar between two is one of code, and what opened was a price or a variable. */
    let inCode = false;
    const known = unclosed.get(this) ?? new Map<number, { readonly from: number; readonly to: number }>();
    unclosed.set(this, known);

    const opening: State = (code) => {
      if (code === dollar) {
        size += 1;
        effects.consume(code);
        return opening;
      }
      effects.exit('mathTextSequence');
      from = this.now().offset;
      const searched = known.get(size);
      if (size > 2 || (searched !== undefined && from >= searched.from && from <= searched.to)) return nok(code);
      if (size === 1 && (isBlank(code) || endsLine(code))) return nok(code);
      return between(code);
    };
    const between: State = (code) => {
      if (code === null || (code === dollar && inCode)) {
        known.set(size, { from, to: code === null ? Infinity : this.now().offset });
        return nok(code);
      }
      if (endsLine(code)) {
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return afterCharacter(code);
      }
      if (code === dollar && !escaped) {
        effects.enter('mathTextSequence');
        run = 0;
        return closing(code);
      }
      effects.enter('mathTextData');
      return data(code);
    };
    const afterCharacter = (code: Code): State => {
      if (code === backtick && size === 1 && !escaped) inCode = !inCode;
      ofTex = isBlank(code) && escaped;
      escaped = code === backslash && !escaped;
      before = code;
      empty = false;
      return between;
    };
    const data: State = (code) => {
      if (endsLine(code) || (code === dollar && !escaped)) {
        effects.exit('mathTextData');
        return between(code);
      }
      effects.consume(code);
      afterCharacter(code);
      return data;
    };
    const isTight = (): boolean => (!isBlank(before) || ofTex) && !endsLine(before);
    const closing: State = (code) => {
      // A formula may follow at once: $45$$^\\circ$.
      const another = run === 1 && size === 1 && !empty && !hasDollars && isTight();
      if (code === dollar && !another) {
        run += 1;
        effects.consume(code);
        return closing;
      }
      const sequence = effects.exit('mathTextSequence');
      const tight = isTight() && !(code !== null && code >= 48 && code <= 57);
      if (run === size && !empty && (size === 2 || tight)) {
        effects.exit('mathText');
        return ok(code);
      }
      // A dollar before a digit is a price; it belongs to what is between.
      sequence.type = 'mathTextData';
      before = dollar;
      hasDollars = true;
      escaped = false;
      empty = false;
      return between(code);
    };
    return (code) => {
      effects.enter('mathText');
      effects.enter('mathTextSequence');
      return opening(code);
    };
  },
};

const mathFlow: Construct = {
  name: 'mathFlow',
  concrete: true,
  tokenize(effects, ok, nok) {
    let opened: Opening | undefined;
    const start = this.now().line;
    const closed: State = (code) => {
      effects.exit('mathFlow');
      return ok(code);
    };
    const line = restOfLine(effects, 'mathFlowLine', (text) => (code) => {
      if (opened !== undefined) return closes(text, opened) === undefined ? more(code) : closed(code);
      const found = opens(text);
      if (found === undefined) return nok(code);
      if (found === 'whole') return closed(code);
      // Dollars below the text of a list's item, not indented, are a formula in that text, as Pandoc reads them.
      if (this.interrupt === true && this.parser.lazy[start] === true) return nok(code);
      opened = found;
      return more(code);
    });
    const more: State = effects.attempt(nextLine, (code) => line(code), closed);
    return (code) => {
      effects.enter('mathFlow');
      return line(code);
    };
  },
};

/** How a block of TeX began: with dollars alone on their line, or with TeX after them. */
interface Opening {
  readonly dollars: number;
  readonly tex: boolean;
}

const labelPattern = /^(?:\{\s*#(?<braced>[A-Za-z][\w:-]*)\s*\}|\((?<bare>[A-Za-z][\w:-]*)\))$/;
/** Words in parentheses after a formula in a line are text, but for a label as MyST writes it. */
const labelInLine = /^(?:\{\s*#[A-Za-z][\w:-]*\s*\}|\(eq-[\w:-]+\))$/;

function labelOf(after: string): string | undefined {
  const { braced, bare } = labelPattern.exec(after)?.groups ?? {};
  return braced ?? bare;
}

/** What a line that starts with dollars opens; `whole` where it closes too. */
function opens(line: string): Opening | 'whole' | undefined {
  const dollars = /^\$*/.exec(line)?.[0].length ?? 0;
  if (dollars < 2) return undefined;
  const body = line.slice(dollars);
  if (body.trim() === '') return { dollars, tex: false };
  const closing = body.indexOf('$$');
  if (closing < 0) return body.includes('$') || dollars > 2 ? undefined : { dollars, tex: true };
  const after = body.slice(closing + 2).trim();
  const apart = body.trim().startsWith('$$') || (after !== '' && !labelInLine.test(after));
  return apart ? undefined : 'whole';
}

/** The TeX that a closing line still holds, and the label after it; undefined when the line does not close the block. */
function closes(line: string, { dollars }: Opening): { tex: string; label: string | undefined } | undefined {
  const text = line.trimStart();
  const run = /^\$*/.exec(text)?.[0].length ?? 0;
  const at = run >= dollars ? 0 : dollars === 2 ? text.lastIndexOf('$$') : -1;
  if (at < 0 || line.length - text.length > (at === 0 ? 3 : Infinity)) return undefined;
  const after = text.slice(at === 0 ? run : at + 2).trim();
  const label = labelOf(after);
  // A full stop behind the dollars is the formula's last sign.
  const mark = /^[.,;:!?]$/.test(after) ? after : '';
  return after !== mark && label === undefined ? undefined : { tex: text.slice(0, at) + mark, label };
}

/** A block's lines as they were read, to what they say. */
function readBlock(lines: readonly string[]): {
  tex: string;
  label: string | undefined;
  closed: boolean;
  inset: number;
} {
  const [first = '', ...rest] = lines;
  const opened = opens(first);
  const dollars = /^\$*/.exec(first)?.[0].length ?? 0;
  if (opened === undefined || opened === 'whole') {
    const closing = first.indexOf('$$', dollars);
    const label = labelOf(first.slice(closing + 2).trim());
    return { tex: first.slice(dollars, closing), label, closed: true, inset: dollars };
  }
  const end = closes(rest.at(-1) ?? '', opened);
  const body = end === undefined ? rest : [...rest.slice(0, -1), end.tex];
  return {
    tex: [...(opened.tex ? [first.slice(dollars)] : []), ...body].join('\n'),
    label: end?.label,
    closed: end !== undefined,
    inset: opened.tex ? dollars : first.length,
  };
}

/** Of micromark: how it is tokenised. */
export const mathSyntax: Extension = { text: { [dollar]: mathText }, flow: { [dollar]: mathFlow } };

/** The lines of the block that is being compiled; every token of it is a line or a line's end. */
const linesOf = new WeakMap<DisplayMath, string[]>();

/** Of mdast: `inlineMath` and `math`. */
export const mathFromMarkdown: FromMarkdown = {
  enter: {
    mathText(token) {
      const display = this.sliceSerialize(token).startsWith('$$');
      this.enter({ type: 'inlineMath', value: '', display }, token);
      this.buffer();
    },
    mathFlow(token) {
      const node: DisplayMath = { type: 'math', value: '', closed: false, from: token.start.offset };
      linesOf.set(node, []);
      this.enter(node, token);
    },
  },
  exit: {
    mathTextData(token) {
      this.config.enter.data?.call(this, token);
      this.config.exit.data?.call(this, token);
    },
    mathText(token) {
      const value = this.resume();
      const node = lastInline(this);
      // A blank after a backslash is TeX's.
      node.value = value.trim().replace(/(?<!\\)((?:\\\\)*\\)$/, '$1 ');
      this.exit(token);
    },
    mathFlowLine(token) {
      const lines = linesOf.get(lastBlock(this));
      if (lines === undefined) return;
      // A line without anything has no token of its own.
      const first = lastBlock(this).position?.start.line ?? token.start.line;
      while (lines.length < token.start.line - first) lines.push('');
      lines.push(this.sliceSerialize(token));
    },
    mathFlow(token) {
      const node = lastBlock(this);
      const { tex, label, closed, inset } = readBlock(linesOf.get(node) ?? []);
      node.value = tex.trim();
      node.closed = closed;
      node.from = token.start.offset + inset;
      if (label !== undefined) node.attributes = { id: label, classes: [], values: {} };
      this.exit(token);
    },
  },
};

/** The formula that is being compiled: what this file entered last. */
function lastInline({ stack }: CompileContext): InlineMath {
  return stack.at(-1) as unknown as InlineMath;
}

function lastBlock({ stack }: CompileContext): DisplayMath {
  return stack.at(-1) as unknown as DisplayMath;
}
