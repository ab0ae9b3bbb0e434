/** The pictures that other sites show of links to pages. */
import { composeCard } from '../cards/compose.js';
import { sha256 } from '../shared/hash.js';
import { once } from '../shared/lazy.js';
import type { Memo } from '../shared/memo.js';
import type { RenderParts } from '../render/parts.js';

/** Makes cards when they are to be written. `digests` knows those that were made before. */
export async function cardMaker(digests: Memo<string>): Promise<NonNullable<RenderParts['card']>> {
  // Only a site that knows its address has them.
  const { openCards } = await import('../cards/open-cards.js');
  const png = await openCards();
  return (figure, page, site) => {
    const key = `${sha256(JSON.stringify([figure.digest, page, site]))} card`;
    const make = once(() => {
      const content = png(composeCard(figure, page, site));
      digests.keep(key, sha256(content));
      return content;
    });
    return { digest: digests.find(key), make };
  };
}
