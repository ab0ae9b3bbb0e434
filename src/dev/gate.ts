/**
 * Who is answered under `colophon dev`. Any website that the person has open can send requests to this machine; none of them
 * is to read the draft.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

export interface Gate {
  /** Names besides this machine's own under which it is reached, such as that of a proxy. */
  readonly allowedHosts: readonly string[];
  /** Whether it listens to other machines: they name it by its address. */
  readonly isOpen: boolean;
}

/** Why a request is not answered; undefined for one that is. */
export function refusal(headers: IncomingHttpHeaders, { allowedHosts, isOpen }: Gate): string | undefined {
  const host = nameOf(`http://${headers.host ?? ''}`);
  // A page of another site whose name was made to mean this machine has another Host. An address cannot be made to.
  const isKnown =
    host !== undefined &&
    (own.has(host) || allowedHosts.includes(host) || (isOpen && isIP(host.replace(/^\[|\]$/g, '')) > 0));
  if (!isKnown)
    return `This server answers only to localhost. If it is reached through ${JSON.stringify(host ?? '')}, add --allow-host with that name.`;
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    // A person may follow a link to it from anywhere.
    const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
    return site === 'same-origin' || site === 'none' || isVisit ? undefined : ofAnotherSite;
  }
  // Browsers that say nothing of where a request comes from say one of these, most of the time.
  const from = typeof origin === 'string' ? origin : referer;
  return from === undefined || nameOf(from) === host ? undefined : ofAnotherSite;
}

const own = new Set(['localhost', '127.0.0.1', '[::1]']);
const ofAnotherSite = 'This server answers no other site.';

function nameOf(address: string): string | undefined {
  try {
    return new URL(address).hostname;
  } catch {
    return undefined;
  }
}

/** What every answer says: no other site may take it in, frame it, or guess what it is. */
export const closedHeaders = {
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
} as const;
