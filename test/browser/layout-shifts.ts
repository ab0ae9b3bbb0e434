/** How far things move on a page while nobody moves them. */
import type { BrowserContext, Page } from 'playwright-core';

interface Noting {
  shifts: number[];
}

/** Notes the layout shifts of every page that is opened from now on. */
export async function noteShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Those of this page so far, each as the browser scores it. */
export function shiftsOn(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as Noting).shifts);
}
