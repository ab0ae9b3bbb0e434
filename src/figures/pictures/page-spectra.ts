/** Which decompositions the page can compute when a reader moves through a training: those of client/interactive/spectrum.ts. */

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** Of a decomposition that is not the one that the page computes. */
export function otherMatrix(options: unknown): Refusal | undefined {
  const { parameters, rows } = options as { readonly parameters: unknown; readonly rows: unknown };
  if (rows === 'train' && parameters === 'all') return undefined;
  const message = 'the page decomposes the gradients of all parameters at the training inputs only';
  return { message, hint: 'leave the slider out, or show another svd' };
}

/** Of a kernel of some of the parameters. */
export function someParameters(options: unknown): Refusal | undefined {
  if ((options as { readonly parameters: unknown }).parameters === 'all') return undefined;
  const message = 'the page finds the inner products of the gradients with respect to all parameters only';
  return { message, hint: 'leave the slider out, or show features of all parameters' };
}

/** Of singular values with a rank that the page does not compute. */
export function otherRank(options: unknown): Refusal | undefined {
  return otherMatrix(options) ?? finerRank(options);
}

/** Of a rank that the page cannot find. */
function finerRank(options: unknown): Refusal | undefined {
  // Of a list the first is that of the rank.
  if ([(options as { readonly precision: unknown }).precision].flat()[0] !== 'float64') return undefined;
  const message = 'the page finds singular values through inner products, and no rank with the tolerance of float64';
  return { message, hint: 'leave the slider out, or show an svd with precision: float32' };
}
