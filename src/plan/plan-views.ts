/** Directives that show or check results, and numbers in the text: what they are of, checked before anything runs. */
import { groupBy } from '../shared/group-by.js';
import { append } from '../shared/append.js';
import type { Problem, Rule } from '../shared/problem.js';
import type { Directive, OptionPath, Page, Report } from '../source/report.js';
import type { FigureOptions } from '../steps/figure.js';
import { isView, viewKinds, type ViewName } from '../steps/kinds.js';
import type { TableOptions } from '../steps/table.js';
import type { ViewKind } from '../steps/view.js';
import { messageOf } from '../shared/message-of.js';
import { suggestion } from '../shared/suggest.js';
import { checkOptions } from './check-options.js';
import { ofSeeds } from '../shared/expression/cells.js';
import { type Expression, requestsIn } from './expression/expression.js';
import type {
  Cell,
  ClaimRequest,
  FigureRequest,
  InlineNumber,
  NumberRequest,
  PlannedStep,
  Shown,
  TableRequest,
  ValueRequest,
} from './plan.js';
import { axesOf, axisOf, dimensionsOf, type Fault, stepsWhere } from './select.js';
import { labelOf } from './sweep.js';
import { planClaimDirective, planInline } from './plan-inline.js';
import { defaultFormat, formatPattern, requestValue } from './values.js';

export interface PlannedViews {
  readonly figures: readonly FigureRequest[];
  readonly tables: readonly TableRequest[];
  readonly values: ReadonlyMap<string, InlineNumber>;
  readonly claims: readonly ClaimRequest[];
  readonly problems: readonly Problem[];
}

type Steps = ReadonlyMap<string, readonly PlannedStep[]>;

/** `declared` are the ids of all step directives, also of those that could not be planned: those are no news here. */
export function planViews(report: Report, byId: Steps, declared: ReadonlySet<string>): PlannedViews {
  const values = new Map<string, InlineNumber>();
  const { languageOf } = report;
  const context: Context = { languageOf, byId, declared, problems: [], figures: [], tables: [], claims: [] };
  for (const page of report.pages) {
    for (const directive of page.directives) {
      if (directive.readable && isView(directive.kind)) planners[directive.kind](directive, page, context);
    }
    planInline(page, context, values, context.claims);
  }
  const { figures, tables, claims, problems } = context;
  return { figures, tables, values, claims, problems };
}

/** How each kind is planned. */
const planners: Readonly<Record<ViewName, (directive: Directive, page: Page, context: Context) => void>> = {
  figure: (directive, page, context) => {
    const options = optionsOf(viewKinds.figure, directive, context);
    if (options === undefined) return;
    const planned = withOwnPicture(directive, options, context);
    const shown = planned && planFigure(directive, planned, context);
    // A figure with a problem still counts, so that the numbers of the others do not depend on it.
    const number = directive.number ?? String(context.figures.length + 1);
    context.figures.push({
      id: directive.id,
      number,
      options: planned ?? options,
      shown: shown ?? [],
      directive,
      page,
      language: context.languageOf(page.language),
    });
  },
  table: (directive, page, context) => {
    const options = optionsOf(viewKinds.table, directive, context);
    if (options === undefined) return;
    const number = directive.number ?? String(context.tables.length + 1);
    context.tables.push(planTable(directive, page, options, number, context));
  },
  claim: (directive, _page, context) => {
    const options = optionsOf(viewKinds.claim, directive, context);
    if (options !== undefined) planClaimDirective(directive, options, context, context.claims);
  },
};

/** The checked options of a directive; undefined after what is wrong with them has been noted. */
function optionsOf<Options>(kind: ViewKind<Options>, directive: Directive, { problems }: Context): Options | undefined {
  const checked = checkOptions(kind.options, directive.body, kind.kind, directive.placeOf);
  if ('options' in checked) return checked.options;
  append(problems, checked.problems);
  return undefined;
}

interface Context {
  readonly byId: Steps;
  readonly declared: ReadonlySet<string>;
  readonly problems: Problem[];
  readonly languageOf: Report['languageOf'];
  readonly figures: FigureRequest[];
  readonly tables: TableRequest[];
  readonly claims: ClaimRequest[];
}

/** Adds a problem with one of a directive's options. */
type Wrong = (path: OptionPath, rule: Rule, fault: Fault, part?: 'key' | 'value') => void;

/** What is wrong with every entry of a list, or with every run of a sweep, is said once, of the first. */
function complaintsOf(directive: Directive, problems: Problem[]): Wrong {
  const said = new Set<string>();
  return (path, rule, { message, hint }, part = 'value') => {
    const option = JSON.stringify(path);
    if (said.has(message) || said.has(option)) return;
    problems.push({ place: directive.placeOf(path, part), rule, message, hint });
    said.add(message).add(option);
  };
}

/** The steps of an id, or nothing after the problem has been noted. */
function stepsOf(
  id: string,
  path: OptionPath,
  { byId, declared }: Context,
  wrong: Wrong,
): readonly PlannedStep[] | undefined {
  const steps = byId.get(id);
  if (steps === undefined && !declared.has(id)) {
    wrong(path, 'unknown-id', { message: `there is no result "${id}"`, hint: suggestion(id, [...declared]) });
  }
  return steps;
}

/**
 * A figure that shows a picture of the report's own, as one with a specification: what it draws is then checked and drawn as if
 * it stood in the directive. Undefined after what is wrong with it has been noted.
 */
function withOwnPicture(
  directive: Directive,
  options: FigureOptions,
  { byId, problems }: Context,
): FigureOptions | undefined {
  const parts = options.show.map(({ of }) => of.split(/\.(.*)/s));
  const [[first = '', name = ''] = []] = parts;
  const steps = byId.get(first) ?? [];
  const pictures = steps[0]?.kind.ownPictures ?? {};
  const picture = Object.hasOwn(pictures, name) ? pictures[name] : undefined;
  if (picture === undefined || options['vega-lite'] !== undefined) return options;
  const wrong = (rule: Rule, message: string, hint: string): FigureOptions | undefined => {
    problems.push({ place: directive.placeOf(['show'], 'value'), rule, message, hint });
    return undefined;
  };
  const others = parts.some(([id = '', other]) => other !== name || byId.get(id)?.[0]?.kind !== steps[0]?.kind);
  if (others) return wrong('mixed-pictures', 'one figure shows one kind of picture', 'write a figure for each');
  if (options.columns !== undefined)
    return wrong('invalid-option', `"${name}" has its own columns`, 'leave "columns" out');
  const all = parts.flatMap(([id = '']) => byId.get(id) ?? []);
  const coordinates = axesOf(all);
  const columns = [...new Set([...picture.columns, ...coordinates])];
  try {
    const sizes = (steps[0]?.facts['sizes'] ?? {}) as Readonly<Record<string, number>>;
    const made: unknown = JSON.parse(JSON.stringify(picture.specification({ columns, coordinates, sizes }) ?? null));
    if (typeof made !== 'object' || made === null || Array.isArray(made)) throw new Error('it gives no object');
    const show = options.show.map((one, index) => ({ ...one, of: parts[index]?.[0] ?? '' }));
    return { ...options, show, columns, 'vega-lite': made as NonNullable<FigureOptions['vega-lite']> };
  } catch (error) {
    return wrong('specification', `the picture "${name}" fails: ${messageOf(error)}`, 'mend it in its module');
  }
}

function planFigure(directive: Directive, options: FigureOptions, context: Context): readonly Shown[] | undefined {
  const before = context.problems.length;
  const wrong = complaintsOf(directive, context.problems);
  const own = options['vega-lite'] !== undefined;
  if (own && options.columns === undefined) {
    wrong(
      ['vega-lite'],
      'missing-option',
      { message: 'a specification of your own needs "columns"', hint: 'name the results that are its data' },
      'key',
    );
  }
  const shown: Shown[] = [];
  options.show.forEach(({ of, label }, index) => {
    const path = Array.isArray(directive.body['show']) ? ['show', index] : ['show'];
    const [id = '', picture] = of.split(/\.(.*)/s);
    const steps = stepsOf(id, path, context, wrong);
    if (steps === undefined) return;
    if (own && picture !== undefined) {
      wrong(path, 'invalid-option', {
        message: `with "vega-lite", "show" is an id alone`,
        hint: `write "show: ${id}"`,
      });
      return;
    }
    const left = stepsWhere(steps, options.where ?? {});
    if ('message' in left) wrong(['where', left.axis], 'unknown-run', left);
    else
      shown.push({
        steps: left,
        ...(label !== undefined && { label }),
        ...(picture !== undefined && { picture }),
      });
  });
  return context.problems.length > before ? undefined : shown;
}

type Column = TableOptions['columns'][number];

function planTable(
  directive: Directive,
  page: Page,
  options: TableOptions,
  number: string,
  context: Context,
): TableRequest {
  const wrong = complaintsOf(directive, context.problems);
  const groups = options.rows.flatMap(({ of, label }, index) => {
    const path = Array.isArray(directive.body['rows']) ? ['rows', index] : ['rows'];
    const steps = stepsOf(of, path, context, wrong);
    if (steps === undefined) return [];
    const left = stepsWhere(steps, options.where ?? {});
    if ('message' in left) {
      wrong(['where', left.axis], 'unknown-run', left);
      return [];
    }
    return [{ label, steps: left }];
  });
  const shown = groups.flatMap(({ steps }) => steps);
  const all = axesOf(shown);
  const { seeds } = options;
  const axes = seeds === 'each' ? all : all.filter((axis) => axis !== 'seed');
  // How many seeds a row has is said where the rows differ in it, or where there is more than one.
  const counted = all.length > axes.length;
  const named = groups.length > 1;
  // A column may be what the rows differ in: it then stands there, and not before the others.
  const coordinateOf = ({ value }: Column): string | undefined =>
    shown.some((step) => dimensionsOf(step, value) !== undefined) ? undefined : axisOf(value, shown);
  const placed = options.columns.map(coordinateOf);
  placed.forEach((axis, index) => {
    if (axis === undefined || axes.includes(axis)) return;
    const message = `a row is of many values of "${axis}", which its numbers are taken over`;
    wrong(['columns', index], 'unknown-value', { message, hint: 'leave it out, or write "seeds: each"' });
  });
  const pivot = options.pivot === undefined ? undefined : axisOf(options.pivot, shown);
  if (options.pivot !== undefined && shown.length > 0 && (pivot === undefined || placed.includes(pivot))) {
    const message = `"${options.pivot}" is ${pivot === undefined ? 'nothing that the rows differ in' : 'a column already'}`;
    wrong(['pivot'], 'unknown-value', { message, hint: suggestion(options.pivot, all) });
  }
  const leading = axes.filter((axis) => !placed.includes(axis) && axis !== pivot);
  const labelAt = (step: PlannedStep | undefined, axis: string): string =>
    step?.coordinates.find((coordinate) => coordinate.axis === axis)?.label ?? '';
  // Without a pivot all runs of a row are in one cell.
  const besides = pivot === undefined ? [''] : [...new Set(shown.map((step) => labelAt(step, pivot)))];
  const runsAt = (runs: readonly PlannedStep[], at: string): readonly PlannedStep[] =>
    pivot === undefined ? runs : runs.filter((step) => labelAt(step, pivot) === at);
  const rows = groups.flatMap(({ label, steps }) =>
    rowsOf(steps, axes, pivot).map((runs): readonly Cell[] => [
      ...(named ? [label] : []),
      ...leading.map((axis) => labelAt(runs[0], axis)),
      ...(counted ? [String(Math.max(...besides.map((at) => runsAt(runs, at).length)))] : []),
      ...options.columns.flatMap((column, index): Cell[] => {
        const axis = placed[index];
        if (axis !== undefined) return [labelAt(runs[0], axis)];
        return besides.map((at) => {
          const requests = runsAt(runs, at)
            .map((step) => cell(step, column, index))
            .filter((request) => typeof request !== 'string');
          return requests.length === 0 ? '' : numberOf(requests, options);
        });
      }),
    ]),
  );

  function cell(step: PlannedStep, column: Column, index: number): string | ValueRequest {
    const path = ['columns', index];
    const [, value = '', part = '', position = ''] = /^(.+)\[(step|component)=(\d+)\]$/.exec(column.value) ?? [];
    if (value !== '') {
      const message = `a table takes a ${part} as an option of its column`;
      wrong(path, 'unknown-value', { message, hint: `write { value: ${value}, ${part}: ${position} }` });
      return '';
    }
    const source = cellSource(step, column.value, context);
    if (source === undefined) return '';
    if ('message' in source) {
      wrong(path, 'unknown-value', source);
      return '';
    }
    const format = column.format ?? defaultFormat;
    if (!formatPattern.test(format)) {
      wrong([...path, 'format'], 'invalid-option', {
        message: `"${format}" is not a format`,
        hint: 'write .4f, .3g, .2e, .1% or ,d',
      });
      return '';
    }
    const positions = {
      ...(column.step !== undefined && { checkpoint: column.step }),
      ...(column.component !== undefined && { component: column.component - 1 }),
    };
    const request = requestValue(source.step, source.name, positions, format);
    if (!('message' in request)) return request;
    wrong(path, 'unknown-value', request);
    return '';
  }
  const columns = [
    ...(named ? [{ label: '', numeric: false }] : []),
    ...leading.map((axis) => ({ label: axisLabel(axis), numeric: true })),
    ...(counted ? [{ label: 'seeds', numeric: true }] : []),
    ...options.columns.flatMap(({ label, value }, index) => {
      const axis = placed[index];
      const name = label ?? (axis === undefined ? value.replaceAll('-', ' ') : axisLabel(axis));
      if (axis !== undefined || pivot === undefined) return [{ label: name, numeric: true }];
      return besides.map((at) => ({ label: `${axisLabel(pivot)} ${at}`, group: name, numeric: true }));
    }),
  ];
  const steps = rows
    .flat()
    .flatMap((one) => (typeof one === 'string' ? [] : requestsIn(one.expression).map(({ step }) => step)));
  return { id: directive.id, number, options, columns, rows, steps, directive, page };
}

function axisLabel(axis: string): string {
  return axis === 'hidden' ? 'width' : axis;
}

/** The runs of each row: one, or those that are alike in all axes that the table shows but its pivot. */
function rowsOf(
  steps: readonly PlannedStep[],
  axes: readonly string[],
  pivot: string | undefined,
): readonly (readonly PlannedStep[])[] {
  const rows = groupBy(steps, ({ coordinates }) => {
    const shown = coordinates.filter(({ axis }) => axis !== pivot && (axis !== 'seed' || axes.includes(axis)));
    return JSON.stringify(shown.map(({ axis, label }) => [axis, label]));
  });
  return [...rows.values()];
}

/** A number of one run, or of several seeds, to be printed with its spread. */
function numberOf(
  runs: readonly ValueRequest[],
  { seeds, diverged }: Pick<TableOptions, 'seeds' | 'diverged'>,
): NumberRequest {
  const sources = [...new Set(runs.map(({ step }) => step.id))];
  const span = { start: 0, end: 0, truth: false, ...ofSeeds(runs.length) };
  const path: Expression = { type: 'path', runs, seeds: runs.length, open: undefined, ...span };
  return {
    expression:
      diverged === 'leave-out' ? { type: 'call', name: 'converged', of: [path], taken: undefined, ...span } : path,
    summary: seeds === 'median' ? 'median' : 'mean',
    format: runs[0]?.format ?? defaultFormat,
    unit: '',
    sources,
  };
}

/** "test-error" is the row's own; "of.test-error" of its input in that role; "spectrum.rank" of the step with its coordinates. */
function cellSource(
  step: PlannedStep,
  value: string,
  { byId, declared }: Context,
): { step: PlannedStep; name: string } | Fault | undefined {
  const [, prefix, name = value] = /^([A-Za-z][A-Za-z0-9-]*)\.(.+)$/.exec(value) ?? [];
  if (prefix === undefined) return { step, name };
  const input = Object.hasOwn(step.inputs, prefix) ? step.inputs[prefix] : undefined;
  if (input !== undefined) return { step: input, name };
  const steps = byId.get(prefix);
  if (steps === undefined) {
    if (declared.has(prefix)) return undefined;
    return {
      message: `there is no result "${prefix}"`,
      hint: suggestion(prefix, [...Object.keys(step.inputs), ...byId.keys()]),
    };
  }
  const alike = steps.filter((other) =>
    other.coordinates.every(({ axis, value: at }) =>
      step.coordinates.every((own) => own.axis !== axis || labelOf(own.value) === labelOf(at)),
    ),
  );
  const [only, ...more] = alike;
  if (only !== undefined && more.length === 0) return { step: only, name };
  return { message: `${alike.length} runs of "${prefix}" go with ${step.name}`, hint: 'a cell needs exactly one' };
}
