/**
 * The look at a page once it is laid out: it has the policy, no script but the site's, and loads nothing from elsewhere. Our
 * templates see to it; with those of a report's own it may be otherwise, by mistake.
 */
import type { Problem } from '../shared/problem.js';
import { schemeOf } from './address.js';
import { policy, trainingPolicy } from './host-headers.js';

/** Tags with their attributes; what stands in quotes may hold anything. */
const tags = /<([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const attributes = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Attributes whose address a browser loads, or goes to, without being asked. */
const loading = new Set(['src', 'srcset', 'data', 'poster', 'background', 'action', 'formaction', 'manifest', 'ping']);
/** Elements that no page of a site has any use for. */
const refused = new Set(['base', 'iframe', 'frame', 'object', 'embed', 'applet', 'portal', 'form']);

/**
 * What is wrong with a page, at its place in the report's own templates; undefined when nothing is. `scripts` are the
 * addresses of the site's, as this page has them.
 */
export function checkPage(
  html: string,
  scripts: ReadonlySet<string>,
  templates: ReadonlyMap<string, string>,
): Problem | undefined {
  const elements = [...html.matchAll(tags)].map(([tag, name = '', written = '']) => ({
    ...{ tag, name: name.toLowerCase(), said: attributesIn(written) },
  }));
  const policyAt = elements.findIndex(({ name, said }) => name === 'meta' && sayPolicy(said));
  for (const [at, { tag, name, said }] of elements.entries()) {
    const wrong = faultOf(name, said, scripts, policyAt >= 0 && policyAt < at);
    if (wrong !== undefined) return { ...wrong, ...placeOf(tag, name, templates), rule: 'unsafe-page' };
  }
  if (policyAt >= 0) return undefined;
  return {
    ...placeOf('', 'head', templates),
    rule: 'unsafe-page',
    message: 'pages laid out by this template have no policy against scripts and addresses of others',
    hint: 'take the line with Content-Security-Policy over from the built-in head.hbs',
  };
}

function attributesIn(written: string): ReadonlyMap<string, string> {
  const said = [...written.matchAll(attributes)].map(([, name = '', double, single, bare]): [string, string] => [
    name.toLowerCase(),
    plain(double ?? single ?? bare ?? ''),
  ]);
  // Of attributes with one name a browser takes the first.
  return new Map(said.toReversed());
}

function sayPolicy(said: ReadonlyMap<string, string>): boolean {
  return (
    said.get('http-equiv')?.toLowerCase() === 'content-security-policy' &&
    [policy, trainingPolicy].includes(said.get('content') ?? '')
  );
}

function faultOf(
  element: string,
  said: ReadonlyMap<string, string>,
  scripts: ReadonlySet<string>,
  hasPolicy: boolean,
): Pick<Problem, 'message' | 'hint'> | undefined {
  if (refused.has(element))
    return { message: `pages of a site have no <${element}>: it loads what is not theirs`, hint: 'leave it out' };
  // What a page says of itself to machines: a browser reads no such script, let alone runs it.
  const isData = said.get('type')?.toLowerCase() === 'application/ld+json' && !said.has('src');
  if (element === 'script' && !isData) {
    const source = said.get('src');
    if (source === undefined || !scripts.has(source))
      return {
        message:
          source === undefined ? 'a script is written into the page' : `the script ${source} is not one of the site's`,
        hint: 'leave it out: the policy of the pages would not run it',
      };
    if (!hasPolicy) return { message: 'a script stands before the policy', hint: 'let the policy come first' };
  }
  for (const [name, value] of said) {
    if (/^on[a-z]/.test(name))
      return { message: `"${name}" holds a script`, hint: 'leave it out: the policy would not run it' };
    const scheme = schemeOf(value);
    const isLoaded = loading.has(name) || (name === 'href' && element === 'link' && !names.has(said.get('rel') ?? ''));
    if (isLoaded && scheme !== undefined && scheme !== 'data')
      return {
        message: `<${element}> loads ${value} from elsewhere`,
        hint: 'copy it into the report, or leave it out',
      };
    if ((name === 'href' || isLoaded) && (scheme === 'javascript' || scheme === 'vbscript'))
      return { message: `<${element}> leads to a script`, hint: 'leave it out' };
  }
  if (element === 'meta' && said.get('http-equiv')?.toLowerCase() === 'refresh')
    return { message: 'the page leads elsewhere by itself', hint: 'leave the "refresh" out' };
  return undefined;
}

/** What a link in the head may say of the page without loading anything. */
const names = new Set(['canonical', 'prev', 'next', 'license', 'author', 'alternate', 'me']);

/** Where a template says it: the one with the tag, or with an element of that name, or the first. */
function placeOf(tag: string, element: string, templates: ReadonlyMap<string, string>): Pick<Problem, 'place'> {
  const sought = [tag, `<${element}`, ''];
  for (const text of sought) {
    for (const [name, content] of templates) {
      const at = content.toLowerCase().indexOf(text.toLowerCase());
      if (at < 0) continue;
      const before = content.slice(0, at).split('\n');
      return { place: { file: `templates/${name}`, line: before.length, column: (before.at(-1) ?? '').length + 1 } };
    }
  }
  return {};
}

function plain(value: string): string {
  return value
    .replace(/&#x([0-9a-f]+);|&#(\d+);/gi, (_all, hex?: string, decimal?: string) =>
      String.fromCodePoint(Math.min(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), 0x10ffff)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
