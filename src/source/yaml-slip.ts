/** What the YAML parser complains of, in the words of who made the slip. */

/** A slip as people make it, in words; the parser's own where it is a rarer one. `rest` is the text from there on. */
export function slip(code: string, message: string, rest: string): { message: string; hint: string } {
  const line = rest.split('\n', 1)[0] ?? '';
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents nothing in YAML', hint: 'use spaces, or start the line with the option' };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR': {
      if (message.startsWith('Missing closing')) return { message: 'a quote is never closed', hint: 'close it' };
      const glued = /^([A-Za-z][\w.-]*)\s*[:=]\s*(\S.*)$/.exec(line);
      const hint = glued === null ? 'write "option: value"' : `write "${glued[1] ?? ''}: ${glued[2] ?? ''}"`;
      return { message: 'this is no option with a colon, a space and a value', hint };
    }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a second colon in a line, or a line that is indented, starts options inside a value',
        hint: 'put a text with a colon in quotes, and start every option at the same column',
      };
    case 'BAD_SCALAR_START':
      return { message: `a text cannot start with ${line.charAt(0)} here`, hint: 'put the whole text in quotes' };
    case 'BAD_INDENT': {
      if (message.startsWith('All mapping items must start'))
        return {
          message: 'this line starts at another column than the options above it',
          hint: 'start them all at the same',
        };
      const close = /end with a ([}\]])/.exec(message)?.[1];
      if (close === undefined) break;
      return {
        message: `a ${close === '}' ? '{' : '['} before this is never closed`,
        hint: `end it with ${close}, or indent this line`,
      };
    }
    case 'UNEXPECTED_TOKEN':
      if (message.startsWith('Unexpected scalar at node end'))
        return { message: 'more text follows where a value has ended', hint: 'put the whole text in quotes' };
      break;
  }
  return { message: firstLine(message), hint: 'mend the YAML here' };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
