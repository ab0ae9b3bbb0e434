/** In place of the parts of Vega that no figure of a report is made of: maps, forces, trees, word clouds and the like. */
export {};
