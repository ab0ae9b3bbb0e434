/** Items of lists: whether a list is loose is asked of the list, not of every item by every other. */
import type { List, ListItem } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { expect, it } from 'vitest';
import { listItem } from '../../src/render/nodes/list-item.js';

it('each item of a long list is looked at once, whatever the length', () => {
  let looks = 0;
  const item = (): ListItem => ({
    type: 'listItem',
    get spread() {
      looks += 1;
      return false;
    },
    children: [{ type: 'paragraph', children: [{ type: 'text', value: 'x' }] }],
  });
  const list: List = { type: 'list', spread: false, children: Array.from({ length: 1000 }, item) };
  const made = toHast(list, { handlers: { listItem } });
  expect(made).toMatchObject({ tagName: 'ul' });
  expect(looks).toBeLessThanOrEqual(2000);
});

it('one item with a blank line between its blocks makes all of them loose', () => {
  const item = (spread: boolean): ListItem => ({
    type: 'listItem',
    spread,
    children: [{ type: 'paragraph', children: [{ type: 'text', value: 'x' }] }],
  });
  const made = toHast({ type: 'list', children: [item(false), item(true)] }, { handlers: { listItem } });
  expect(JSON.stringify(made).match(/"tagName":"p"/g)).toHaveLength(2);
});
