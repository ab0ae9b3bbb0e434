/**
 * Pandoc's fenced divs: `::: {#thm-one}` or `::: proof` opens, colons alone close the innermost that is open. A fence is read
 * as a block of its own; the plugin `nest-containers` puts what stands between two of them into one node.
 */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { Construct, Extension } from 'micromark-util-types';
import { attributesAtStart, noAttributes } from '../attributes.js';
import type { Attributes, ContainerFence } from '../syntax.js';
import { restOfLine } from './line.js';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    containerFence: 'containerFence';
    containerFenceLine: 'containerFenceLine';
  }
}

const colon = 58;

const containerFence: Construct = {
  name: 'containerFence',
  concrete: true,
  tokenize(effects, ok, nok) {
    const line = restOfLine(effects, 'containerFenceLine', (text) => (code) => {
      if (readFence(text) === undefined) return nok(code);
      effects.exit('containerFence');
      return ok(code);
    });
    return (code) => {
      effects.enter('containerFence');
      return line(code);
    };
  },
};

/** What a line of colons says: attributes for an opening fence, `close` for a closing one. */
function readFence(line: string): Attributes | 'close' | undefined {
  const colons = /^:*/.exec(line)?.[0].length ?? 0;
  if (colons < 3) return undefined;
  // Colons may stand at the end too, as Pandoc's writers like them.
  const written = withoutEnd(withoutEnd(line.slice(colons).trim(), ':').trimEnd(), ' ');
  if (written === '') return 'close';
  const found = attributesAtStart(written);
  if (found !== undefined) return found.length === written.length ? found.attributes : undefined;
  return /^[A-Za-z][\w-]*$/.test(written) ? { ...noAttributes, classes: [written] } : undefined;
}

function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

export const containerSyntax: Extension = { flow: { [colon]: containerFence } };

export const containerFromMarkdown: FromMarkdown = {
  enter: {
    containerFence(token) {
      const written = this.sliceSerialize(token);
      const found = readFence(written);
      const attributes = typeof found === 'object' ? found : undefined;
      const node: ContainerFence = { type: 'containerFence', written, ...(attributes !== undefined && { attributes }) };
      this.enter(node, token);
    },
  },
  exit: {
    containerFence(token) {
      this.exit(token);
    },
  },
};
