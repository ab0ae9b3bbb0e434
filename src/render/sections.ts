/** What a reader can search for: the text of a page, part by part. */
import type { ElementContent, Root, RootContent } from 'hast';
import { inLine } from './rehype/in-line.js';

export interface Section {
  /** The id of its heading; empty for what stands before the first. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

const parting = /^h[1-4]$/;

/** The parts of a page from heading to heading, as a reader gets to read them; notes and works are parts of their own. */
export function searchSections({ children }: Root): Section[] {
  const sections: { anchor: string; heading: string; texts: string[] }[] = [{ anchor: '', heading: '', texts: [] }];
  const read = (blocks: readonly RootContent[]): void => {
    for (const block of blocks) {
      const { id } = block.type === 'element' ? block.properties : {};
      if (block.type !== 'element') sections.at(-1)?.texts.push(textOf(block));
      else if (parting.test(block.tagName) && typeof id === 'string')
        sections.push({ anchor: id, heading: trimmed(block.children.map(textOf)), texts: [] });
      else if (block.tagName === 'section') read(block.children);
      else sections.at(-1)?.texts.push(textOf(block));
    }
  };
  read(children);
  return sections
    .map(({ texts, ...section }) => ({ ...section, text: trimmed(texts) }))
    .filter(({ heading, text }) => heading !== '' || text !== '');
}

/** Marks and numbers beside the text, which lead elsewhere. */
const beside = ['anchor', 'section-number', 'footnote', 'footnote-back'];

function textOf(node: ElementContent | RootContent): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'written') return node.said;
  if (node.type !== 'element') return '';
  const { tagName, properties, children } = node;
  const { alt, className } = properties;
  if (tagName === 'img') return typeof alt === 'string' ? alt : '';
  if (tagName === 'br') return ' ';
  if (Array.isArray(className) && beside.some((name) => className.includes(name))) return '';
  const texts = children.map(textOf);
  if (inLine.has(tagName)) return texts.join('');
  // The caption of an image is often its alternative text as well.
  const once = tagName === 'figure' ? texts.filter((text, at) => !texts.slice(at + 1).some(ends(text))) : texts;
  return ` ${once.join('')} `;
}

function ends(text: string): (later: string) => boolean {
  return (later) => later.trim().endsWith(text.trim());
}

function trimmed(texts: readonly string[]): string {
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}
