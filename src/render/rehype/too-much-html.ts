/**
 * A bound on the HTML of an author, held while the parser makes its tree. By HTML's rules what makes letters bold and the like goes on in
 * every block until it is closed, so that a short text can stand for millions of elements; and what stands inside one another is
 * read by functions that call themselves. Only the parser knows what a tag closes.
 */
import type { Raw } from 'mdast-util-to-hast';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, type TreeAdapter } from 'parse5';
import type { Writer } from '../nodes/writer.js';

type Element = DefaultTreeAdapterTypes.Element;

/** Elements inside one another, the parser's own root aside. */
const mostOpen = 100;
const mostCopies = 20_000;

class TooMuchHtml extends Error {
  constructor(
    message: string,
    /** The tag of the element that was one too many. */
    readonly tag: { readonly startOffset: number; readonly endOffset: number } | null | undefined,
  ) {
    super(message);
  }
}

/** What `parse` makes of HTML with rehype-raw; nothing, and a problem, when that would be more than is read. `places` are all that it is given. */
export function boundedHtml<Made>(
  parse: () => Made,
  raws: readonly Raw[],
  places: number,
  writer: Writer,
): Made | undefined {
  const letters = raws.reduce((sum, { value }) => sum + value.length, 0);
  // A tag has three letters at least.
  const most = mostCopies + places + letters / 3;
  const adapter: TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> = defaultTreeAdapter;
  const templates = new Map<unknown, Element>();
  let made = 0;
  // rehype-raw takes no tree adapter of ours; the parser tells its own of each element that it opens.
  adapter.onItemPush = (item) => {
    const tag = item.sourceCodeLocation;
    made += 1;
    if (made > most) throw new TooMuchHtml(`what is open here would be repeated more than ${mostCopies} times`, tag);
    if ('content' in item) templates.set(item.content, item);
    if (isDeep(item, templates)) throw new TooMuchHtml(`more than ${mostOpen} elements are open here`, tag);
  };
  try {
    return parse();
  } catch (error) {
    // The parser reads one piece after the other, and a tag that one piece breaks off can be more than it is made for.
    if (error instanceof TypeError) {
      const hint = 'close every tag, quotation mark and comment';
      writer.problem(raws[0] ?? {}, { rule: 'raw-html', message: 'the HTML that starts here cannot be read', hint });
      return undefined;
    }
    if (!(error instanceof TooMuchHtml)) throw error;
    const { message, tag } = error;
    const from = tag?.startOffset ?? 0;
    const raw = raws.findLast(({ position }) => (position?.start.offset ?? 0) <= from) ?? raws[0];
    const start = from - (raw?.position?.start.offset ?? 0);
    writer.problem(
      raw ?? {},
      { rule: 'raw-html', message: `${message}: HTML of this length is not read`, hint: 'close what is open' },
      ...(start >= 0 ? [start, start + (tag?.endOffset ?? from) - from] : []),
    );
    return undefined;
  } finally {
    delete adapter.onItemPush;
  }
}

function isDeep(item: Element, templates: ReadonlyMap<unknown, Element>): boolean {
  let depth = 0;
  let at: DefaultTreeAdapterTypes.ParentNode | null | undefined = item;
  while (at !== null && at !== undefined && depth <= mostOpen + 1) {
    if ('tagName' in at) depth += 1;
    at = 'parentNode' in at ? at.parentNode : templates.get(at);
  }
  return depth > mostOpen + 1;
}
