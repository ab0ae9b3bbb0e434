/**
 * What `npm test` has a sample of. CASES=all has the whole (`npm run test:faults -- cases`, of every file that imports this).
 */
export const inFull = process.env['CASES'] === 'all';

/** Of a long list of cases every n-th, spread evenly; all of them in full. */
export function everyNth<Case>(n: number, cases: readonly Case[]): Case[] {
  return inFull ? [...cases] : cases.filter((_, index) => index % n === 0);
}
