/**
 * The sentences of a report's prose that say how much, and neither print a computed value nor are held to one by a claim.
 *
 * A sentence says how much when it holds a numeral, a number word or a word of comparison ("fewer", "twice", "rises",
 * "never"), after what is exempt has been taken out of it:
 *
 * - mathematics and quoted text: formulas, code, the addresses of links;
 * - references to figures, sections and works, and the method of least squares;
 * - set-up: a numeral that is an option of one of the report's experiments (a width, a rate, a number of steps or samples), or
 *   how many values an experiment is swept over, where no comparison is made with it.
 *
 * Whole sentences are exempt
 *
 * - in theorems and proofs, which are mathematics;
 * - when they define a term, which they set in italics;
 * - when they cite a work, which then answers for them;
 * - when they are questions.
 */
import type { Nodes } from 'mdast';
import type { Directive, Page } from '../src/source/report.js';
import { walk } from '../src/source/markdown/walk.js';
import { readInlineRequest } from '../src/source/read-inline-request.js';

export interface Quantitative {
  readonly file: string;
  readonly sentence: string;
  /** The words that make it quantitative. */
  readonly words: readonly string[];
}

/** Stand in a sentence for what is no words of it. */
const marks = { computed: '\u0001', cited: '\u0002', defined: '\u0003', formula: '\u0004' };

const textBlocks = new Set<Nodes['type']>(['paragraph', 'heading', 'tableCell', 'defListTerm']);

const numberWords = new Map(
  [
    'two three four five six seven eight nine ten eleven twelve',
    'twenty thirty forty fifty sixty',
    'hundred thousand million',
  ]
    .join(' ')
    .split(' ')
    .map((word, index): [string, number] => {
      const value = index < 11 ? index + 2 : index < 16 ? (index - 9) * 10 : [100, 1000, 1_000_000][index - 16];
      return [word, value ?? Number.NaN];
    }),
);

/** Words that say how much one thing is of another, how often, or which way it goes. */
const comparison = new RegExp(
  `\\b(?:${[
    'more|most|mostly|less|least|fewer|fewest|times|twice|thrice|doubled?|doubles|half|halves|halved|thirds?|quarters?|per ?cent',
    'smaller|smallest|larger|largest|greater|greatest|bigger|biggest|higher|highest|lower|lowest|longer|longest|shorter|shortest',
    'wider|widest|narrower|better|best|worse|worst|faster|fastest|slower|slowest|nearer|nearest|closer|closest|sharper|sharpest',
    'luckiest|unluckiest|ahead|behind|above|below|beyond|exceeds?|exceeded|outnumbers?|dominates?|equals?',
    'rises?|rose|risen|falls?|fell|fallen|grows?|grew|grown|shrinks?|shrank|increases?|increased|decreases?|decreased|drops?|dropped',
    'never|always|nearly|almost|hardly|barely|usually|often|rarely|seldom|everywhere|nowhere|many|few|much|little',
    '\\w+er than|as (?:many|much|large|small|good) as|no longer',
  ].join('|')})\\b`,
  'giu',
);

/** 0.5, 1,000, 5%, 10x10. */
const numeral = /(?<![\p{L}\d.])[-−+]?\d[\d,]*(?:\.\d+)?(?:%|x\d+)?(?![\p{L}\d])/gu;

export function quantitativeSentences(pages: readonly Page[]): Quantitative[] {
  const setUp = setUpNumbers(pages.flatMap(({ directives }) => directives));
  return pages.flatMap(({ file, title, description, tree, directives }) => {
    const texts = [
      title,
      description ?? '',
      ...blocksOf(tree()),
      ...directives.flatMap(({ prose }) =>
        [prose.caption, prose.alt].flatMap((one) => (one === undefined ? [] : blocksOf(one))),
      ),
    ];
    return texts
      .flatMap(sentencesOf)
      .map((sentence) => ({ file, sentence: shown(sentence), words: quantities(sentence, setUp) }))
      .filter(({ words }) => words.length > 0);
  });
}

/** What makes a sentence quantitative; nothing when it is exempt. */
function quantities(sentence: string, setUp: ReadonlySet<number>): string[] {
  if ([marks.computed, marks.cited, marks.defined].some((mark) => sentence.includes(mark)) || sentence.endsWith('?'))
    return [];
  const compared = [...sentence.replaceAll(/least[- ]squares/gi, '').matchAll(comparison)].map(([word]) => word);
  const numbers = [
    ...[...sentence.matchAll(numeral)].map(([word]) => ({
      word,
      value: Number(word.replaceAll(',', '').replace('−', '-')),
    })),
    ...[...sentence.toLowerCase().matchAll(/\p{L}+/gu)].flatMap(([word]) => {
      const value = numberWords.get(word);
      return value === undefined ? [] : [{ word, value }];
    }),
  ];
  return [
    ...compared,
    ...numbers.filter(({ value }) => compared.length > 0 || !setUp.has(value)).map(({ word }) => word),
  ];
}

/** The numbers among the options of what is computed, but no seeds, and how many values each sweep has. */
function setUpNumbers(directives: readonly Directive[]): ReadonlySet<number> {
  const found = new Set<number>();
  const take = (value: unknown): void => {
    if (typeof value === 'number') found.add(value);
    else if (Array.isArray(value)) {
      found.add(value.length);
      value.forEach(take);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value))
        if (name !== 'seed') take(inner);
        else if (Array.isArray(inner)) found.add(inner.length);
  };
  for (const { kind, body } of directives) if (!['figure', 'table', 'claim'].includes(kind)) take(body);
  return found;
}

/** The text of each paragraph, heading and cell outside theorems and proofs. */
function blocksOf(root: Nodes): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    if (node.type === 'container') return false;
    if (!textBlocks.has(node.type)) return undefined;
    found.push(said(node));
    return false;
  });
  return found;
}

function said(node: Nodes): string {
  switch (node.type) {
    case 'inlineCode':
      return readInlineRequest(node.value) === undefined ? ' ' : marks.computed;
    case 'inlineMath':
      return marks.formula;
    case 'citation':
      return marks.cited;
    case 'emphasis':
      return `${marks.defined}${node.children.map(said).join('')}`;
    case 'reference':
    case 'footnoteReference':
      return '';
    case 'break':
      return ' ';
    default:
      return 'children' in node ? node.children.map(said).join('') : 'value' in node ? node.value : '';
  }
}

/** A claim after the stop belongs to the sentence before it. */
function sentencesOf(text: string): string[] {
  return text
    .replace(/([.!?])\s+((?:\u0001\s*)+)(?=\p{Lu}|$)/gu, ' $2$1 ')
    .split(/(?<=[.!?]["”’)\]]{0,2})\s+(?=["“‘([\u0003]*[\p{Lu}\d\u0001\u0004])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function shown(sentence: string): string {
  return sentence.replaceAll(marks.formula, '$…$').replaceAll(/[\u0001-\u0003]/g, '…');
}
