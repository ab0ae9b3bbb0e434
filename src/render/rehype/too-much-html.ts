/**
 * A bound on the HTML of an author. By HTML's rules what makes letters bold and the like goes on in every block until it is closed, so that
 * a short text can stand for millions of elements; and what stands inside one another is read by functions that call themselves.
 */
import type { Raw } from 'mdast-util-to-hast';
import type { Writer } from '../nodes/writer.js';

const mostOpen = 100;
const mostCopies = 20_000;

const formatting = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/i;
/** Their end may be left out, and they have none. */
const withoutEnd =
  /^(?:p|li|dt|dd|td|th|tr|thead|tbody|tfoot|rt|rp|option|optgroup|colgroup|br|hr|wbr|col|img|input|area|base|embed|link|meta|param|source|track)$/i;

/** Whether the HTML among the children of one parent is more than is read; then it is a problem. */
export function isTooMuchHtml(raws: readonly Raw[], writer: Writer): boolean {
  let [open, bold, copies] = [0, 0, 0];
  for (const raw of raws) {
    for (const { 0: tag, 1: slash, 2: name = '', index } of raw.value.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
      const step = slash === '/' ? -1 : 1;
      if (formatting.test(name)) bold = Math.max(0, bold + step);
      else copies += bold;
      if (!withoutEnd.test(name)) open = Math.max(0, open + step);
      if (open <= mostOpen && copies <= mostCopies) continue;
      const why =
        open > mostOpen
          ? `more than ${mostOpen} elements are open here`
          : `what is open here would be repeated more than ${mostCopies} times`;
      writer.problem(
        raw,
        { rule: 'raw-html', message: `${why}: HTML of this length is not read`, hint: 'close what is open' },
        index,
        index + tag.length,
      );
      return true;
    }
    copies += bold;
  }
  return false;
}
