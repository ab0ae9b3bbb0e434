/** The step of a scale that people count in: 1, 2 or 5 times a power of ten, about `parts` of them to the range. */
export function niceStep(range: number, parts: number): number {
  if (!(range > 0) || !Number.isFinite(range)) return 1;
  const rough = range / parts;
  const power = Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= rough * (1 - 1e-9)) ?? 10;
  // Through its decimal text: 2 * 10 ** -3 is not 0.002.
  return Number(`${digit}e${power}`);
}
