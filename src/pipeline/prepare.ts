/** Reads and plans a report, and finds everything that is wrong with it without computing anything. */
import { allowsNothing } from '../shared/allowed.js';
import { checkFigure, checkScrubbers } from '../figures/draw-figure.js';
import { checkLabs } from '../lab/labs-of.js';
import { type LoadedKinds, loadKinds, noKinds } from '../kinds/load-kinds.js';
import { standardLimits } from '../shared/limits.js';
import type { Plan } from '../plan/plan.js';
import { planReport } from '../plan/plan-report.js';
import { type Problem, withoutEchoes } from '../shared/problem.js';
import { type RenderOptions, renderPages } from '../render/render-pages.js';
import { loadTemplates } from '../render/templates.js';
import { endedBySignals, heardSignals } from '../shared/signals.js';
import { type LoadedPlugins, loadPlugins, nothingLoaded } from '../source/plugins/load-plugins.js';
import { readReport } from '../source/read-report.js';
import type { Report } from '../source/report.js';
import { directiveKinds, stepKinds } from '../steps/kinds.js';
import type { Memos } from './memos.js';
import { nothingKnown } from './known.js';
import { pageParts } from './page-parts.js';
import type { SitePlace } from './up-to-date.js';
import type { World } from './world.js';

export interface Prepared {
  readonly report: Report;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  /** How its pages are rendered, then as now. */
  readonly render: RenderOptions;
}

/** What is known from before, and where the site is to stand. */
export interface PrepareOptions {
  readonly memos?: Pick<Memos, 'pages' | 'render' | 'templates'>;
  readonly place?: SitePlace;
  /** Its own plugins and kinds. */
  readonly loaded?: LoadedPlugins;
  readonly own?: LoadedKinds;
}

/** The same of a report with its own plugins and kinds, where they may be run. */
export async function prepareWithPlugins(
  folder: string,
  world: Parameters<typeof prepare>[1] & Pick<World, 'signal'>,
  options: PrepareOptions = {},
): Promise<Prepared> {
  const { allowed = allowsNothing, limits = standardLimits } = world;
  const loaded = await loadPlugins(folder, allowed, limits);
  const own = await loadKinds(folder, allowed, limits);
  await heardSignals(world.signal);
  return prepare(folder, world, { ...options, loaded, own });
}

export function prepare(
  folder: string,
  {
    memory,
    engine,
    allowed = allowsNothing,
    limits = standardLimits,
    edition,
  }: Pick<World, 'memory' | 'engine' | 'edition'> & Partial<Pick<World, 'allowed' | 'limits'>>,
  { memos, place = {}, loaded = nothingLoaded, own = noKinds }: PrepareOptions = {},
): Prepared {
  const { plugins, problems: unloaded } = loaded;
  return endedBySignals(() => {
    const { report, problems: found } = readReport(folder, [...directiveKinds, ...own.kinds], {
      ...{ memo: memos?.pages, allowed, limits, plugins },
      ...(edition !== undefined && { edition }),
    });
    // Of a kind that could not be loaded every directive would be of an unknown kind.
    const unread = own.problems.length === 0 ? found : found.filter(({ rule }) => rule !== 'unknown-kind');
    const load = (): ReturnType<typeof loadTemplates> => loadTemplates(report.files, allowed);
    const templates = memos?.templates(load) ?? load();
    const render = {
      ...place,
      keepsPluginHtml: allowed.pluginHtml,
      ...(memos !== undefined && { memo: memos.render }),
      templates,
    };
    const { plan, problems: unplanned } = planReport(report, { memory, addressable: engine.addressable }, [
      ...stepKinds,
      ...own.kinds,
    ]);
    const untrusted = allowed.trust ? [] : untrustedPrograms(plan);
    const undrawable = [
      ...plan.figures.flatMap(checkFigure),
      ...checkScrubbers(plan.figures),
      ...checkLabs(plan.figures, plan.steps),
    ];
    // The pages without results: every fault of the prose shows before anything has run.
    const { problems: unrendered } = renderPages(report, pageParts(report, plan, nothingKnown(plan)), render);
    const later = withoutEchoes(unread, [...unplanned, ...untrusted, ...undrawable, ...unrendered]);
    return { report, plan, render, problems: [...unloaded, ...own.problems, ...unread, ...later] };
  });
}

/** Programs are code of the report's own, which only a trusted build runs. */
function untrustedPrograms({ steps }: Plan): Problem[] {
  const directives = new Set(steps.filter(({ kind }) => kind.isOwnCode === true).map(({ directive }) => directive));
  return Array.from(directives, ({ kind, id, place }) => ({
    place,
    rule: 'untrusted-kind',
    message: `${kind} #${id} is code; it is not run`,
    hint: 'add --trust if this report is your own',
  }));
}
