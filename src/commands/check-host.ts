/** Whether a host lets the pages of a published site do what they need: what its headers add to the pages' own policies. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { messageOfFetch } from '../shared/message-of.js';
import type { Finding } from './finding.js';
import { compilesWasm, loadsOwn, policiesOf, type SentPolicy } from './sent-policy.js';

const patience = 15_000;

/** What a host answered. */
interface Answer {
  readonly address: string;
  readonly headers: Headers;
  readonly text: string;
}

async function ask(address: string, signal: AbortSignal): Promise<Answer | { readonly refused: string }> {
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    const text = await response.text();
    if (!response.ok) return { refused: `the host answers ${response.status}` };
    return { address: response.url, headers: response.headers, text };
  } catch (error) {
    signal.throwIfAborted();
    return { refused: messageOfFetch(error) };
  }
}

/** What a page says that its policy is, and which scripts it names. */
interface PageHead {
  readonly policy: string;
  readonly scripts: readonly string[];
  /** Pages of the site that it links to. */
  readonly links: readonly string[];
}

function headOf({ text, address }: Answer): PageHead {
  const found = { policy: '', scripts: new Set<string>(), links: new Set<string>() };
  const inSite = (value: string): string => new URL(value, address).href.replace(/#.*$/, '');
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      if (node.tagName === 'meta' && attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy')
        found.policy = attributes.get('content') ?? '';
      // What a page loads later stands in attributes of its script.
      if (node.tagName === 'script')
        for (const value of attributes.values()) if (value.endsWith('.js')) found.scripts.add(inSite(value));
      const href = node.tagName === 'a' ? attributes.get('href') : undefined;
      if (href !== undefined && /^(?![a-z][a-z0-9+.-]*:|\/\/)[^#]+/i.test(href)) found.links.add(inSite(href));
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(text));
  return { policy: found.policy, scripts: [...found.scripts], links: [...found.links] };
}

const needsWasm = ({ policy }: PageHead): boolean => policy.includes("'wasm-unsafe-eval'");

/** How many pages are asked for in search of one that trains. */
const mostPages = 40;

/** The page itself if it trains, otherwise the first that it links to that does, otherwise itself. */
async function pageThatTrains(first: Answer, signal: AbortSignal): Promise<{ page: Answer; head: PageHead }> {
  const head = headOf(first);
  if (needsWasm(head)) return { page: first, head };
  const { origin } = new URL(first.address);
  const others = head.links.filter((link) => new URL(link).origin === origin && link !== first.address);
  for (const link of others.slice(0, mostPages)) {
    const page = await ask(link, signal);
    if ('refused' in page || !/^text\/html/i.test(page.headers.get('content-type') ?? '')) continue;
    const found = headOf(page);
    if (needsWasm(found)) return { page, head: found };
  }
  return { page: first, head };
}

/** Types of a script by WHATWG's MIME Sniffing that hosts send; of any other, nosniff refuses it. */
const scriptTypes = /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/i;

const sent = ({ headers }: Answer): SentPolicy[] => policiesOf(headers.get('content-security-policy') ?? '');

/** Why a script of a page does not load; undefined if it does. */
function unusable(script: Answer | { readonly refused: string }): string | undefined {
  if ('refused' in script) return script.refused;
  const type = script.headers.get('content-type') ?? '';
  return scriptTypes.test(type) ? undefined : `is sent as "${type}": send it as text/javascript`;
}

/** Why a worker of a script does not start or compile where the page itself can; undefined if it does. */
function withoutWorker(script: Answer, page: Answer): string | undefined {
  if (!sent(page).every((policy) => loadsOwn(policy, 'worker-src', 'child-src', 'script-src')))
    return "the host's Content-Security-Policy lacks 'self' in worker-src";
  // A worker has the headers of its own file, whatever its page says.
  if (!sent(script).every(compilesWasm))
    return `${pathOf(script)} is sent with a Content-Security-Policy without 'wasm-unsafe-eval' in script-src`;
  const isolation = 'cross-origin-embedder-policy';
  const isIsolated = /^(?:require-corp|credentialless)/;
  if (isIsolated.test(page.headers.get(isolation) ?? '') && !isIsolated.test(script.headers.get(isolation) ?? ''))
    return `${pathOf(script)} lacks the Cross-Origin-Embedder-Policy of its page`;
  return undefined;
}

const pathOf = ({ address }: Pick<Answer, 'address'>): string => new URL(address).pathname;

/** What the policies that a host sends with a page lack for its own scripts and styles, and to train. */
function lacking(page: Answer, wasm: boolean): string[] {
  const policies = sent(page);
  return [
    ...(policies.every((policy) => loadsOwn(policy, 'script-src-elem', 'script-src')) ? [] : ["'self' in script-src"]),
    ...(policies.every((policy) => loadsOwn(policy, 'style-src-elem', 'style-src')) ? [] : ["'self' in style-src"]),
    ...(wasm && !policies.every(compilesWasm) ? ["'wasm-unsafe-eval' in script-src"] : []),
    ...(policies.every((policy) => policy.get('sandbox')?.includes('allow-scripts') ?? true)
      ? []
      : ['allow-scripts in sandbox']),
  ];
}

/**
 * Asks a host for a page of a published site and for its scripts, and says whether what the host sends lets them run: its
 * policies beside the page's, types of files, and what a worker needs of its own file. Given the address of a page without
 * a lab, it looks for one with a lab among those that the page links to.
 */
export async function checkHost(address: string, signal: AbortSignal): Promise<Finding[]> {
  const first = await ask(address, signal);
  if ('refused' in first) return [{ name: 'host', found: `${address}: ${first.refused}`, advice: 'check the address' }];
  const { page, head } = await pageThatTrains(first, signal);
  const host = { name: 'host', found: `${page.address} is there` };
  if (head.policy === '' || head.scripts.length === 0)
    return [host, { name: 'page', found: 'none of Colophon', advice: 'give the address of a page of the site' }];
  const wasm = needsWasm(head);
  const lacks = lacking(page, wasm);
  const scripts = await Promise.all(
    head.scripts.map(async (address) => ({ address, script: await ask(address, signal) })),
  );
  const hindered = scripts.flatMap(({ address, script }) => {
    const why = unusable(script);
    return why === undefined ? [] : [`${pathOf({ address })}: ${why}`];
  });
  const trains = wasm && lacks.length === 0 && hindered.length === 0;
  const workers = scripts.flatMap(({ script }) => ('refused' in script ? [] : (withoutWorker(script, page) ?? [])));
  return [
    host,
    {
      name: 'policy',
      found: sent(page).length === 0 ? "none is sent: the page's own counts" : "the host's beside the page's own",
      ...(lacks.length > 0 && { advice: `the host's Content-Security-Policy lacks ${lacks.join(', ')}` }),
    },
    {
      name: 'scripts',
      found: hindered.length === 0 ? `all ${scripts.length}` : `${hindered.length} of ${scripts.length} do not load`,
      ...(hindered.length > 0 && { advice: hindered.join('; ') }),
    },
    {
      name: 'lab',
      found: !wasm ? 'on no page that was asked for' : trains ? 'readers can train' : 'readers cannot train',
      ...(trains &&
        workers[0] !== undefined && { advice: `${workers[0]}; they train without a worker`, optional: true }),
    },
  ];
}
