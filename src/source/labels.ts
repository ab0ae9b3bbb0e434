/** What is numbered in a report: figures, tables, equations, theorems and sections, counted over its pages in order. */
import type { Heading, Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Place, Problem } from '../problem.js';
import { isLabel, labelKinds } from './markdown/citations.js';
import { walk } from './markdown/walk.js';
import type { FoundDirective } from './directives.js';
import type { Label } from './report.js';

interface LabelledPage {
  readonly file: string;
  readonly address: string;
  readonly tree: Nodes;
  readonly directives: readonly (FoundDirective & { readonly id: string })[];
}

export interface Numbering {
  readonly labels: ReadonlyMap<string, Label>;
  /** Of figure and table directives, by their nodes. */
  readonly numbers: ReadonlyMap<object, number>;
  /** Of headings, when sections are numbered. */
  readonly sections: ReadonlyMap<object, string>;
  readonly problems: readonly Problem[];
}

type Kind = keyof typeof labelKinds;

/** Counts over all pages. The first page's sections have no number, the next page's start with 1. */
export function numberReport(pages: readonly LabelledPage[], numberSections: boolean): Numbering {
  const labels = new Map<string, Label>();
  const numbers = new Map<object, number>();
  const sections = new Map<object, string>();
  const problems: Problem[] = [];
  const counts = new Map<Kind, number>();
  const next = (kind: Kind): number => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count;
  };

  pages.forEach((page, chapter) => {
    const directives = new Map<object, LabelledPage['directives'][number]>(
      page.directives.map((directive) => [directive.node, directive]),
    );
    const label = (id: string, number: string, text: string, place: Place): void => {
      const first = labels.get(id);
      if (first === undefined) labels.set(id, { id, number, text, address: page.address, anchor: id, place });
      else {
        problems.push({
          place,
          rule: 'duplicate-label',
          message: `the label "${id}" is taken`,
          hint: 'give one of the two another label',
          related: [{ place: first.place, message: 'it is taken here' }],
        });
      }
    };
    const counted = (id: string, kind: Kind, place: Place): void => {
      const number = String(next(kind));
      const noun = labelKinds[kind];
      label(id, number, kind === 'eq' ? `Equation ${number}` : `${capital(noun)} ${number}`, place);
    };
    const levels: number[] = [];
    walk(page.tree, (node) => {
      const place = placeOf(page.file, node);
      switch (node.type) {
        case 'code': {
          const directive = directives.get(node);
          const kind = directive?.kind === 'figure' ? 'fig' : directive?.kind === 'table' ? 'tbl' : undefined;
          if (directive === undefined || kind === undefined) return undefined;
          const number = next(kind);
          numbers.set(node, number);
          // Two directives of one id are a problem of their own.
          if (!labels.has(directive.id))
            label(directive.id, String(number), `${capital(labelKinds[kind])} ${number}`, directive.idPlace);
          return undefined;
        }
        case 'heading': {
          const section = numberSections && chapter > 0 ? sectionNumber(node, chapter, levels) : undefined;
          if (section !== undefined) sections.set(node, section);
          const id = node.data?.attributes?.id;
          if (id?.startsWith('sec-') !== true) return undefined;
          label(id, section ?? '', section === undefined ? `“${toString(node).trim()}”` : `Section ${section}`, place);
          return undefined;
        }
        case 'math':
          labelled(node.attributes?.id, 'eq', 'this equation', place);
          return undefined;
        case 'image':
          if (node.data?.attributes?.id !== undefined) labelled(node.data.attributes.id, 'fig', 'this image', place);
          return undefined;
        case 'table':
          if (node.data?.attributes?.id !== undefined) labelled(node.data.attributes.id, 'tbl', 'this table', place);
          return undefined;
        case 'container': {
          const id = node.attributes.id;
          const kind = id?.slice(0, id.indexOf('-'));
          if (id !== undefined && isLabel(id) && kind !== undefined && isKind(kind)) counted(id, kind, opening(place));
          return undefined;
        }
        default:
          return undefined;
      }
    });

    function labelled(id: string | undefined, kind: 'eq' | 'fig' | 'tbl', what: string, place: Place): void {
      if (id === undefined) return;
      if (id.startsWith(`${kind}-`) && isLabel(id)) counted(id, kind, place);
      else {
        problems.push({
          place,
          rule: 'invalid-label',
          message: `"${id}" cannot be the label of ${what}`,
          hint: `start it with ${kind}-, as in {#${kind}-${id}}`,
        });
      }
    }
  });
  return { labels, numbers, sections, problems };
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(labelKinds, text);
}

function capital(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** "2.3": the page's number, then one for each level from the second on. */
function sectionNumber({ depth }: Heading, chapter: number, levels: number[]): string | undefined {
  if (depth < 2 || depth > 4) return undefined;
  levels.length = depth - 1;
  for (let level = 0; level < depth - 2; level += 1) levels[level] ??= 1;
  levels[depth - 2] = (levels[depth - 2] ?? 0) + 1;
  return [chapter, ...levels].join('.');
}

function placeOf(file: string, { position }: Nodes): Place {
  const start = position?.start ?? { line: 1, column: 1 };
  const end = position?.end;
  const place = { file, line: start.line, column: start.column };
  return end === undefined ? place : { ...place, end: { line: end.line, column: end.column } };
}

/** The opening fence alone. */
function opening({ file, line, column }: Place): Place {
  return { file, line, column, end: { line, column: column + 3 } };
}
