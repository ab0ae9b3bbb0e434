/**
 * A report while it is being written: what its pages are now, what is wrong with it, what is still being computed. Every
 * change is taken in at once; experiments go on behind it.
 */
import { append } from '../append.js';
import { buildInfo, prepare, type Prepared, partsOf } from '../pipeline/build.js';
import type { BuildWorld } from '../pipeline/build.js';
import { openMemo } from '../memo.js';
import { drawFigures } from '../pipeline/draw-figures.js';
import { drawingKey } from '../figures/drawing-key.js';
import type { DrawnFigure } from '../figures/figure.js';
import type { Trial } from '../figures/try-figure.js';
import { checkClaims, readFrom } from '../pipeline/print-numbers.js';
import { areFatal, inOrder, type LateProblem, type Problem, problemFrame } from '../problem.js';
import { versions } from '../program.js';
import { renderMemory } from '../render/render-memo.js';
import { type RenderedFile, type RenderOptions, renderPages } from '../render/render-pages.js';
import { forecast, type RunEvent, runPlan, type StepResult } from '../run/run-plan.js';
import { keysOf } from '../pipeline/reachable.js';
import { memoryOfPages } from '../source/page-memo.js';
import type { Report } from '../source/report.js';
import { timeOnThreads } from '../pipeline/choose-engines.js';
import { manySteps, sizeNote } from '../pipeline/size-note.js';
import { endedBySignals } from '../signals.js';
import { notTried, tryFigures } from '../pipeline/try-figures.js';
import { rememberingStore } from './remembering-store.js';

/** A problem as the page shows it. */
export interface ShownProblem {
  /** "report/index.md:12:3"; empty when it has no place. */
  readonly where: string;
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly frame: string;
  readonly warning: boolean;
}

/** What happened, for the pages that are open. */
export type SessionEvent =
  | { readonly kind: 'pages'; readonly changed: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly ShownProblem[] }
  | {
      readonly kind: 'progress';
      readonly running: readonly { readonly name: string; readonly fraction: number }[];
      readonly ended: number;
      readonly total: number;
    };

export interface Session {
  /** Takes in what the report's files are now. `changed` are those that are known to differ, for all of them undefined. */
  readonly update: (changed?: readonly string[]) => Promise<void>;
  /** A file of the site as it is now. */
  readonly file: (path: string) => RenderedFile | undefined;
  /** The last problems and the last progress, for a page that has just been opened. */
  readonly state: () => readonly SessionEvent[];
  /** Stops what is being computed. */
  readonly stop: () => void;
}

/** Results that are all in the store are there within this many milliseconds, and the pages come whole at once. */
const patience = 40;
/** Milliseconds between two looks of the pages at results that come in one after the other. */
const betweenLooks = 250;

/** Opens a report. Nothing is read before the first `update`. `notify` hears of everything as it happens. */
export function openSession(folder: string, world: BuildWorld, notify: (event: SessionEvent) => void): Session {
  const pageMemo = memoryOfPages();
  const store = rememberingStore(world.store);
  const trials = openMemo<Trial>();
  let options: RenderOptions = { memo: renderMemory() };
  let files = new Map<string, RenderedFile>();
  let problems: SessionEvent = { kind: 'problems', problems: [] };
  let progress: SessionEvent = { kind: 'progress', running: [], ended: 0, total: 0 };
  let stopRun = (): void => undefined;
  let generation = 0;
  /** What has been computed of the report as it is, for the account under each figure. */
  let results: ReadonlyMap<string, StepResult> = new Map();
  /** What has been drawn of it, by all that a drawing depends on. */
  let drawings: ReadonlyMap<string, DrawnFigure> = new Map();

  const say = (event: SessionEvent): void => {
    if (event.kind === 'problems') problems = event;
    if (event.kind === 'progress') progress = event;
    notify(event);
  };
  const publish = (rendered: readonly RenderedFile[]): void => {
    const changed = rendered
      .filter(({ path, content }) => typeof content === 'string' && files.get(path)?.content !== content)
      .map(({ path }) => path);
    files = new Map(rendered.map((file) => [file.path, file]));
    if (changed.length > 0) notify({ kind: 'pages', changed });
  };

  const compute = async (
    { report, plan }: Pick<Prepared, 'report' | 'plan'>,
    mine: number,
    warnings: readonly Problem[],
    tried: readonly LateProblem[],
  ): Promise<void> => {
    const stop = new AbortController();
    stopRun();
    stopRun = () => {
      stop.abort(new Error('the report has changed'));
    };
    // What an edit leaves as it was stays in sight until it has been found again.
    const known = new Map<string, StepResult>();
    for (const step of plan.steps) {
      const before = results.get(step.key);
      if (before !== undefined) known.set(step.key, { ...before, step });
    }
    const looks = new Map(plan.figures.map((figure) => [figure.id, drawingKey(figure, ({ key }) => key, '')]));
    const drawn = new Map<string, DrawnFigure>();
    for (const look of looks.values()) {
      const before = drawings.get(look);
      if (before !== undefined) drawn.set(look, before);
    }
    [results, drawings] = [known, drawn];
    const drawingOf = (id: string, number: number): DrawnFigure => {
      const found = drawn.get(looks.get(id) ?? '');
      return found === undefined ? pending(id, number) : { ...found, number };
    };
    if (plan.steps.length >= manySteps) {
      const due = forecast(plan, store).flatMap(({ step, cached }) => (cached ? [] : [step]));
      const size = sizeNote(due, timeOnThreads(due, world.jobs));
      if (size !== undefined) world.say(size);
    }
    const undrawn: LateProblem[] = [];
    const running = runPlan(plan, {
      ...world,
      store,
      signal: AbortSignal.any([world.signal, stop.signal]),
      report: progressOf((event) => {
        if (mine === generation) say(event);
      }),
      file: (path) => {
        const data = report.dataFile(path);
        if ('refused' in data) throw new Error(`${path}: ${data.refused}`);
        return data.bytes;
      },
      versions: versions(),
      resident: () => process.memoryUsage.rss(),
    });
    let news = false;
    const look = (): void => {
      if (mine !== generation) return;
      news = false;
      const parts = partsOf(report, plan, drawingOf, (step) => known.get(step.key), '…');
      const rendered = endedBySignals(() => renderPages(report, parts, options));
      if (!areFatal(rendered.problems)) publish(rendered.files);
    };
    const all = [
      ...plan.steps.map(async (step) => {
        const result = await running.result(step);
        if (result !== undefined) known.set(step.key, result);
        news = true;
      }),
      ...plan.figures.map(async (figure) => {
        const { figures, problems: found } = await drawFigures({ ...plan, figures: [figure] }, running.result, {
          ...world,
          store,
        });
        for (const [id, one] of figures) drawn.set(looks.get(id) ?? '', one);
        append(undrawn, found);
        news = true;
      }),
    ];
    const whole = Promise.all([running.done, ...all]).then(([run]) => run);
    const leave = world.store.announce(keysOf(plan));
    let looking: NodeJS.Timeout | undefined;
    try {
      const later = new Promise<'later'>((resolve) => setTimeout(resolve, patience, 'later'));
      if ((await Promise.race([whole, later])) === 'later') look();
      looking = setInterval(() => {
        if (news) look();
      }, betweenLooks);
      const { failed } = await whole;
      look();
      const failures = failed.map(
        ({ step, message }): Problem => ({
          place: { ...step.directive.place, file: pageOf(report, step.directive) },
          rule: 'failed',
          message: `${step.name} could not be computed: ${message}`,
          hint: 'change the directive, or build again',
        }),
      );
      const claims =
        failed.length > 0
          ? []
          : checkClaims(
              plan.claims,
              readFrom((step) => known.get(step.key)?.artifact),
            );
      if (mine === generation) say(shown([...warnings, ...notTried(undrawn, tried), ...failures, ...claims], report));
    } finally {
      clearInterval(looking);
      await store.settled();
      leave();
    }
  };

  return {
    update: async (changed) => {
      generation += 1;
      const mine = generation;
      // Anything but a page may be a template, a stylesheet, or what a page was made from.
      if (changed?.every((file) => file.endsWith('.md')) !== true) options = { memo: renderMemory() };
      const prepared = prepare(folder, world, { pages: pageMemo, render: options });
      options = { ...options, templates: prepared.templates };
      say(shown(prepared.problems, prepared.report));
      if (areFatal(prepared.problems)) return;
      const tried = await tryFigures(prepared.plan, world.draw, trials, world.limits);
      const known = [...prepared.problems, ...tried];
      if (mine === generation && tried.length > 0) say(shown(known, prepared.report));
      if (mine !== generation || areFatal(tried)) return;
      try {
        await compute(prepared, mine, known, tried);
      } catch (error) {
        // A newer change has taken over, or the person has had enough.
        if (mine === generation && !world.signal.aborted) throw error;
      }
    },
    file: (path) =>
      path === 'build-info.js'
        ? { path, content: buildInfo(world, { folder }, [...results.values()], 0) }
        : files.get(path),
    // A page may have changed between its loading and its listening.
    state: () => [problems, progress, { kind: 'pages', changed: [...files.keys()] }],
    stop: () => {
      generation += 1;
      stopRun();
    },
  };
}

/** A figure whose results are not there yet. */
function pending(id: string, number: number): DrawnFigure {
  const text = 'This figure is being computed.';
  const svg = `<svg class="pending" viewBox="0 0 640 240" width="640" height="240" role="img" aria-label="${text}"><text x="320" y="124" text-anchor="middle" fill="currentColor">${text}</text></svg>`;
  return {
    id,
    number,
    svg,
    description: text,
    width: 640,
    height: 240,
    specification: '',
    vega: '',
    digest: 'pending',
  };
}

function pageOf(report: Report, directive: object): string {
  return report.pages.find(({ directives }) => directives.some((one) => one === directive))?.file ?? '';
}

function shown(problems: readonly Problem[], report: Report): SessionEvent {
  const texts = new Map(report.pages.map(({ file, text }) => [file, text]));
  const textOf = (file: string): string | undefined => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const data = report.dataFile(file);
    return 'bytes' in data ? new TextDecoder().decode(data.bytes) : undefined;
  };
  return {
    kind: 'problems',
    problems: inOrder(problems).map(({ place, rule, message, hint, severity }) => {
      const text = place === undefined ? undefined : textOf(place.file);
      return {
        where: place === undefined ? '' : `${place.file}:${place.line}:${place.column}`,
        ...{ rule, message, hint, warning: severity === 'warning' },
        frame: place === undefined || text === undefined ? '' : problemFrame(text, place),
      };
    }),
  };
}

/** Run events as what runs now, said a few times a second. */
function progressOf(say: (event: SessionEvent) => void): (event: RunEvent) => void {
  const running = new Map<string, number>();
  let ended = 0;
  let last = 0;
  return (event) => {
    if (event.kind === 'end') {
      running.delete(event.step.name);
      ended += 1;
    } else running.set(event.step.name, event.kind === 'progress' ? event.fraction : 0);
    const now = performance.now();
    if (event.kind === 'progress' && now - last < 100) return;
    // A plan that is all in the store has nothing to tell.
    if (event.kind === 'end' && event.outcome === 'cached' && ended < event.total) return;
    last = now;
    say({
      kind: 'progress',
      running: [...running].map(([name, fraction]) => ({ name, fraction })),
      ended,
      total: event.total,
    });
  };
}
