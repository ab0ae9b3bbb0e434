/** Where what is made of a report goes: all in which a build, a server of drafts and a single figure differ. */
import type { Plan } from '../plan/plan.js';
import type { Problem } from '../shared/problem.js';
import type { RenderedFile } from '../render/render-pages.js';
import type { Report } from '../source/report.js';

/** The files of a site, as far as they are known, or of what else a sink takes. */
export interface Site {
  readonly files: readonly RenderedFile[];
  /** The characters of all formulas, in order. */
  readonly formulas: string;
  /** Whether there is something to say about the report. */
  readonly hasProblems: boolean;
}

export interface Sink {
  /** Whether it takes pages with all that they load; else the files of figures and tables alone. */
  readonly takesPages: boolean;
  /** Whether pages are published while results are missing; else all results are waited for. */
  readonly takesUnfinished: boolean;
  /** Whether a step that failed, a drawing that failed or a false claim keeps the site from being published. */
  readonly endsWithProblems: boolean;
  /** What of the plan it takes, asked once nothing is wrong with the report. */
  readonly partOf: (plan: Plan) => Plan | Promise<Plan>;
  /** What keeps it from taking a site, found before anything runs. */
  readonly obstacles: () => readonly Problem[];
  /** Takes all that is wrong with the report, whenever more of it is known. */
  readonly problems: (problems: readonly Problem[], report: Report) => void;
  /** Called before anything runs. */
  readonly open: () => void;
  /** Called when everything has been computed and drawn, and only pages are left to be rendered. */
  readonly computed: () => void;
  readonly publish: (site: Site) => Promise<void>;
  /** Called in the end of all that `open` began, however it ended. */
  readonly close: () => void;
}
