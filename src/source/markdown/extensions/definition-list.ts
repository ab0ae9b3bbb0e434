/**
 * Definition lists. The construct of the package looks for a term before every colon that starts a line, back over all lines
 * so far; a term stands in the lines right before it, and no more than those are shown to it. For each description it moves
 * all that follows, so a page has a limited number of them.
 */
import { defListFromMarkdown as fromMarkdown } from 'mdast-util-definition-list';
import { defList } from 'micromark-extension-definition-list';
import type { Construct, Extension, State, TokenizeContext } from 'micromark-util-types';
import { TooMuchMarkdown } from '../too-much.js';

const colon = 58;
/** Events of the lines in which a term and a blank line can stand. */
const near = 16;

const mostDescriptions = 2000;
/** Of each text that is being read: the descriptions so far, and the line of the last; a line may be tried more than once. */
const descriptions = new WeakMap<TokenizeContext['parser'], { count: number; line: number }>();

const [construct] = [defList.document?.[colon]].flat();
if (construct === undefined) throw new Error('micromark-extension-definition-list has no construct for a colon');
const original: Construct = construct;

/** Ends a construct, which may have begun a description, and counts it. */
function counted(context: TokenizeContext, ok: State): State {
  return (code) => {
    const last: string | undefined = context.events.at(-1)?.[1].type;
    if (last === 'defListDescriptionPrefix') {
      const { line } = context.now();
      const known = descriptions.get(context.parser) ?? { count: 0, line: 0 };
      if (line !== known.line) descriptions.set(context.parser, { count: known.count + 1, line });
      if (known.count >= mostDescriptions && line !== known.line) {
        const message = `the definition lists of this page have more than ${mostDescriptions} descriptions`;
        throw new TooMuchMarkdown('too-many-definitions', line, message, 'split it into several pages');
      }
    }
    return ok(code);
  };
}

const definitionList: Construct = {
  ...original,
  tokenize(effects, ok, nok) {
    const context = Object.create(this, { events: { value: this.events.slice(-near) } }) as TokenizeContext;
    return original.tokenize.call(context, effects, counted(this, ok), nok);
  },
  continuation: {
    tokenize(effects, ok, nok) {
      return original.continuation?.tokenize.call(this, effects, counted(this, ok), nok) ?? nok;
    },
  },
};

export const definitionListSyntax: Extension = { document: { [colon]: definitionList } };
export const definitionListFromMarkdown = fromMarkdown;
