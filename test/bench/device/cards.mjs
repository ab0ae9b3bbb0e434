/**
 * What common cards can do at most in float32 without tensor cores: Tflop/s and TB/s, as their makers' sheets say. A floor is worth
 * what these are worth; a laptop's card of the same name is another one, with clocks of its maker's choice, and is not listed.
 */

/** The first that matches the adapter's name counts. */
const cards = [
  [/laptop|max-q|mobile/i, undefined],
  [/\bB200\b/, [75, 8]],
  [/\bGH200\b/, [67, 4]],
  [/\bH200 NVL\b/, [60, 4.8]],
  [/\bH200\b/, [67, 4.8]],
  [/\bH100 NVL\b/, [60, 3.9]],
  [/\bH100 PCIe\b/, [51, 2]],
  [/\bH100\b/, [67, 3.35]],
  [/\bA100\b.*80GB/, [19.5, 1.94]],
  [/\bA100\b/, [19.5, 1.56]],
  [/\bV100\b/, [15.7, 0.9]],
  [/\bL40S\b/, [91.6, 0.864]],
  [/\bL40\b/, [90.5, 0.864]],
  [/\bL4\b/, [30.3, 0.3]],
  [/\bT4\b/, [8.1, 0.32]],
  [/\bA10G?\b/, [31.2, 0.6]],
  [/\bA40\b/, [37.4, 0.696]],
  [/RTX A6000/, [38.7, 0.768]],
  [/RTX 6000 Ada/, [91.1, 0.96]],
  [/RTX 5090/, [104.8, 1.79]],
  [/RTX 5080/, [56.3, 0.96]],
  [/RTX 5070 Ti/, [43.9, 0.896]],
  [/RTX 5070/, [30.9, 0.672]],
  [/RTX 4090/, [82.6, 1.01]],
  [/RTX 4080/, [48.7, 0.717]],
  [/RTX 4070 Ti/, [40.1, 0.504]],
  [/RTX 4070/, [29.1, 0.504]],
  [/RTX 4060 Ti/, [22.1, 0.288]],
  [/RTX 4060/, [15.1, 0.272]],
  [/RTX 3090/, [35.6, 0.936]],
  [/RTX 3080 Ti/, [34.1, 0.912]],
  [/RTX 3080/, [29.8, 0.76]],
  [/RTX 3070/, [20.3, 0.448]],
  [/RTX 3060/, [12.7, 0.36]],
  [/MI300X/, [163.4, 5.3]],
  [/MI250X/, [47.9, 3.28]],
  [/RX 7900 XTX/, [61.4, 0.96]],
  [/RX 6800 XT/, [20.7, 0.512]],
  [/Arc.*A770/, [19.7, 0.56]],
  [/Arc.*B580/, [13.7, 0.456]],
  [/M4 Max/, [18.4, 0.546]],
  [/M4 Pro/, [9.2, 0.273]],
  [/Apple M4/, [4.6, 0.12]],
  [/M3 Ultra/, [28.4, 0.819]],
  [/M3 Max/, [14.2, 0.4]],
  [/M3 Pro/, [7.4, 0.15]],
  [/Apple M3/, [4.1, 0.1]],
  [/M2 Ultra/, [27.2, 0.8]],
  [/M2 Max/, [13.6, 0.4]],
  [/M2 Pro/, [6.8, 0.2]],
  [/Apple M2/, [3.6, 0.1]],
  [/M1 Ultra/, [20.8, 0.8]],
  [/M1 Max/, [10.4, 0.4]],
  [/M1 Pro/, [5.2, 0.2]],
  [/Apple M1/, [2.6, 0.068]],
];

/** Operations and bytes a second of the card with that name; undefined of one that is not listed. */
export function peaksOf(name) {
  const peaks = cards.find(([pattern]) => pattern.test(name))?.[1];
  return peaks && { operations: peaks[0] * 1e12, bytes: peaks[1] * 1e12 };
}
