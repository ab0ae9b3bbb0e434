/**
 * Random fragments of HTML through the pages' own writer, read again by an independent parser: nothing that is not on the
 * list comes out. `FRAGMENTS=200000` takes so many.
 */
import { type DefaultTreeAdapterTypes, html as parse5, parseFragment, serialize } from 'parse5';
import { afterEach, expect, it, vi } from 'vitest';
import { reportAddresses } from '../../src/render/nodes/addresses.js';
import { markdownToHtml } from '../source/markdown-to-html.js';
import { allowedAttributes, allowedElements } from './allowed-html.js';
import { inFull } from '../every-nth.js';

type Node = DefaultTreeAdapterTypes.Node;

const count = Number(process.env['FRAGMENTS'] ?? (inFull ? 3000 : 800));

/** What an article holds that is not on the list. */
function offList(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) {
      const { tagName, namespaceURI, attrs } = node;
      const own = Object.hasOwn(allowedElements, tagName) ? allowedElements[tagName] : undefined;
      if (own === undefined || namespaceURI !== parse5.NS.HTML) found.push(`<${tagName}>`);
      for (const { name, value } of attrs) {
        if (own?.includes(name) !== true && !allowedAttributes.includes(name)) found.push(`<${tagName} ${name}>`);
        if (/^[\s\u0000-\u0020]*(?:javascript|data|vbscript):/i.test(value) && ['href', 'src'].includes(name))
          found.push(`${name}=${value}`);
        // Ids with a dot are the program's.
        if (name === 'id' && !/^[\w:-]+$/.test(value)) found.push(`id=${value}`);
      }
    } else if (node.nodeName === '#comment') found.push('a comment');
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  const tree = parseFragment(html);
  visit(tree);
  // A tree that is another one once it is written and read again can hold what nobody has seen.
  const again = withoutFirstLineEnd(serialize(tree));
  if (withoutFirstLineEnd(serialize(parseFragment(again))) !== again) found.push('a tree that changes');
  return found;
}

/** HTML takes no notice of a line end right after <pre>, and a serializer writes none for it. */
function withoutFirstLineEnd(html: string): string {
  return html.replace(/(<pre[^>]*>)\n+/g, '$1');
}

/** Numbers that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const tags =
  'a abbr applet area audio b base bdi bdo blink blockquote body br button canvas caption center circle code col colgroup data dd del desc details dialog dir div dl dt em embed fieldset figcaption figure font foreignObject form frame frameset h1 h2 head hr html i iframe image img input ins isindex kbd keygen li link listing mark marquee math menu meta mglyph mi mn mo mtext nobr noembed noframes noscript object ol optgroup option p param path picture plaintext portal pre q rb rp rt rtc ruby s samp script section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr xmp annotation-xml'.split(
    ' ',
  );
const names =
  'title lang dir class id name style href src srcdoc onclick onload onerror open start colspan xlink:href is slot nonce autofocus tabindex formaction action data background ping contenteditable popover form'.split(
    ' ',
  );
const values = [
  'x',
  '',
  '"',
  "'",
  '>',
  '<b>',
  '&quot;>',
  'javascript:hit()',
  'data:text/html,x',
  '--><b>',
  '&#0;',
  '\u0000',
  '\t\n',
  '</a>',
  '`',
  'a=b',
  'colophon.contents',
  'fn-1',
];
const words = [
  'text',
  '&lt;b&gt;',
  '&',
  '&amp;quot;',
  ' ',
  '\n',
  '*a*',
  '`',
  '**',
  '[a](b)',
  '<',
  '>',
  '</',
  '<!',
  '<?',
  ']]>',
  '-->',
  '"',
  "'",
  '\u00a0',
  '=',
  '/',
];

function fragments(seed: number): () => string {
  const next = random(seed);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const value = (): string => one([one(values), one(values) + one(words), one(words)]);
  const attribute = (): string => {
    const blank = one([' ', ' ', '\n', '\t', '/', '']);
    const quote = one(['"', "'", '', '"', '`']);
    return `${blank}${one(names)}${one(['=', '=', ' = ', ''])}${quote}${value()}${one([quote, quote, quote, ''])}`;
  };
  const piece = (): string => {
    const kind = next();
    if (kind < 0.4)
      return `<${one(tags)}${Array.from({ length: Math.floor(next() * 3) }, attribute).join('')}${one(['>', '>', '>', '/>', '', '\n>'])}`;
    if (kind < 0.6) return `</${one(tags)}${one(['>', '>', ' >', '', '/>'])}`;
    if (kind < 0.66) return `<!--${value()}${one(['-->', '--!>', '->', ''])}`;
    if (kind < 0.69) return one(['<![CDATA[', '<!DOCTYPE x>', '<?x ?>', '<!x', ']]>', '<%', '%>']);
    return one(words);
  };
  return () => Array.from({ length: 1 + Math.floor(next() * 10) }, piece).join('');
}

/** How many of the fragments have something off the list in their HTML, with the first of them. */
function caught(toHtml: typeof markdownToHtml, total: number): { readonly many: number; readonly first: string } {
  const next = fragments(7);
  let [many, first] = [0, ''];
  for (let index = 0; index < total; index += 1) {
    const fragment = next();
    // As a block of its own, within a line, and in a list.
    const markdown =
      index % 3 === 0
        ? fragment
        : index % 3 === 1
          ? `Text ${fragment} more`
          : `- ${fragment}\n\n  <div>\n  ${fragment}`;
    const html = toHtml(markdown, reportAddresses);
    const off = offList(html);
    if (off.length === 0) continue;
    if (many === 0) first = `${JSON.stringify(markdown)} -> ${html}: ${off.join(', ')}`;
    many += 1;
  }
  return { many, first };
}

afterEach(() => {
  vi.doUnmock('rehype-sanitize');
  vi.resetModules();
});

it(`of ${count} random fragments nothing that is not on the list gets into a page`, {
  timeout: 180_000 + count * 60,
}, () => {
  expect(caught(markdownToHtml, count)).toEqual({ many: 0, first: '' });
});

it('without the cleaning of raw HTML the same fragments are caught by the hundred', async () => {
  vi.resetModules();
  vi.doMock('rehype-sanitize', () => ({ default: () => (tree: unknown) => tree }));
  const { markdownToHtml: uncleaned } = await import('../source/markdown-to-html.js');
  expect(caught(uncleaned, inFull ? 2000 : 400).many).toBeGreaterThan(inFull ? 500 : 100);
});
