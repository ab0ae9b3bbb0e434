/** What a reader can search for: the text of a page, part by part. */
import type { Element, Root } from 'hast';
import { toString } from 'hast-util-to-string';

export interface Section {
  /** The id of its heading; empty for what stands before the first. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

/** The parts of a page from heading to heading, while placeholders still hold their text and nothing else. */
export function searchSections(tree: Root): Section[] {
  const sections: { anchor: string; heading: string; texts: string[] }[] = [{ anchor: '', heading: '', texts: [] }];
  for (const child of tree.children) {
    if (child.type !== 'element') continue;
    if (/^h[1-4]$/.test(child.tagName)) sections.push({ anchor: idOf(child), heading: toString(child), texts: [] });
    else sections.at(-1)?.texts.push(toString(child));
  }
  return sections
    .map(({ texts, ...section }) => ({ ...section, text: texts.join(' ').replace(/\s+/g, ' ').trim() }))
    .filter(({ heading, text }) => heading !== '' || text !== '');
}

function idOf({ properties: { id } }: Element): string {
  return typeof id === 'string' ? id : '';
}
