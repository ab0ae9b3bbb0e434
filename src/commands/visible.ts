/** The door of all output: nothing that a report says can steer a terminal or a CI's log. */
import { unprintable } from '../shared/problem.js';

const controls = new RegExp(`(\\r?\\u001b\\[(?:\\d{1,2}m|K))|[${unprintable}]`, 'g');
/** What makes a line a command to GitHub's, Azure's or TeamCity's log, by the character that it starts with. */
const commands = /(?<=^[ \t]*):(?=:)|(?<=^[ \t]*)#(?=#)|#(?=#\[)/gm;

/**
 * A text of one or more lines as it is written out: characters that act are written as `\u001b`, also in JSON. Colours and
 * the return to the start of a line are the program's own, and only a terminal gets them.
 */
export function visible(text: string, isTerminal: boolean): string {
  const shown = plainText.test(text)
    ? text
    : text.replace(controls, (found, own?: string) =>
        own === undefined ? escaped(found) : isTerminal ? found : found.replace(/[\r\u001b]/g, escaped),
      );
  return shown.includes('::') || shown.includes('##') ? shown.replace(commands, escaped) : shown;
}

/** As nearly every text is. */
const plainText = /^[ -~\n]*$/;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
