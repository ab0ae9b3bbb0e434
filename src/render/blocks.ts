/** What stands where a directive was written: a figure, a table, or a folded account of an experiment, as HTML. */
import type { Directive } from '../source/report.js';
import { relativeAddress } from './address.js';
import { escapeHtml } from './html.js';
import { anchorOf } from './labels.js';
import type { FigurePart, RunNote, TablePart } from './parts.js';

const shownRuns = 12;

/** A figure with its caption (already HTML) and how it was made. */
export function figureHtml(directive: Directive, part: FigurePart, caption: string, address: string): string {
  const wide = part.wide ? ' class="wide"' : '';
  const label = `<b class="label">Figure ${part.drawn.number}.</b>`;
  return `<figure id="${anchorOf(directive)}"${wide}><div class="drawing"${liveAttribute(part, address)}>${part.drawn.svg}</div>${originHtml(directive, part.runs)}<figcaption>${label} ${caption}</figcaption></figure>`;
}

/** What the page's script needs to make the figure move. */
function liveAttribute({ live }: FigurePart, address: string): string {
  if (live === undefined) return '';
  return ` data-live="${escapeHtml(JSON.stringify({ ...live, data: relativeAddress(address, live.data) }))}"`;
}

export function tableHtml(directive: Directive, part: TablePart, caption: string): string {
  const cell = (tag: 'td' | 'th', text: string, column: number): string => {
    const numeric = part.columns[column]?.numeric === true ? ' class="number"' : '';
    return `<${tag}${numeric}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(text)}</${tag}>`;
  };
  const head = part.columns
    .map(({ label }, column) => (label === '' ? '<td></td>' : cell('th', label, column)))
    .join('');
  const rows = part.rows
    .map((row) => `<tr>${row.map((text, column) => cell('td', text, column)).join('')}</tr>`)
    .join('');
  const label = `<b class="label">Table ${part.number}.</b>`;
  return `<figure class="table" id="${anchorOf(directive)}"><figcaption>${label} ${caption}</figcaption><section class="scroll" aria-label="Table ${part.number}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></section>${originHtml(directive, part.runs)}</figure>`;
}

/** What a kind of step is called. */
export function kindNoun(kind: string): string {
  return nouns[kind] ?? kind;
}

const nouns: Readonly<Record<string, string>> = {
  dataset: 'Dataset',
  train: 'Training',
  features: 'Gradient features',
  svd: 'Singular value decomposition',
};

/** A step directive: what it is, its source, and its runs. */
export function experimentHtml(directive: Directive, runs: readonly RunNote[]): string {
  const noun = kindNoun(directive.kind);
  const count = runs.length === 1 ? '' : `<span class="count">${runs.length} runs</span>`;
  const diverged = runs.some(({ outcome }) => outcome !== undefined) ? '<span class="count">diverged</span>' : '';
  return `<details class="experiment" id="${anchorOf(directive)}"><summary><b>${noun}</b> <code>${escapeHtml(directive.id)}</code> ${count}${diverged}</summary>${sourceHtml(directive)}${runsHtml(runs)}</details>`;
}

function originHtml(directive: Directive, runs: readonly RunNote[]): string {
  return `<details class="origin"><summary>How this was made</summary>${sourceHtml(directive)}${runsHtml(runs)}</details>`;
}

function sourceHtml({ kind, id, text }: Directive): string {
  return `<pre><code>${escapeHtml(`\`\`\`${kind} #${id}\n${text}\n\`\`\``)}</code></pre>`;
}

function runsHtml(runs: readonly RunNote[]): string {
  if (runs.length === 0) return '';
  const items = runs.slice(0, shownRuns).map(({ name, key, profile, device, outcome }) => {
    const on = profile === '' ? '' : ` on ${escapeHtml(`${device}, ${profile}`)}`;
    const ended = outcome === undefined ? '' : `, <strong>${escapeHtml(outcome)}</strong>`;
    return `<li><code>${escapeHtml(name)}</code>${on}${ended}<br><span class="key">key ${key}</span></li>`;
  });
  const more = runs.length > shownRuns ? `<li>and ${runs.length - shownRuns} more</li>` : '';
  const ids = [...new Set(runs.map(({ id }) => id))];
  const commands = ids.map((id) => `<code>colophon results ${escapeHtml(id)}</code>`).join(', ');
  return `<ul class="runs">${items.join('')}${more}</ul><p>The numbers: ${commands}</p>`;
}
