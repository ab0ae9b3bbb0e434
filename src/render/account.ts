/** How a figure, a table or an experiment was made, as HTML: the way to it, its directive, its runs, and how to make it again. */
import type { Language } from '../languages/language.js';
import type { Words } from '../languages/words.js';
import { isOnGpu } from '../shared/profiles.js';
import type { Directive } from '../source/report.js';
import { relativeAddress } from './address.js';
import { keysAttribute, mostListed } from './build-info-keys.js';
import { highlight } from './highlight.js';
import { escapeHtml, sayHtml, sayWithHtml } from './html.js';
import { anchorOf } from './labels.js';
import type { FigurePart, MadeFrom, RunNote, TablePart } from './parts.js';
import { runsFile, sweepAccountHtml } from './sweep-account.js';

/** Of a key, so many characters name it among those of a report; a script copies the whole. */
const shownKey = 12;

/** Where a download of a figure or table stands in the site. */
export function figureFile(anchor: string, extension: string): string {
  return `figures/${anchor}.${extension}`;
}

/** What stands under a figure or a table besides how it was made. */
interface Beside {
  /** "Figure 3". */
  readonly name: string;
  /** Of the file with its rows, its extension. */
  readonly file: string;
  /** Of the page. */
  readonly address: string;
  readonly language: Language;
  /** HTML; empty for none. */
  readonly downloads: string;
  /** BibTeX; empty for none. */
  readonly citation: string;
}

/** The way to a figure or a table, always in sight, and a fold with all that there is to say of it. */
export function originHtml(
  directive: Directive,
  { runs, way, pictures }: Pick<FigurePart | TablePart, 'runs' | 'way'> & Partial<Pick<FigurePart, 'pictures'>>,
  { name, file, address, language, downloads, citation }: Beside,
): string {
  const { howMade, cite } = language.words.figures;
  const anchor = anchorOf(directive);
  const rows = relativeAddress(address, figureFile(anchor, file));
  const ends = [...(pictures ?? []).map((picture) => boxHtml(picture, rows)), boxHtml(name, `#${anchor}`)];
  const strip = wayHtml(way, ends, `${howMade}: ${name}`, address, language);
  const cited = citation === '' ? '' : `<p>${escapeHtml(cite)}</p><pre><code>${escapeHtml(citation)}</code></pre>`;
  return `<div class="origin">${strip}<details class="origin"><summary>${escapeHtml(howMade)}</summary>${downloads}${sourceHtml(directive)}${runsHtml(runs, directive, { address, language })}${cited}</details></div>`;
}

/** data → train (seed 0, 0.32 s) → fit → Figure 3: each a link, the times filled in by the build's own account. */
function wayHtml(
  way: readonly (readonly MadeFrom[])[],
  ends: readonly string[],
  label: string,
  address: string,
  language: Language,
): string {
  const boxes = way.map((level) => level.map((one) => madeFromHtml(one, address, language)).join(' '));
  const items = [...boxes, ...ends].map((box) => `<li>${box}</li>`).join('');
  return `<nav class="way" aria-label="${escapeHtml(label)}"><ol>${items}</ol></nav>`;
}

function madeFromHtml(
  { id, kind, address: page, anchor, seeds, keys, imported, isOwnCode }: MadeFrom,
  address: string,
  { words: { experiments: words }, count }: Language,
): string {
  const href = `${page === address ? '' : relativeAddress(address, page)}#${anchor}`;
  const [seed, more] = seeds;
  const said = [
    ...(keys.length > 1 ? [count(words.runs, keys.length)] : []),
    ...(seed !== undefined && more === undefined ? [sayHtml(words.seed, { seed })] : []),
    ...(imported ? [escapeHtml(words.notComputedHere)] : []),
    ...(isOwnCode ? [escapeHtml(words.ownCode)] : []),
  ];
  const times = imported ? '' : `<span data-build-info="seconds" ${keysAttribute(keys)} hidden></span>`;
  const about = said.length === 0 ? '' : `<span>${said.join(', ')}</span> `;
  return `<span class="from">${boxHtml(id, href, kind)} <span class="about">${about}${times}</span></span>`;
}

function boxHtml(said: string, href: string, kind = ''): string {
  const what = kind === '' ? '' : `<span class="kind">${escapeHtml(kind)}</span> `;
  return `<a href="${escapeHtml(href)}">${what}${escapeHtml(said)}</a>`;
}

/** A directive as it is written. */
export function sourceHtml({ kind, id, text }: Directive): string {
  const made = highlight(text, 'yaml');
  const inside = typeof made === 'object' ? made.html : escapeHtml(text);
  return `<pre><code>${escapeHtml(`\`\`\`${kind} #${id}\n`)}${inside}\n\`\`\`</code></pre>`;
}

/** "192 results on CPU, wasm-f32/4; no GPU took part": of several results, not all of which are listed. */
function devicesHtml(runs: readonly RunNote[], language: Language): string {
  const { experiments: words } = language.words;
  const counts = new Map<string, number>();
  for (const { device, profile } of runs.filter(({ profile }) => profile !== '')) {
    const on = `${device}, ${profile}`;
    counts.set(on, (counts.get(on) ?? 0) + 1);
  }
  if (runs.length < 2 || counts.size === 0) return '';
  const parts = Array.from(counts, ([device, many]) => language.count(words.resultsOn, many, { device }));
  if (!runs.some(({ profile }) => isOnGpu(profile))) parts.push(words.noGpu);
  return `<p class="devices">${escapeHtml(parts.join('; '))}.</p>`;
}

/** Where an account stands: the address of its page, and in which language. */
interface At {
  readonly address: string;
  readonly language: Language;
}

/** The steps of a figure or an experiment, one by one or summed up, and the commands that make them again. */
export function runsHtml(runs: readonly RunNote[], directive: Directive, { address, language }: At): string {
  if (runs.length === 0) return '';
  const { figures } = language.words;
  const all = keysAttribute(runs.map(({ key }) => key));
  const hasTimes = runs.some(({ imported }) => imported === undefined);
  const list = relativeAddress(address, runsFile(runs));
  const account = hasTimes ? `<p data-build-info="account" ${all} hidden></p>` : '';
  const told =
    runs.length > mostListed
      ? `${sweepAccountHtml(runs, list, language)}${account}`
      : `<ul class="runs">${runs.map((run) => runHtml(run, language)).join('')}</ul>`;
  const ids = [...new Set(runs.map(({ id }) => id))];
  const results = ids.map((id) => commandHtml(`results ${id} --report`)).join(', ');
  // Of all of them, the last verifications. The account of a single run has its own.
  const verified = runs.length > 1 && hasTimes ? `<p data-build-info="verified" ${all} hidden></p>` : '';
  const again = sayWithHtml(figures.again, { build: commandHtml(`build --only ${directive.id}`), results });
  return `${sourcesHtml(runs, language.words.experiments)}${devicesHtml(runs, language)}${told}${verified}<p>${again}</p>`;
}

function runHtml(
  { name, key, profile, device, seed, divergedAt, imported, isOwnCode }: RunNote,
  { words: { experiments: words }, number }: Language,
): string {
  const on = profile === '' ? '' : ` ${sayHtml(words.on, { device: `${device}, ${profile}` })}`;
  const ended =
    divergedAt === undefined ? '' : `, <strong>${sayHtml(words.divergedAt, { step: number(divergedAt) })}</strong>`;
  const drawn = seed === undefined ? '' : `, ${sayHtml(words.seed, { seed })}`;
  const own = isOwnCode === true ? `, ${escapeHtml(words.ownCode)}` : '';
  const shown = `<span class="key" data-copy="${key}" title="${key}">${sayHtml(words.key, { key: key.slice(0, shownKey) })}</span>`;
  const account =
    imported === undefined
      ? `<span data-build-info="account" ${keysAttribute([key])} hidden></span>`
      : readFrom(imported, words);
  return `<li><code>${escapeHtml(name)}</code>${on}${ended}${drawn}${own}<br>${shown} ${account}</li>`;
}

/** The files of a run that was not computed here, each with what names its bytes. */
function readFrom({ files }: NonNullable<RunNote['imported']>, words: Words['experiments']): string {
  const said = files.map(({ file, digest }) => {
    const short = `<span class="key" data-copy="${digest}" title="${digest}">${digest.slice(0, shownKey)}</span>`;
    return sayWithHtml(words.readFrom, { file: `<code>${escapeHtml(file)}</code>`, digest: short });
  });
  return `<br>${said.join('<br>')}`;
}

/** That results were not computed here, and by whose word they stand. */
function sourcesHtml(runs: readonly RunNote[], words: Words['experiments']): string {
  const sources = new Set(runs.flatMap(({ imported }) => (imported === undefined ? [] : [imported.source])));
  return Array.from(sources, (source) => {
    const mark = `<strong>${escapeHtml(words.notComputedHere)}</strong>`;
    return `<p class="imported">${mark} · ${sayHtml(words.source, { source })}</p>`;
  }).join('');
}

/** A command on this report; its folder, which differs from machine to machine, is filled in by the build's own account. */
function commandHtml(command: string): string {
  return `<code data-build-info="command">colophon ${escapeHtml(command)} REPORT</code>`;
}
