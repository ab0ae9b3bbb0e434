/** A formula between dollars below the text of a list's item, not indented, as d2l.ai and cs231n write it. */
import { describe, expect, it } from 'vitest';
import { directiveKinds } from '../../src/steps/kinds.js';
import { parsePage } from '../../src/source/parse-page.js';
import { markdownToHtml, normalised } from './markdown-to-html.js';

const saidOf = (text: string): string[] =>
  parsePage('a.md', `# A\n\n${text}`, directiveKinds).problems.map(
    ({ place, message }) => `${place?.line}:${place?.column} ${message}`,
  );
/** The elements of a text, formulas without what is in them. */
const shapeOf = (text: string): string =>
  normalised(markdownToHtml(text))
    .replaceAll(/<math[\s\S]*?<\/math>/g, '<math>')
    .replaceAll(/ (?:class|id)="[^"]*"/g, '');

describe('dollars in a line below the text of an item', () => {
  it('are a formula in that text, and the list goes on', () => {
    const text = '1. One\n$$\na\nb\n$$\n    * nested\n1. Two\n';
    expect(shapeOf(text)).toMatch(/^<ol><li>One\s*<math>.*<ul><li>nested<\/li><\/ul><\/li><li>Two<\/li><\/ol>$/);
    expect(saidOf(text)).toEqual([]);
  });

  it('are told where they are read as text, and so is a label that cannot be one', () => {
    expect(saidOf('* a\n$$\n- x\n$$\n* b')).toEqual([
      '4:1 the formula that begins or ends here is not read',
      '6:1 the formula that begins or ends here is not read',
    ]);
    expect(saidOf('* a\n$$\nx\n$$ {#eq-a}\n* b')).toEqual(['6:4 "{#eq-a}" labels no formula here']);
  });

  it('are a block where they are indented, or on a line with a label', () => {
    expect(saidOf('* a\n  $$\n  x\n  $$ {#eq-a}\n* b\n$$x$$ {#eq-b}\n')).toEqual([]);
  });
});
