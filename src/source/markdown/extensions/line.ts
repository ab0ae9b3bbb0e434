/** Parts of the constructs that read whole lines. */
import type { Code, Construct, Effects, State, TokenizeContext, TokenType } from 'micromark-util-types';

/** Whether a code is the end of a line or of the text. */
export function endsLine(code: Code): boolean {
  return code === null || code < -2;
}

/** Whether a code is a space, a tab or the rest of a tab. */
export function isBlank(code: Code): boolean {
  return code === 32 || code === -2 || code === -1;
}

/** A code of the text as a character; the rest of a tab is none. */
export function characterOf(code: Code): string {
  if (code === null || code === -1) return '';
  return code === -2 ? '\t' : code < 0 ? '\n' : String.fromCharCode(code);
}

/** Reads the rest of a line as one token, which is left out where there is nothing, and hands it to `then` as text. */
export function restOfLine(effects: Effects, type: TokenType, then: (line: string) => State): State {
  let line = '';
  const end: State = (code) => then(line)(code);
  const inside: State = (code) => {
    if (endsLine(code)) {
      effects.exit(type);
      return end(code);
    }
    line += characterOf(code);
    effects.consume(code);
    return inside;
  };
  return (code) => {
    line = '';
    if (endsLine(code)) return end(code);
    effects.enter(type);
    return inside(code);
  };
}

/** The end of a line after which the block goes on, where the next line is not only lazily part of what is around it. */
export const nextLine: Construct = {
  partial: true,
  tokenize(this: TokenizeContext, effects, ok, nok) {
    const afterEnding: State = (code) => (this.parser.lazy[this.now().line] === true ? nok(code) : ok(code));
    return (code) => {
      if (code === null) return nok(code);
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return afterEnding;
    };
  },
};
