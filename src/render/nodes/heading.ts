/** Headings, with an id that links and the table of contents lead to. */
import type { Element } from 'hast';
import type { Heading } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { say } from '../../languages/words.js';
import { element, text } from '../hast.js';
import { writerOf } from './writer.js';

export function heading(state: State, node: Heading): Element {
  const writer = writerOf(state);
  const { context, ids, headings } = writer;
  const made = element(`h${node.depth}`, {}, state.all(node));
  state.patch(node, made);
  if (!context.typography) return made;
  const said = writer.text(node.children);
  const given = node.data?.attributes?.id;
  if (given !== undefined && !ids.claim(given)) {
    writer.problem(node, {
      rule: 'duplicate-id',
      message: `something else on this page has the id "${given}"`,
      hint: 'give the heading another one',
    });
  }
  const id = given ?? ids.ofText(writer.written(node.children));
  made.properties['id'] = id;
  const number = context.sectionNumber(node);
  const isListed = node.data?.attributes?.classes.includes('unlisted') !== true;
  if (isListed && node.depth > 1 && node.depth < 4) {
    headings.push({ level: node.depth, id, text: number === undefined ? said : `${number} ${said}` });
  }
  if (number !== undefined) {
    made.children.unshift(element('span', { className: ['section-number'] }, [text(number)]), text(' '));
  }
  if (node.depth > 1 && node.depth < 5) {
    const label = say(context.language.words.blocks.linkToSection, { title: said });
    const link = element('a', { className: ['anchor'], href: `#${id}`, ariaLabel: label }, [text('#')]);
    made.children.push(text(' '), link);
  }
  return made;
}
