/** Of a long list of cases every n-th, spread evenly; all of them with CASES=all (`npm run test:faults -- cases`). */
export function everyNth<Case>(n: number, cases: readonly Case[]): Case[] {
  return process.env['CASES'] === 'all' ? [...cases] : cases.filter((_, index) => index % n === 0);
}
