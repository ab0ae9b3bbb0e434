/** What stands where a directive was written: a figure, a table, or a folded account of an experiment, as HTML. */
import { english } from '../languages/english.js';
import type { Language } from '../languages/language.js';
import { say } from '../languages/words.js';
import type { Directive } from '../source/report.js';
import { figureFile, originHtml, runsHtml, sourceHtml } from './account.js';
import { relativeAddress } from './address.js';
import { escapeHtml, sayHtml } from './html.js';
import { anchorOf, labelHtml, numbered } from './labels.js';
import { tick } from './marks.js';
import { labHtml } from './lab.js';
import { movingHtml } from './moving-figure.js';
import { nounOf } from './nouns.js';
import type { FigurePart, KindReference, Reference, RuleRow, RunNote, TablePart } from './parts.js';

/** What a kind of directive is, its options, and what it makes, or a group of problems, as the program itself knows them. */
export function referenceHtml(name: string, reference: Reference): string {
  return 'rules' in reference ? rulesHtml(name, reference.rules) : kindHtml(name, reference);
}

function rulesHtml(name: string, rules: readonly RuleRow[]): string {
  const rows = rules.map(({ rule, cause, cure }) => {
    const anchor = `problem-${rule}`;
    return `<tr id="${anchor}"><th scope="row"><code>${escapeHtml(rule)}</code></th><td>${withCode(cause)}</td><td>${withCode(cure)}</td></tr>`;
  });
  return `<section class="scroll reference" aria-label="${escapeHtml(name)}" tabindex="0"><table><thead><tr><th scope="col">problem</th><th scope="col">what has happened</th><th scope="col">what to do</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

/** A sentence with what stands between backticks as code. */
function withCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function kindHtml(name: string, { description, options, makes }: KindReference): string {
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

function makesHtml({ pictures, results }: NonNullable<KindReference['makes']>): string {
  const code = (name: string): string => `<code>${escapeHtml(name)}</code>`;
  const told = results.map(({ name, dimensions }) => {
    const by = dimensions.map((dimension) => (dimension === 'checkpoint' ? 'step' : dimension));
    return by.length === 0 ? code(name) : `${code(name)} (by ${escapeHtml(by.join(', '))})`;
  });
  return `<p>Pictures: ${pictures.map(code).join(', ')}. Results: ${told.join(', ')}.</p>`;
}

/** What a directive's place on a page needs besides its part. */
export interface About {
  /** The caption or sentence, as HTML. */
  readonly prose: string;
  /** Of the page. */
  readonly address: string;
  /** How a drawing is cited. */
  readonly citation: string;
  /** Of the page. */
  readonly language: Language;
}

/** A figure with its caption (already HTML) and how it was made. */
export function figureHtml(
  directive: Directive,
  part: FigurePart,
  { prose: caption, address, citation, language }: About,
): string {
  const anchor = anchorOf(directive);
  const { figures: words } = language.words;
  const { number } = part.drawn;
  const links = part.files.map(
    ({ name: file, extension }) =>
      `<a href="${relativeAddress(address, figureFile(anchor, extension))}" download aria-label="${sayHtml(words.fileOfFigure, { file, number })}">${file}</a>`,
  );
  const table = relativeAddress(address, figureFile(anchor, 'html'));
  const downloads =
    links.length === 0
      ? ''
      : `<p class="downloads" data-png="${number}">${escapeHtml(words.download)} ${links.join(' ')}</p><p><a href="${table}">${sayHtml(words.dataAsTable, { number })}</a></p>`;
  const wide = part.wide ? ' class="wide"' : '';
  const label = labelHtml(anchor, numbered('fig', number, language));
  return `<figure id="${anchorOf(directive)}"${wide}>${drawingHtml(directive, part, address, language)}${labOf(part, address, language)}${originHtml(directive, part, { name: numbered('fig', number, language), file: 'html', address, language, downloads, citation })}<figcaption>${label} ${caption}</figcaption></figure>`;
}

/** What a drawing says is English in a language that the program has no words of, unless its author has said it. */
function languageOfDrawing({ prose }: Directive, { tag, words }: Language): string {
  const isEnglish = words.drawings === english.drawings && !/^en\b/i.test(tag);
  return isEnglish && prose.alt === undefined ? ' lang="en" dir="ltr"' : '';
}

function drawingHtml(directive: Directive, part: FigurePart, address: string, language: Language): string {
  const attributes = languageOfDrawing(directive, language);
  const { drawn, interactive, script } = part;
  if (drawn.moving === undefined || interactive === undefined || script === undefined)
    return `<div class="drawing"${attributes}${narrowAttribute(drawn)}${interactiveAttribute(part, address)}>${drawn.svg}${drawn.narrow?.svg ?? ''}</div>`;
  const data = relativeAddress(address, interactive.data);
  return movingHtml(drawn, drawn.moving, { ...interactive, data }, relativeAddress(address, script.path), {
    ...{ attributes, words: language.words.scripts.figure },
  });
}

/** Which places are too narrow for the drawing: those of phones, also those beside another that others have room in, or those of tablets. */
function narrowAttribute({ narrow, width }: FigurePart['drawn']): string {
  const broad = width > 640 ? 'page' : width > 445 ? 'text' : 'half';
  return narrow === undefined ? '' : ` data-broad="${broad}"`;
}

/** Where a reader trains again what the figure shows. */
function labOf({ lab, interactive }: FigurePart, address: string, { words }: Language): string {
  if (lab === undefined || interactive === undefined) return '';
  const { training, path } = lab;
  const [script, data] = [path, interactive.data].map((to) => relativeAddress(address, to));
  return labHtml({ training, script: script ?? '', data: data ?? '' }, words.lab);
}

/** What the page's scripts need to bring the figure to life. */
function interactiveAttribute({ script, narrowScript, drawn }: FigurePart, address: string): string {
  if (script === undefined || drawn.moving !== undefined) return '';
  const at = (path: string): string => escapeHtml(relativeAddress(address, path));
  const narrow = narrowScript === undefined ? '' : ` data-narrow="${at(narrowScript.path)}"`;
  return ` data-vega="${at(script.path)}"${narrow} data-figure="${escapeHtml(drawn.id)}"`;
}

/** Leads from a cell to the note under its table. */
const noteMark = '<sup class="note-mark">†</sup>';

export function tableHtml(directive: Directive, part: TablePart, { prose: caption, address, language }: About): string {
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
  const { figures: words } = language.words;
  const { number } = part;
  const named = numbered('tbl', number, language);
  const label = labelHtml(anchorOf(directive), named);
  const csv = relativeAddress(address, figureFile(anchorOf(directive), 'csv'));
  const downloads = `<p class="downloads">${escapeHtml(words.download)} <a href="${csv}" download aria-label="${sayHtml(words.fileOfTable, { file: 'CSV', number })}">CSV</a></p>`;
  const note = part.note === '' ? '' : `<p class="table-note">${noteMark} ${escapeHtml(part.note)}</p>`;
  return `<figure class="table" id="${anchorOf(directive)}"><figcaption>${label} ${caption}</figcaption><section class="scroll" aria-label="${escapeHtml(named)}" tabindex="0"><table><thead>${groupsHtml(part.columns)}<tr>${head}</tr></thead><tbody>${rows}</tbody></table></section>${note}${originHtml(directive, part, { name: named, file: 'csv', address, language, downloads, citation: '' })}</figure>`;
}

/** The row of what columns show together; none where each is for itself. */
function groupsHtml(columns: TablePart['columns']): string {
  if (columns.every(({ group }) => group === undefined)) return '';
  const cells = columns.map(({ group }, index) => {
    if (group === undefined) return '<td></td>';
    if (columns[index - 1]?.group === group) return '';
    const end = columns.findIndex((column, at) => at > index && column.group !== group);
    const span = (end < 0 ? columns.length : end) - index;
    return `<th class="group" scope="colgroup" colspan="${span}">${escapeHtml(group)}</th>`;
  });
  return `<tr>${cells.join('')}</tr>`;
}

/** A step directive: what it is, its source, and its runs. */
export function experimentHtml(
  directive: Directive,
  runs: readonly RunNote[],
  { address, language }: Pick<About, 'address' | 'language'>,
): string {
  const { experiments: words, kinds } = language.words;
  const said = (text: string): string => `<span class="count">${escapeHtml(text)}</span>`;
  const count = runs.length === 1 ? '' : said(language.count(words.runs, runs.length));
  const imported = runs.some((run) => run.imported !== undefined) ? said(words.notComputedHere) : '';
  const diverged = runs.some(({ divergedAt }) => divergedAt !== undefined) ? said(words.diverged) : '';
  const own = runs.some(({ isOwnCode }) => isOwnCode) ? said(words.ownCode) : '';
  // Others lead to its place all the same.
  if (!directive.echo) return `<div id="${anchorOf(directive)}"></div>`;
  return `<details class="experiment" id="${anchorOf(directive)}"${directive.fold ? '' : ' open'}><summary><b>${escapeHtml(nounOf(directive, kinds))}</b> <code>${escapeHtml(directive.id)}</code> ${count}${imported}${own}${diverged}</summary>${sourceHtml(directive)}${runsHtml(runs, directive, { address, language })}</details>`;
}

/** The mark that a claim leaves in the text: what was checked is its title. It begins with a blank at which no line ends. */
export function claimMark(claim: string, { words }: Language): string {
  const said = say(words.blocks.checked, { claim });
  return `<span class="checked" role="img" aria-label="${escapeHtml(said)}" title="${escapeHtml(said)}">\u00a0${tick}</span>`;
}

/** A claim of its own: its sentence, and the mark that it was checked. */
export function claimHtml(sentence: string, claim: string, language: Language): string {
  return `<p class="claim">${sentence}${claimMark(claim, language)}</p>`;
}
