/** Citations in a style of CSL, through citeproc-js. */
import type { Bibliography, Cited } from '../../../source/report.js';
import { once } from '../../../shared/lazy.js';
import type { Language } from '../../../languages/language.js';
import { escapeHtml } from '../../html.js';
import { affixText } from '../affix.js';
import { type CitedList, shortNames } from '../built-in.js';
import { richHtml, withLinks } from '../rich-html.js';
import { anchorOfWork, type BibliographyStyle } from '../style.js';
import type { FoundStyle } from './find-style.js';
import { itemOf, markup, others } from './item.js';
import { locatorTerms, readLocator } from './locator.js';
import {
  citeEnd,
  citeName,
  citeStart,
  type CiteItem,
  type CslNode,
  type Engine,
  numberEnd,
  numberStart,
  richText,
  type SortedItem,
} from './processor.js';

/** What the processor gives where a style has no form for what is asked. */
const nothingToPrint = '[NO_PRINTED_FORM]';

/** How each page of a report cites. All share one processor, which is told of a page's works when it comes to it. */
export function cslStyle(
  { works, keys, formulas: inWorks }: Bibliography,
  found: FoundStyle,
  language: string,
): (language: Language, list: CitedList) => BibliographyStyle {
  const formulas = inWorks.copy();
  const items = new Map([...works.values()].map((work) => [work.key, itemOf(work)]));
  const start = once((): Engine => {
    const system = {
      retrieveLocale: found.locale,
      retrieveItem: (id: string) => items.get(id),
      wrapCitationEntry: (text: string) => text,
    };
    // A style may be made for one language; what the report says of its own comes first, unless it says nothing.
    const engine = new found.processor.Engine(system, found.style, tagOf(language), !language.startsWith('en'));
    engine.setOutputFormat(richText);
    engine.opt.development_extensions['apply_citation_wrapper'] = true;
    keepWordsFirst(engine);
    return engine;
  });
  const terms = once(() => locatorTerms(found.locale(tagOf(language))));
  const isNumeric = isByNumber(found);
  const isRaised = isInSuperscript(found);
  let current: readonly string[] | undefined;
  const engineFor = (ids: readonly string[]): Engine => {
    const engine = start();
    if (current !== ids) engine.updateItems(ids);
    current = ids;
    return engine;
  };
  const itemIn = (cite: Cited, isFirst: boolean): CiteItem => {
    const { label, locator, suffix } = readLocator(affixText(cite.suffix, formulas), terms());
    const prefix = affixText(cite.prefix, formulas);
    return {
      id: cite.key,
      ...(prefix !== '' && { prefix: `${markup(prefix)} ` }),
      ...(suffix.trim() !== '' && { suffix: markup(/^[\s,.:;)،؛，；、]/.test(suffix) ? suffix : ` ${suffix}`) }),
      ...(locator !== undefined && { locator: markup(locator), label: label ?? 'page' }),
      ...(cite.yearOnly && !isNumeric && isFirst && { 'suppress-author': 1 }),
    };
  };
  return (ofPage, { cited, listAt, ownList }) => {
    const ids = cited.filter((key) => works.has(key));
    const html = (text: string): string => richHtml(withoutOthers(text), formulas);
    const cluster = (cites: readonly CiteItem[]): string => {
      const engine = engineFor(ids);
      const { layout_prefix: before = '', layout_suffix: after = '', layout_delimiter = '; ' } = engine.citation.opt;
      const inside = html(
        betweenWords(cites)
          .map((part) => engine.makeCitationCluster(part))
          .join(layout_delimiter)
          // The processor knows these for no marks.
          .replace(/ (?=[،؛，；、])/g, ''),
      );
      const linked = inside
        .replace(
          new RegExp(`${citeStart}([^${citeName}]*)${citeName}([^${citeStart}${citeEnd}]*)${citeEnd}`, 'g'),
          (_, key: string, text: string) => link(key, text),
        )
        .replace(new RegExp(`${citeStart}[^${citeName}]*${citeName}|${citeEnd}`, 'g'), '');
      return html(before) + linked + html(after);
    };
    const link = (key: string, text: string): string =>
      `<a class="citation" href="${escapeHtml(listAt)}#${anchorOfWork(unescaped(key))}">${text}</a>`;
    const authorsOf = (key: string): string => {
      const named = isNumeric ? nothingToPrint : engineFor(ids).makeCitationCluster([{ id: key, 'author-only': 1 }]);
      const plain = named.replace(new RegExp(`${citeStart}[^${citeName}]*${citeName}|${citeEnd}`, 'g'), '');
      return plain.includes(nothingToPrint) ? html(shortNames(works.get(key), ofPage)) : html(plain);
    };
    const sentence = (cites: readonly Cited[]): string => {
      const [first] = cites;
      if (first === undefined) return '';
      const inside = cluster(cites.map((cite, index) => itemIn({ ...cite, yearOnly: index === 0 }, index === 0)));
      const gap = isRaised ? '' : ' ';
      return `${link(escapeHtml(first.key), authorsOf(first.key))}${gap}${inside}`;
    };
    const list = (): string => {
      const made = ids.length === 0 ? false : engineFor(ids).makeBibliography();
      if (made === false) return '';
      const [{ entry_ids: entries }, texts] = made;
      const rows = texts.map((text, index) => {
        const key = entries[index]?.[0] ?? '';
        const number = new RegExp(`${numberStart}([^${numberEnd}]*)${numberEnd}`).exec(text);
        const rest = number === null ? text : text.replace(number[0], '');
        const before = number === null ? '' : `<span class="number">${html(number[1] ?? '').trim()}</span> `;
        return `<li id="${anchorOfWork(key)}">${before}${withLinks(html(rest.trim()))}</li>\n`;
      });
      const kind = texts.some((text) => text.includes(numberStart)) ? 'numbered' : 'author-year';
      return `<ul class="works ${kind}">\n${rows.join('')}</ul>\n`;
    };
    return {
      exists: true,
      isRaised,
      keys,
      has: (key) => works.has(key),
      cite: (cites, inSentence) =>
        inSentence ? sentence(cites) : cluster(cites.map((cite, index) => itemIn(cite, index === 0 || cite.yearOnly))),
      list,
      pageList: () => (ownList ? list() : ''),
    };
  };
}

/**
 * The works of a citation in parts that are sorted each for itself: words before a work, or behind it, stand where they were written. As
 * Pandoc has it; citeproc-js alone would make "(but cf. Doe, 2020; see Roe, 1999)" of "see Roe, but cf. Doe".
 */
function betweenWords(cites: readonly CiteItem[]): CiteItem[][] {
  const parts: CiteItem[][] = [];
  let before: CiteItem | undefined;
  for (const cite of cites) {
    const last = parts.at(-1);
    if (last === undefined || cite.prefix !== undefined || before?.suffix !== undefined) parts.push([cite]);
    else last.push(cite);
    before = cite;
  }
  return parts;
}

/** A work with words before it is the first of its part. */
function keepWordsFirst({ citation: { srt } }: Engine): void {
  const compare = srt.compareCompositeKeys;
  const rank = ([, item]: SortedItem): number => (item.prefix === undefined ? 1 : 0);
  srt.compareCompositeKeys = (a, b) => rank(a) - rank(b) || compare(a, b);
}

/** Whether a style cites by numbers, as it says of itself. */
function isByNumber({ style }: FoundStyle): boolean {
  const info = style.children.flatMap((child) =>
    typeof child !== 'string' && child.name === 'info' ? child.children : [],
  );
  return info.some(
    (child) => typeof child !== 'string' && child.name === 'category' && child.attrs['citation-format'] === 'numeric',
  );
}

/** Whether all of a citation is raised. */
function isInSuperscript({ style }: FoundStyle): boolean {
  const parts = (nodes: CslNode['children'], name: string): CslNode[] =>
    nodes.flatMap((node) => (typeof node !== 'string' && node.name === name ? [node] : []));
  return parts(style.children, 'citation')
    .flatMap(({ children }) => parts(children, 'layout'))
    .some(({ attrs }) => attrs['vertical-align'] === 'sup');
}

/** "Doe, J., & others" is "Doe, J., et al." */
function withoutOthers(text: string): string {
  if (!text.includes(others)) return text;
  return text
    .replace(new RegExp(`(,?)\\s+(?:\\S{1,4}\\s+)?${others}`, 'g'), '$1 et al.')
    .replaceAll('et al..', 'et al.');
}

/** CSL's tables of words are of countries' languages. */
function tagOf(language: string): string {
  return countries[language.toLowerCase()] ?? language;
}

const countries: Readonly<Record<string, string>> = {
  ...{
    en: 'en-US',
    de: 'de-DE',
    fr: 'fr-FR',
    es: 'es-ES',
    pt: 'pt-PT',
    it: 'it-IT',
    nl: 'nl-NL',
    zh: 'zh-CN',
    ja: 'ja-JP',
    ko: 'ko-KR',
  },
  ...{
    he: 'he-IL',
    pl: 'pl-PL',
    ru: 'ru-RU',
    sv: 'sv-SE',
    da: 'da-DK',
    fi: 'fi-FI',
    cs: 'cs-CZ',
    tr: 'tr-TR',
    el: 'el-GR',
    hu: 'hu-HU',
  },
  ...{
    no: 'nb-NO',
    nb: 'nb-NO',
    nn: 'nn-NO',
    uk: 'uk-UA',
    fa: 'fa-IR',
    ro: 'ro-RO',
    ca: 'ca-AD',
    hi: 'hi-IN',
    vi: 'vi-VN',
    th: 'th-TH',
  },
};

function unescaped(key: string): string {
  return key.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
