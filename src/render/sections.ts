/** What a reader can search for: the text of a page, part by part. */
import type { Root } from 'mdast';
import type { Writer } from './nodes/writer.js';

export interface Section {
  /** The id of its heading; empty for what stands before the first. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

/** The parts of a page from heading to heading, once its headings have their ids. */
export function searchSections(tree: Root, { anchors, text }: Pick<Writer, 'anchors' | 'text'>): Section[] {
  const sections: { anchor: string; heading: string; texts: string[] }[] = [{ anchor: '', heading: '', texts: [] }];
  for (const child of tree.children) {
    const anchor = child.type === 'heading' && child.depth < 5 ? anchors.get(child) : undefined;
    if (anchor !== undefined) sections.push({ anchor, heading: text([child]), texts: [] });
    else sections.at(-1)?.texts.push(text([child]));
  }
  return sections
    .map(({ texts, ...section }) => ({ ...section, text: texts.join(' ').replace(/\s+/g, ' ').trim() }))
    .filter(({ heading, text: said }) => heading !== '' || said !== '');
}
