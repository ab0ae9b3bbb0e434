/** What stands where a directive was written: a figure, a table, or a folded account of an experiment, as HTML. */
import type { Directive } from '../source/report.js';
import { isOnGpu } from '../shared/profiles.js';
import { relativeAddress } from './address.js';
import { escapeHtml } from './html.js';
import { anchorOf, labelHtml } from './labels.js';
import { tick } from './marks.js';
import type { FigurePart, Reference, RunNote, TablePart } from './parts.js';

const shownRuns = 12;

/** What a kind of directive is, its options, and what it makes, as the program itself knows them. */
export function referenceHtml(name: string, { description, options, makes }: Reference): string {
  const items = options.map(({ name: option, of, value, fallback, description: said }) => {
    const otherwise =
      fallback === '' ? '' : fallback === 'needed' ? '<b>needed</b>' : `default <code>${escapeHtml(fallback)}</code>`;
    // A long name may break after a dot.
    const code = `<code>${escapeHtml(option).replaceAll('.', '.<wbr>')}</code>`;
    const named = of === undefined ? code : `${code} <span class="values">of ${escapeHtml(of)}</span>`;
    return `<tr><th scope="row">${named}</th><td>${escapeHtml(said)}<br><span class="values">${escapeHtml(value)}</span></td><td>${otherwise}</td></tr>`;
  });
  return `<p>${escapeHtml(description)}</p><section class="scroll reference" aria-label="Options of ${escapeHtml(name)}" tabindex="0"><table><thead><tr><th scope="col">option</th><th scope="col">what it is</th><td></td></tr></thead><tbody>${items.join('')}</tbody></table></section>${makes === undefined ? '' : makesHtml(makes)}`;
}

function makesHtml({ pictures, results }: NonNullable<Reference['makes']>): string {
  const code = (name: string): string => `<code>${escapeHtml(name)}</code>`;
  const told = results.map(({ name, dimensions }) => {
    const by = dimensions.map((dimension) => (dimension === 'checkpoint' ? 'step' : dimension));
    return by.length === 0 ? code(name) : `${code(name)} (by ${escapeHtml(by.join(', '))})`;
  });
  return `<p>Pictures: ${pictures.map(code).join(', ')}. Results: ${told.join(', ')}.</p>`;
}

/** A figure with its caption (already HTML) and how it was made. */
export function figureHtml(
  directive: Directive,
  part: FigurePart,
  caption: string,
  address: string,
  citation: string,
): string {
  const anchor = anchorOf(directive);
  const links = part.files.map(
    ({ name, extension }) =>
      `<a href="${relativeAddress(address, figureFile(anchor, extension))}" download aria-label="${name} of figure ${part.drawn.number}">${name}</a>`,
  );
  const table = relativeAddress(address, figureFile(anchor, 'html'));
  const downloads =
    links.length === 0
      ? ''
      : `<p class="downloads" data-png="figure ${part.drawn.number}">Download: ${links.join(' ')}</p><p><a href="${table}">The data of figure ${part.drawn.number} as a table</a></p>`;
  const wide = part.wide ? ' class="wide"' : '';
  const label = labelHtml(anchor, `Figure ${part.drawn.number}`);
  return `<figure id="${anchorOf(directive)}"${wide}><div class="drawing"${interactiveAttribute(part, address)}>${part.drawn.svg}</div>${originHtml(directive, part.runs, `${downloads}<p>Cite it:</p><pre><code>${escapeHtml(citation)}</code></pre>`)}<figcaption>${label} ${caption}</figcaption></figure>`;
}

/** What the page's scripts need to bring the figure to life. */
function interactiveAttribute({ interactive, script, drawn }: FigurePart, address: string): string {
  if (script !== undefined && interactive === undefined)
    return ` data-vega="${escapeHtml(relativeAddress(address, script.path))}" data-figure="${escapeHtml(drawn.id)}"`;
  if (interactive === undefined) return '';
  // Their room is kept before they are there (figures.css).
  return ` data-sliders="${interactive.sliders.length}" data-interactive="${escapeHtml(JSON.stringify({ ...interactive, data: relativeAddress(address, interactive.data) }))}"`;
}

/** Leads from a cell to the note under its table. */
const noteMark = '<sup class="note-mark">†</sup>';

export function tableHtml(directive: Directive, part: TablePart, caption: string, address: string): string {
  const cell = (tag: 'td' | 'th', text: string, column: number, mark = ''): string => {
    const numeric = part.columns[column]?.numeric === true ? ' class="number"' : '';
    return `<${tag}${numeric}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(text)}${mark}</${tag}>`;
  };
  const head = part.columns
    .map(({ label }, column) => (label === '' ? '<td></td>' : cell('th', label, column)))
    .join('');
  const rows = part.rows
    .map(
      (row) =>
        `<tr>${row.map(({ text, marked }, column) => cell('td', text, column, marked ? noteMark : '')).join('')}</tr>`,
    )
    .join('');
  const label = labelHtml(anchorOf(directive), `Table ${part.number}`);
  const note = part.note === '' ? '' : `<p class="table-note">${noteMark} ${escapeHtml(part.note)}</p>`;
  return `<figure class="table" id="${anchorOf(directive)}"><figcaption>${label} ${caption}</figcaption><section class="scroll" aria-label="Table ${part.number}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></section>${note}${originHtml(directive, part.runs, `<p class="downloads">Download: <a href="${relativeAddress(address, figureFile(anchorOf(directive), 'csv'))}" download aria-label="CSV of table ${part.number}">CSV</a></p>`)}</figure>`;
}

/** A step directive: what it is, its source, and its runs. */
export function experimentHtml(directive: Directive, runs: readonly RunNote[]): string {
  const count = runs.length === 1 ? '' : `<span class="count">${runs.length} runs</span>`;
  const diverged = runs.some(({ outcome }) => outcome !== undefined) ? '<span class="count">diverged</span>' : '';
  return `<details class="experiment" id="${anchorOf(directive)}"><summary><b>${escapeHtml(directive.noun)}</b> <code>${escapeHtml(directive.id)}</code> ${count}${diverged}</summary>${sourceHtml(directive)}${runsHtml(runs)}</details>`;
}

/** Where a download of a figure or table stands in the site. */
export function figureFile(anchor: string, extension: string): string {
  return `figures/${anchor}.${extension}`;
}

function originHtml(directive: Directive, runs: readonly RunNote[], more = ''): string {
  return `<details class="origin"><summary>How this was made</summary>${sourceHtml(directive)}${runsHtml(runs)}${more}</details>`;
}

function sourceHtml({ kind, id, text }: Directive): string {
  return `<pre><code>${escapeHtml(`\`\`\`${kind} #${id}\n${text}\n\`\`\``)}</code></pre>`;
}

/** "192 results on CPU, wasm-f32/4; no GPU took part": of several results, not all of which are listed. */
function devicesHtml(runs: readonly RunNote[]): string {
  const counts = new Map<string, number>();
  for (const { device, profile } of runs.filter(({ profile }) => profile !== '')) {
    const on = `${device}, ${profile}`;
    counts.set(on, (counts.get(on) ?? 0) + 1);
  }
  if (runs.length < 2 || counts.size === 0) return '';
  const parts = Array.from(counts, ([on, many]) => `${many} ${many === 1 ? 'result' : 'results'} on ${escapeHtml(on)}`);
  const without = runs.some(({ profile }) => isOnGpu(profile)) ? '' : '; no GPU took part';
  return `<p class="devices">${parts.join('; ')}${without}.</p>`;
}

function runsHtml(runs: readonly RunNote[]): string {
  if (runs.length === 0) return '';
  const items = runs.slice(0, shownRuns).map(({ name, key, profile, device, seed, outcome }) => {
    const on = profile === '' ? '' : ` on ${escapeHtml(`${device}, ${profile}`)}`;
    const ended = outcome === undefined ? '' : `, <strong>${escapeHtml(outcome)}</strong>`;
    return `<li><code>${escapeHtml(name)}</code>${on}${ended}${seed === undefined ? '' : `, seed ${seed}`}<br><span class="key">key ${key}</span> <span data-build-info="account" data-keys="${key}" hidden></span></li>`;
  });
  const more = runs.length > shownRuns ? `<li>and ${runs.length - shownRuns} more</li>` : '';
  const ids = [...new Set(runs.map(({ id }) => id))];
  const commands = ids.map((id) => commandHtml(`results ${id} --report`)).join(', ');
  // Of all of them, the last verifications: those that are not listed too. The account of a single run has its own.
  const keys = runs.map(({ key }) => key.slice(0, 16)).join(' ');
  const verified = runs.length === 1 ? '' : `<p data-build-info="verified" data-keys="${keys}" hidden></p>`;
  return `${devicesHtml(runs)}<ul class="runs">${items.join('')}${more}</ul>${verified}<p>Make it again: ${commandHtml('build')}; the numbers: ${commands}</p>`;
}

/** A command on this report; its folder, which differs from machine to machine, is filled in by the build's own account. */
function commandHtml(command: string): string {
  return `<code data-build-info="command">colophon ${escapeHtml(command)} REPORT</code>`;
}

/** The mark that a claim leaves in the text: what was checked is its title. */
export function claimMark(claim: string): string {
  const said = `Checked at every build: ${claim}`;
  return `<span class="checked" role="img" aria-label="${escapeHtml(said)}" title="${escapeHtml(said)}">${tick}</span>`;
}

/** A claim of its own: its sentence, and the mark that it was checked. */
export function claimHtml(sentence: string, claim: string): string {
  return `<p class="claim">${sentence} ${claimMark(claim)}</p>`;
}
