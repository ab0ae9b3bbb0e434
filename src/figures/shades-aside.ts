/** How many shades of a heat map there are on either side of zero. */
export const shadesAside = 10;
