/** Whether what a report links to on other sites is still there; asked only when a person wants to know. */
import { messageOfFetch } from '../shared/message-of.js';
import type { Problem } from '../shared/problem.js';
import type { WrittenLink } from '../render/check-links.js';

const patience = 15_000;
const atOnce = 8;

/** Links whose address cannot be had, each with its places. Each address is asked once, a few at a time. */
export async function deadLinks(
  links: readonly WrittenLink[],
  signal: AbortSignal,
  ask: typeof fetch = fetch,
): Promise<Problem[]> {
  const addresses = [...new Set(links.map(({ to }) => to.replace(/#.*$/, '')))];
  const wrong = new Map<string, string>();
  const next = async (): Promise<void> => {
    for (let address = addresses.pop(); address !== undefined; address = addresses.pop()) {
      const answer = await tryAddress(address, signal, ask);
      if (answer !== undefined) wrong.set(address, answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return links.flatMap(({ place, to }): Problem[] => {
    const answer = wrong.get(to.replace(/#.*$/, ''));
    return answer === undefined
      ? []
      : [{ place, rule: 'dead-link', message: `${to}: ${answer}`, hint: 'mend or remove the link' }];
  });
}

/** What is wrong with an address; undefined when something stands there. Some servers refuse HEAD alone. */
async function tryAddress(address: string, signal: AbortSignal, ask: typeof fetch): Promise<string | undefined> {
  let answer = '';
  for (const method of ['HEAD', 'GET']) {
    try {
      const response = await ask(address, { method, signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
      await response.body?.cancel();
      if (response.ok) return undefined;
      answer = `the server answers ${response.status}`;
    } catch (error) {
      signal.throwIfAborted();
      answer = messageOfFetch(error);
    }
  }
  return answer;
}
