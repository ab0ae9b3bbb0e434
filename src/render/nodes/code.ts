/** Code blocks: highlighted where the language is known, with a title when one is given. */
import { createRequire } from 'node:module';
import type { Code } from 'mdast';
import { escapeHtml } from '../html.js';

interface Highlighter {
  getLanguage: (name: string) => unknown;
  highlight: (code: string, options: { language: string; ignoreIllegals: boolean }) => { value: string };
}

const require = createRequire(import.meta.url);
let loaded: Highlighter | undefined;
/** Loaded when the first block wants it: it takes longer to load than a page to render. */
function highlighter(): Highlighter {
  return (loaded ??= require('highlight.js/lib/common') as Highlighter);
}

const longestHighlighted = 100_000;

export function writeCode({ lang, meta, value }: Code): string {
  const title = titleOf(meta ?? '');
  const body = `<pre><code${classOf(lang)}>${highlighted(value, lang)}</code></pre>`;
  if (title === undefined) return body;
  return `<figure class="listing"><figcaption>${escapeHtml(title)}</figcaption>${body}</figure>`;
}

/** `title="train.py"` or `filename="train.py"` after the language. */
function titleOf(meta: string): string | undefined {
  const match = /(?:^|[\s{])(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))/.exec(meta);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function classOf(lang: string | null | undefined): string {
  return lang === null || lang === undefined ? '' : ` class="language-${escapeHtml(lang)}"`;
}

function highlighted(code: string, lang: string | null | undefined): string {
  const end = code === '' ? '' : '\n';
  if (lang === null || lang === undefined || code.length > longestHighlighted || !/^[\w+#-]+$/.test(lang)) {
    return escapeHtml(code) + end;
  }
  const known = highlighter();
  if (known.getLanguage(lang) === undefined) return escapeHtml(code) + end;
  return known.highlight(code, { language: lang, ignoreIllegals: true }).value + end;
}
