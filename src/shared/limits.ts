/**
 * What a report may cost. Whoever builds may raise a limit on the command line; a report cannot, because it may be a
 * stranger's.
 */

interface Limit {
  readonly standard: number;
  readonly unit: string;
  /** What it bounds, for the list of them that a person asks for. */
  readonly of: string;
}

/** Every limit that can be set, with what holds where nobody sets it: more than an honest report comes near. */
export const limitTable = {
  'drawing-time': { standard: 20, unit: 'seconds', of: 'that one figure may take to draw' },
  'drawing-memory': { standard: 640, unit: 'MB', of: 'of memory that one figure may need to be drawn' },
  'kind-time': { standard: 600, unit: 'seconds', of: "that one step may take that runs the report's own code" },
  'kind-memory': { standard: 2048, unit: 'MB', of: 'of heap that the thread of such a step may need' },
  'module-time': {
    standard: 20,
    unit: 'seconds',
    of: "that a module of the report's own kinds may take to load, and to say sizes",
  },
  'page-tokens': { standard: 385_000, unit: 'words and marks', of: 'of Markdown that one page may have' },
  'report-nodes': { standard: 800_000, unit: 'nodes', of: 'that the syntax trees of all pages may have together' },
  'plugin-time': { standard: 20, unit: 'seconds', of: 'that an asynchronous plugin may take over one text of a page' },
  'contents-lines': { standard: 4_000_000, unit: 'lines', of: 'that the contents on all pages may have together' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof limitTable;

export type Limits = Readonly<Record<LimitName, number>>;

export const limitNames = Object.keys(limitTable) as readonly LimitName[];

export const standardLimits = Object.fromEntries(
  limitNames.map((name) => [name, limitTable[name].standard]),
) as unknown as Limits;

/** "20 seconds", as a problem says it. */
export function limitInWords(name: LimitName, limits: Limits): string {
  return `${limits[name]} ${limitTable[name].unit}`;
}

/** How to raise it, as a problem's hint says it. */
export function raiseLimit(name: LimitName, limits: Limits): string {
  return `raise the limit with --limit ${name}=${2 * limits[name]}`;
}
