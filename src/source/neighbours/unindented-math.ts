/** Formulas below the text of a list's item or of a quote, not indented: what of them cannot be read as a part of that text. */
import { type Neighbour, otherMark } from './neighbour.js';

const hint =
  'write the formula in lines of its own, each indented as far as the text above it, or with a blank line before them';

export const unindentedMath: readonly Neighbour[] = [
  {
    sign: '$$',
    pattern: /^[ \t>]*\$\$[ \t]*$/gm,
    say: () => ({ message: 'the formula that begins or ends here is not read', hint }),
  },
  {
    sign: '{#eq-',
    pattern: new RegExp(String.raw`(?<=^[^\n]*${otherMark}[ \t]*)\{#eq-[\w:-]+\}[ \t]*$`, 'gm'),
    say: ([written]) => ({ message: `"${written.trim()}" labels no formula here`, hint }),
  },
];
