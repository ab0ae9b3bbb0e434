/** How writers and collections of a shared store keep out of each other's way, in milliseconds. */

export const day = 24 * 60 * 60_000;

/**
 * An array that is younger there is not sent again. What is older is, so that no collection takes it for forgotten while a
 * record that names it is on its way.
 */
export const freshFor = 24 * 3_600_000;

/** Nothing that is younger may be collected. */
export const leastAge = 2 * freshFor;
