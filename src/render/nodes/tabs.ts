/** `::: panel-tabset`: without scripts, and on paper, its parts stand one after another, each under its heading. */
import type { Element, ElementContent } from 'hast';
import type { Heading, RootContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Container } from '../../source/report.js';
import { element } from '../hast.js';
import { writerOf } from './writer.js';

/** What the page's script of tabs arranges (client/tabs.ts). */
export const tabsClass = 'tabs';

export function tabs(state: State, node: Container): Element {
  const { children, attributes } = node;
  const first = children.find((child) => child.type === 'heading');
  const { ids, problem } = writerOf(state);
  const { id } = attributes;
  const group = attributes.values['group'];
  const anchor = {
    ...(id !== undefined && ids.claim(id) && { id }),
    ...(group !== undefined && { dataGroup: group }),
  };
  if (first === undefined) {
    problem(
      node,
      {
        rule: 'tabs-without-headings',
        message: 'these tabs have no names',
        hint: 'start each with a heading, as in ## Python',
      },
      0,
      3,
    );
  }
  const { before, parts } = partsOf(children, first?.depth ?? 0);
  const blocks = (own: readonly RootContent[]): ElementContent[] => state.all({ type: 'root', children: [...own] });
  // The one that the stylesheet keeps in sight until the script has arranged them.
  const chosen = Math.max(
    0,
    parts.findIndex(([name]) => name.data?.attributes?.classes.includes('active') === true),
  );
  const panels = parts.map(([name, ...inside], at) =>
    element(
      'div',
      { className: ['tab', ...(at === chosen ? ['active'] : [])] },
      state.wrap(blocks([name, ...inside]), true),
    ),
  );
  return element('div', { className: [tabsClass], ...anchor }, state.wrap([...blocks(before), ...panels], true));
}

type Part = readonly [Heading, ...RootContent[]];

/** From each heading that is not below the first to the next. */
function partsOf(children: readonly RootContent[], depth: number): { before: RootContent[]; parts: Part[] } {
  const before: RootContent[] = [];
  const parts: [Heading, ...RootContent[]][] = [];
  for (const child of children) {
    if (child.type === 'heading' && child.depth <= depth) parts.push([child]);
    else (parts.at(-1) ?? before).push(child);
  }
  return { before, parts };
}
