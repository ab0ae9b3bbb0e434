/** torch.nn.Softplus with beta 1: log(1 + exp x), within 0.55 ulp, and x itself above PyTorch's threshold of 20. */
import { exp, expInTwoParts } from './exp.js';
import { logOfOnePlus } from './log.js';

/** softplus x. */
export function softplus(x: number): number {
  if (x > 20 || Number.isNaN(x)) return x;
  // exp x is below 2^-57, and log(1 + e) = e - e^2/2 + ... rounds to e.
  if (x < -40) return exp(x);
  return logOfOnePlus(expInTwoParts(x)).hi;
}
