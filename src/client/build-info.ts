/** What differs from build to build, when a reader asks for it: dates, durations, the host, what was verified. */
import { load } from './data-scripts.js';
import { whenNear } from './near.js';
import { language, number } from './numbers.js';
import { dateInWords, say, sayCounted, words } from './words.js';

interface Made {
  readonly seconds: number;
  readonly at: string;
  readonly platform?: string;
  /** What else there is to say: that a GPU failed and the CPU took over. */
  readonly remark?: string;
}

/** How a result fared when it was last computed again. */
interface Verified {
  readonly outcome: 'bits' | 'tolerance' | 'differs';
  readonly profile: string;
  /** The largest deviation in parts of what is allowed, and of what. */
  readonly share: number;
  readonly of: string;
  readonly at: string;
}

interface Step {
  readonly key: string;
  readonly made: Made;
  readonly verified?: Verified;
}

/** Many results together. */
interface Sum {
  readonly runs: number;
  readonly made: Made;
  /** How many were computed again, by how they fared. */
  readonly verified: Readonly<Partial<Record<Verified['outcome'], number>>>;
}

interface Info {
  readonly built: string;
  /** The report's folder as a shell takes it. */
  readonly report: string;
  readonly steps: readonly Step[];
  readonly sums: Readonly<Record<string, Sum>>;
}

/** A page that is being written has others later. */
const seen = new WeakSet<Element>();

/** Fills every element that asks for something of the build and is new, once one of them is shown. */
export function showBuildInfo(document: Document, address: string | undefined): void {
  const asking = [...document.querySelectorAll<HTMLElement>('[data-build-info]')].filter((one) => !seen.has(one));
  if (address === undefined || asking.length === 0) return;
  for (const one of asking) seen.add(one);
  let asked = false;
  const fill = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    const { steps, sums, report } = (await load('build-info', address)) as Info;
    // Pages name results by the start of their keys.
    const byKey = new Map(steps.map((step) => [step.key.slice(0, 16), step]));
    for (const element of asking) {
      if (element.dataset['buildInfo'] === 'command') {
        element.textContent = element.textContent.replace(/REPORT$/, () => report);
        continue;
      }
      const { keys, sum } = element.dataset;
      if (sum !== undefined) tell(element, sums[sum]);
      else if (keys !== undefined) tell(element, togetherOf(keys.split(' ').flatMap((key) => byKey.get(key) ?? [])));
      element.hidden = (sum ?? keys) !== undefined && element.childNodes.length === 0;
    }
  };
  const start = (): void => {
    fill().catch((error: unknown) => {
      console.error(`When and how fast stays untold: ${String(error)}`);
    });
  };
  for (const element of asking) {
    const fold = element.closest('details');
    if (fold === null) whenNear([element], start);
    else
      fold.addEventListener('toggle', () => {
        if (fold.open) start();
      });
  }
}

const said = words.build;

/** Results as their sum; undefined of none. */
function togetherOf(steps: readonly Step[]): (Sum & { readonly last?: Verified | undefined }) | undefined {
  const [only, other] = steps;
  if (only === undefined) return undefined;
  const count = (outcome: Verified['outcome']): number =>
    steps.filter(({ verified }) => verified?.outcome === outcome).length;
  return {
    runs: steps.length,
    made: { ...only.made, seconds: steps.reduce((sum, { made }) => sum + made.seconds, 0) },
    verified: { bits: count('bits'), tolerance: count('tolerance'), differs: count('differs') },
    last: other === undefined ? only.verified : undefined,
  };
}

function tell(element: HTMLElement, sum: ReturnType<typeof togetherOf>): void {
  if (sum === undefined) return;
  switch (element.dataset['buildInfo']) {
    case 'seconds':
      element.textContent = say(said.seconds, { seconds: inPlace(sum.made.seconds) });
      break;
    case 'account':
      element.replaceChildren(computed(sum.made), ...inWords(sum.last));
      break;
    case 'verified':
      element.replaceChildren(...summary(sum));
      break;
    default:
    // Something that a newer page asks for.
  }
}

function computed({ seconds, at, platform, remark }: Made): string {
  const about = { seconds: short(seconds), date: dateInWords(at.slice(0, 10)) };
  const told = platform === undefined ? say(said.computed, about) : say(said.computedOn, { ...about, platform });
  return remark === undefined ? told : `${told} (${remark})`;
}

/** The last verification of one result; nothing when it never had one. */
function inWords(verified: Verified | undefined): (string | Node)[] {
  if (verified === undefined) return [];
  const { outcome, profile, share, of, at } = verified;
  const about = { share: short(share), of };
  const told = {
    bits: () => said.sameBytes,
    tolerance: () => say(said.withinTolerance, about),
    differs: () => say(said.beyondTolerance, { ...about, result: louder(said.anotherResult) }),
  };
  const when = { date: dateInWords(at.slice(0, 10)), profile };
  return [' ', ...withLoud(say(said.again, { ...when, outcome: told[outcome]() }))];
}

/** The last verifications of many results together. */
function summary({ runs, verified: { bits = 0, tolerance: near = 0, differs: other = 0 } }: Sum): (string | Node)[] {
  const all = bits + near + other;
  if (all === 0) return [];
  const parts = [
    ...(bits > 0 ? [sayCounted(said.countSameBytes, bits, {})] : []),
    ...(near > 0 ? [sayCounted(said.countWithin, near, {})] : []),
    ...(other > 0 ? [louder(sayCounted(said.countOther, other, {}))] : []),
  ];
  const about = {
    again: number(all),
    outcomes: new Intl.ListFormat(language, { type: 'unit' }).format(parts),
  };
  return withLoud(sayCounted(said.summary, runs, about));
}

/** Stands around what is said louder, until its element is made; no word holds it. */
const loud = '\u0000';

function louder(text: string): string {
  return `${loud}${text}${loud}`;
}

function withLoud(text: string): (string | Node)[] {
  return text.split(loud).map((part, index) => {
    if (index % 2 === 0) return part;
    const strong = document.createElement('strong');
    strong.textContent = part;
    return strong;
  });
}

/** A time that has a small place, which it does not widen. */
function inPlace(seconds: number): string {
  return seconds < 0.01 ? '< 0.01' : short(seconds);
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
