/** How what a reader moves by hand looks. Few pages have it: it is no part of the sheet that every page waits for. */

/** In pixels, both ways: handles that are nearer to each other would be one target. */
export const size = 24;

/** The class by which the sheet leaves it off paper. */
export const byHand = 'colophon-by-hand';

export const styles = {
  handle: `position:absolute;width:${size}px;height:${size}px;margin:-${size / 2}px 0 0 -${size / 2}px;border:1.5px solid color-mix(in srgb,var(--figure-c3) 50%,transparent);border-radius:50%;cursor:ew-resize;touch-action:pan-y pinch-zoom`,
  putBack:
    'position:absolute;left:0;bottom:0;padding:0;font:.68rem/1rem var(--ui-font);color:var(--link);background:none;border:0;text-decoration:underline;cursor:pointer',
};
