/** What Vega has drawn, as far as the page reads it: marks, their items, and groups of marks. */

/** An item of a mark; of a group, with the marks in it. Positions are from the group around it. */
export interface Item {
  readonly x?: number;
  readonly y?: number;
  readonly x2?: number;
  readonly y2?: number;
  readonly width?: number;
  readonly height?: number;
  readonly defined?: boolean;
  readonly fill?: unknown;
  readonly stroke?: unknown;
  readonly strokeDash?: readonly number[];
  readonly shape?: string;
  readonly text?: unknown;
  readonly tooltip?: unknown;
  /** Of a group. */
  readonly items?: readonly Mark[];
  /** Where it stands in the page; of a line or an area, its first item has the element of all. */
  readonly _svg?: SVGElement;
}

export interface Mark {
  readonly marktype: string;
  readonly role: string;
  readonly items: readonly Item[];
}

/** Calls for every mark below a group, with where the group stands and how large it is. */
export function visitMarks(group: Item, visit: (mark: Mark, panel: Panel) => void, around?: Panel): void {
  const panel: Panel = {
    x: (around?.x ?? 0) + (group.x ?? 0),
    y: (around?.y ?? 0) + (group.y ?? 0),
    width: group.width ?? around?.width ?? 0,
    height: group.height ?? around?.height ?? 0,
  };
  for (const mark of group.items ?? []) {
    visit(mark, panel);
    if (mark.marktype === 'group') for (const inner of mark.items) visitMarks(inner, visit, panel);
  }
}

/** Where a group of marks stands in the whole drawing. */
export interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
