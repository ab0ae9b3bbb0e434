/** The distance from 1 to the next larger number, by precision. */
export const machineEpsilon = { float32: 2 ** -23, float64: 2 ** -52 } as const;
