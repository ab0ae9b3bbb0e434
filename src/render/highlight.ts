/**
 * Code as HTML with its parts marked, by highlight.js. Its grammars are regular expressions, and some texts keep one of them
 * busy for minutes: a block has a budget, after which it is shown as it is.
 */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

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

const longest = 100_000;

/** Of processor time; an honest block of that length takes a quarter. */
const budgetMs = 600;

/** After so many blocks over the budget no other of the site is tried. */
const mostOverBudget = 5;
let overBudget = 0;

/** The blocks of another site, or of the same one after an edit, are tried again. */
export function tryBlocksAgain(): void {
  overBudget = 0;
}

/** Runs the work that stands in its global variable, as nothing else can be stopped from outside on this thread. */
const run = new Script('globalThis[Symbol.for("colophon.highlight")]()');
const work = Symbol.for('colophon.highlight');

/** Words beside each other of one class as one part: of a sentence in YAML highlight.js marks every word. */
function joinedParts(html: string): string {
  return html.replaceAll(
    /<span class="([\w -]+)">[^<]*<\/span>(?:[ \t]+<span class="\1">[^<]*<\/span>)+/g,
    (run, name: string) => `<span class="${name}">${run.replaceAll(/<[^>]+>/g, '')}</span>`,
  );
}

/** The HTML; undefined for a language that is not known, or a text that is too long; `slow` for one over the budget. */
export function highlight(code: string, language: string): { readonly html: string } | 'slow' | undefined {
  if (code.length > longest || !/^[\w+#-]+$/.test(language)) return undefined;
  const known = highlighter();
  if (known.getLanguage(language) === undefined) return undefined;
  if (overBudget >= mostOverBudget) return 'slow';
  const page = globalThis as unknown as Record<symbol, (() => string) | undefined>;
  page[work] = () => known.highlight(code, { language, ignoreIllegals: true }).value;
  try {
    // A machine that is busy gives this thread less than the time that passes.
    for (let patience = budgetMs; ; patience *= 2) {
      const before = process.cpuUsage();
      try {
        return { html: joinedParts(run.runInThisContext({ timeout: patience }) as string) };
      } catch (error) {
        if ((error as { readonly code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        const { user, system } = process.cpuUsage(before);
        if ((user + system) / 1000 < budgetMs / 2 && patience < 4 * budgetMs) continue;
        overBudget += 1;
        return 'slow';
      }
    }
  } finally {
    page[work] = undefined;
  }
}
