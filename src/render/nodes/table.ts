/** Tables written in Markdown; with a caption they are numbered figures. */
import type { Element, ElementContent } from 'hast';
import type { AlignType, Table, TableCell, TableRow } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { mostTableCells, tooManyCells, withoutSoMany } from '../../shared/table-size.js';
import { element, text } from '../hast.js';
import { labelElement, labelText } from '../labels.js';
import { inlineOf } from './inline.js';
import { writerOf } from './writer.js';

export function table(state: State, node: Table): Element | undefined {
  const writer = writerOf(state);
  const [head, ...rows] = node.children;
  const align = node.align ?? [];
  // A row has a cell for each column, also where nothing is written.
  const cells = align.length * node.children.length;
  if (cells > mostTableCells) {
    writer.problem(node, {
      rule: 'table-too-large',
      message: tooManyCells(cells),
      hint: withoutSoMany,
    });
    return undefined;
  }
  const row = (line: TableRow, tag: 'td' | 'th'): Element => {
    const cells = align.map((side, column) => cellElement(state, line.children[column], side, tag));
    return element('tr', {}, state.wrap(cells, true));
  };
  const group = (tag: 'thead' | 'tbody', inside: Element[]): Element => element(tag, {}, state.wrap(inside, true));
  const groups = [
    ...(head === undefined ? [] : [group('thead', [row(head, 'th')])]),
    ...(rows.length === 0
      ? []
      : [
          group(
            'tbody',
            rows.map((line) => row(line, 'td')),
          ),
        ]),
  ];
  const made = element('table', {}, state.wrap(groups, true));
  state.patch(node, made);
  const { caption, attributes } = node.data ?? {};
  if (caption === undefined) return made;
  const id = attributes?.id;
  const label = id === undefined ? undefined : writer.context.labels.get(id);
  const isNumbered = id !== undefined && label !== undefined;
  const { language } = writer.context;
  const said = label === undefined ? language.words.blocks.table : labelText(label, writer.context);
  const name = isNumbered ? [labelElement(id, said), text(' ')] : [];
  const className = ['table', ...(attributes?.classes.includes('wide') === true ? ['wide'] : [])];
  const region = { className: ['scroll'], ariaLabel: said, tabIndex: 0 };
  return element('figure', { className, id: isNumbered ? id : undefined }, [
    element('figcaption', {}, [...name, ...inlineOf(state, caption)]),
    element('section', region, [made]),
  ]);
}

function cellElement(
  state: State,
  cell: TableCell | undefined,
  side: AlignType | undefined,
  tag: 'td' | 'th',
): Element {
  const className = side === null || side === undefined ? undefined : [side];
  const inside: ElementContent[] = cell === undefined ? [] : state.all(cell);
  if (tag === 'td' || inside.length === 0) return element('td', { className }, inside);
  return element('th', { className, scope: 'col' }, inside);
}
