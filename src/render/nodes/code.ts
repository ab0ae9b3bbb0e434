/** Code blocks: highlighted where the language is known, with a title when one is given. */
import type { Code } from 'mdast';
import { highlight } from '../highlight.js';
import { escapeHtml } from '../html.js';
import type { Writer } from './writer.js';

export function writeCode(node: Code, writer: Writer): string {
  const { lang, meta, value } = node;
  const title = titleOf(meta ?? '');
  const body = `<pre><code${classOf(lang)}>${highlighted(node, writer)}${value === '' ? '' : '\n'}</code></pre>`;
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

function highlighted(node: Code, writer: Writer): string {
  const { lang, value } = node;
  const made = lang === null || lang === undefined ? undefined : highlight(value, lang);
  if (made === 'slow') {
    writer.problem(node, {
      rule: 'slow-code',
      message: `highlighting this block as ${lang ?? ''} takes too long; it is shown without colours`,
      hint: 'make it shorter, or leave the language out',
      severity: 'warning',
    });
  }
  return made === undefined || made === 'slow' ? escapeHtml(value) : made.html;
}
