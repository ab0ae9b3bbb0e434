/** The distance from 1 to the next larger number, by precision: 2^-23 and 2^-52. */
export const machineEpsilon = { float32: 1.1920928955078125e-7, float64: Number.EPSILON } as const;
