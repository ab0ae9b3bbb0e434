/** What is wrong with the labels of a page's figures as they stand in a browser: too near, cut off or too small. */
import type { Page } from 'playwright-core';

/** On which labels are looked at. */
export const screens = {
  desktop: { viewport: { width: 1440, height: 1000 } },
  phone: { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
} as const;

/** Of a letter, in CSS pixels: 11 on any screen, but for rounding. */
const smallest = 10.95;
/** Between two labels in a line, in CSS pixels. */
const nearest = 3;

/** One line for each label, or pair of them, in the drawings and living panels that a reader sees now. */
export function badLabels(page: Page): Promise<string[]> {
  return page.evaluate(
    ([smallest, nearest]) => {
      const found: string[] = [];
      for (const figure of document.querySelectorAll('figure[id]')) {
        for (const svg of figure.querySelectorAll<SVGSVGElement>('.drawing > svg, .moving-now > svg')) {
          if (svg.getClientRects().length === 0) continue;
          const frame = svg.getBoundingClientRect();
          const labels = [...svg.querySelectorAll('text')].flatMap((text) => {
            const said = text.textContent.trim();
            const { opacity, fontSize, stroke, paintOrder } = getComputedStyle(text);
            // Vega keeps labels for which there is no room, unseen; what has an outline over its letters is the rim behind a label.
            const isSeen = opacity !== '0' && (stroke === 'none' || paintOrder === 'stroke');
            const matrix = text.getScreenCTM();
            if (said === '' || !isSeen || text.getClientRects().length === 0 || matrix === null) return [];
            const size = Math.hypot(matrix.a, matrix.b) * Number.parseFloat(fontSize);
            const { left, right, top, bottom } = text.getBoundingClientRect();
            // A line is higher than its letters, which are about three quarters of the font's size.
            const upright = Math.abs(matrix.b) < 0.01;
            const spare = ((upright ? bottom - top : right - left) - 0.75 * size) / 2;
            const [x, y] = upright ? [0, spare] : [spare, 0];
            const box = { left: left + x, right: right - x, top: top + y, bottom: bottom - y };
            if (size < smallest) found.push(`${figure.id}: "${said}" has letters of ${size.toFixed(1)} px`);
            if (
              box.left < frame.left - 0.5 ||
              box.right > frame.right + 0.5 ||
              box.top < frame.top - 0.5 ||
              box.bottom > frame.bottom + 0.5
            )
              found.push(`${figure.id}: "${said}" is cut off`);
            const [wide, high] = upright ? [nearest / 2, 0] : [0, nearest / 2];
            return [
              {
                said,
                ...{ left: box.left - wide, right: box.right + wide, top: box.top - high, bottom: box.bottom + high },
              },
            ];
          });
          labels.forEach((one, index) => {
            for (const other of labels.slice(index + 1)) {
              const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
              const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
              if (across > 0 && down > 0) found.push(`${figure.id}: "${one.said}" and "${other.said}" touch`);
            }
          });
        }
      }
      return found;
    },
    [smallest, nearest] as const,
  );
}
