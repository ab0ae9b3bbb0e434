/** Steps to jobs: short ones together, one after another in one process, in stages that wait for each other. */

/** A step that is due. */
export interface DueStep {
  readonly key: string;
  /** About what it takes on one thread. */
  readonly seconds: number;
  /** The keys of those that it is computed from and that are due themselves. */
  readonly inputs: readonly string[];
  /** Steps of one class are given the same machine. */
  readonly class: string;
}

/** The steps of one process, in order. */
export interface Job {
  readonly keys: readonly string[];
  readonly seconds: number;
}

/** Jobs that may run side by side: an array of jobs. */
export interface Group {
  readonly class: string;
  readonly jobs: readonly Job[];
  /** The positions of the groups that have to be over before; all stand before it. */
  readonly after: readonly number[];
}

export interface Packing {
  /** How many jobs may run at a time. */
  readonly slots: number;
  /** What the steps of one job are to take together, at most where they can be parted. */
  readonly most: number;
  /** And at least: to start a job and the program takes about a second. */
  readonly least: number;
  /** How many jobs one array may have. */
  readonly array: number;
}

/** What reading inputs and keeping a result takes, whatever is computed. */
const leastOfStep = 0.005;
/** So many jobs for each slot, so that none of them stands idle behind one long job at the end. */
const jobsPerSlot = 2;

/** Steps that follow each other in one process. */
interface Chain {
  readonly stage: number;
  readonly class: string;
  readonly keys: string[];
  seconds: number;
}

/**
 * Packs steps, which come inputs first. A step goes on where its inputs were computed when it alone needs them, or while
 * little has gathered there; otherwise it waits for the stage before.
 */
export function pack(steps: readonly DueStep[], packing: Packing): Group[] {
  const chainOf = chainsOf(steps, packing.least);
  const chains = [...new Set(chainOf.values())];
  const groups: (Group & { readonly stage: number })[] = [];
  const groupOf = new Map<Chain, number>();
  const stages = [...new Set(chains.map(({ stage }) => stage))].sort((a, b) => a - b);
  for (const stage of stages) {
    const here = chains.filter((chain) => chain.stage === stage);
    for (const name of new Set(here.map((chain) => chain.class))) {
      const own = here.filter((chain) => chain.class === name);
      for (const part of fill(own, packing)) {
        for (const chain of part.chains) groupOf.set(chain, groups.length);
        groups.push({ stage, class: name, jobs: part.jobs, after: [] });
      }
    }
  }
  const after = groups.map(() => new Set<number>());
  for (const { key, inputs } of steps) {
    const own = groupOf.get(chainOf.get(key) as Chain) ?? 0;
    for (const input of inputs) {
      const other = groupOf.get(chainOf.get(input) as Chain) ?? own;
      if (other !== own) after[own]?.add(other);
    }
  }
  return groups.map(({ class: name, jobs }, at) => ({
    ...{ class: name, jobs },
    after: [...(after[at] ?? [])].sort((a, b) => a - b),
  }));
}

function chainsOf(steps: readonly DueStep[], least: number): Map<string, Chain> {
  const consumers = new Map<string, number>();
  for (const { inputs } of steps)
    for (const input of new Set(inputs)) consumers.set(input, (consumers.get(input) ?? 0) + 1);
  const chainOf = new Map<string, Chain>();
  for (const { key, seconds: reckoned, inputs, class: name } of steps) {
    const seconds = Math.max(reckoned, leastOfStep);
    const from = inputs.flatMap((input) => chainOf.get(input) ?? []);
    const stage = from.reduce((latest, chain) => Math.max(latest, chain.stage), -1);
    const [chain, ...others] = new Set(from.filter((one) => one.stage === stage));
    const last = inputs.filter((input) => chainOf.get(input) === chain);
    const isAlone = last.every((input) => (consumers.get(input) ?? 0) <= 1);
    if (
      chain !== undefined &&
      others.length === 0 &&
      chain.class === name &&
      (isAlone || chain.seconds + seconds <= least)
    ) {
      chain.keys.push(key);
      chain.seconds += seconds;
      chainOf.set(key, chain);
    } else chainOf.set(key, { stage: stage + 1, class: name, keys: [key], seconds });
  }
  return chainOf;
}

/** Chains that may run side by side, in jobs of about equal length, in arrays that are not too long. */
function fill(
  chains: readonly Chain[],
  { slots, most, least, array }: Packing,
): { readonly jobs: readonly Job[]; readonly chains: readonly Chain[] }[] {
  const all = chains.reduce((sum, { seconds }) => sum + seconds, 0);
  const target = Math.min(most, Math.max(least, all / (jobsPerSlot * slots)));
  const filled: { keys: string[]; seconds: number; chains: Chain[] }[] = [];
  for (const chain of chains) {
    const last = filled.at(-1);
    // Half of it beyond is nearer than half of it short.
    if (last !== undefined && last.seconds + chain.seconds / 2 <= target) {
      last.keys.push(...chain.keys);
      last.chains.push(chain);
      last.seconds += chain.seconds;
    } else filled.push({ keys: [...chain.keys], seconds: chain.seconds, chains: [chain] });
  }
  const parts: { jobs: Job[]; chains: Chain[] }[] = [];
  for (let at = 0; at < filled.length; at += array) {
    const some = filled.slice(at, at + array);
    parts.push({
      jobs: some.map(({ keys, seconds }) => ({ keys, seconds })),
      chains: some.flatMap((one) => one.chains),
    });
  }
  return parts;
}
