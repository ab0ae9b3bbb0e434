/** How panels share the place that their drawing had: it stays as large as it was, whatever moves in it. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PanelLayout {
  readonly columns: number;
  /** Of one plot, without what stands around it. */
  readonly plot: Size;
}

export const panelGap = 10;
const largest: Size = { width: 520, height: 420 };
/** A smaller plot cannot be read; where there is no room for this, the panels stand in one row that scrolls sideways. */
const smallest: Size = { width: 150, height: 110 };
/** A plot is drawn about so much wider than high. */
const shape = 1.4;

/** The columns, if possible with as many panels each, in which `count` panels have the largest plots; `around` is what titles and labels take of each. */
export function layPanels(count: number, around: Size, box: Size): PanelLayout {
  const plotIn = (columns: number): Size => {
    const rows = Math.ceil(count / columns);
    const share = (room: number, among: number, taken: number): number =>
      Math.floor((room - panelGap * (among - 1)) / among) - taken;
    const width = Math.min(largest.width, share(box.width, columns, around.width));
    return { width, height: Math.min(largest.height, width, share(box.height, rows, around.height)) };
  };
  const size = ({ width, height }: Size): number => Math.min(width, shape * height);
  const all = Array.from({ length: count }, (_, index) => ({ columns: index + 1, plot: plotIn(index + 1) }));
  const fitting = all.filter(({ plot }) => plot.width >= smallest.width && plot.height >= smallest.height);
  const even = fitting.filter(({ columns }) => count % columns === 0);
  const best = (even.length > 0 ? even : fitting).sort((a, b) => size(b.plot) - size(a.plot))[0];
  const width = Math.round(shape * smallest.width);
  const height = Math.max(smallest.height, Math.min(width, Math.floor(box.height) - around.height));
  return best ?? { columns: count, plot: { width, height } };
}
