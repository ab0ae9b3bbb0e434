/** What the runs of a sweep are called: by what tells them apart. */
import { expect, it } from 'vitest';
import type { Json } from '../../src/shared/artifact.js';
import { labelsOf } from '../../src/plan/sweep.js';

const sgd = (more: Readonly<Record<string, Json>>): Json => ({ kind: 'sgd', ...more });

it.each<[string, readonly Json[], readonly string[]]>([
  ['numbers and lists', [[10], [40, 40], 0.5], ['10', '40x40', '0.5']],
  ['lists of names', ['tanh', ['tanh', 'relu'], ['a,b']], ['tanh', 'tanh/relu', '["a,b"]']],
  ['groups of different kinds', [sgd({ rate: 0.1 }), { kind: 'adam', rate: 0.01 }], ['sgd', 'adam']],
  [
    'groups of one kind',
    [sgd({ rate: 0.1 }), sgd({ rate: 0.2 }), sgd({ rate: 0.2, momentum: 0.9 })],
    ['rate 0.1', 'rate 0.2', 'rate 0.2 momentum 0.9'],
  ],
  [
    'groups of some kinds twice',
    [sgd({ rate: 0.1 }), sgd({ rate: 0.2 }), { kind: 'adam', rate: 0.1 }],
    ['sgd rate 0.1', 'sgd rate 0.2', 'adam rate 0.1'],
  ],
  ['groups in groups', [{ a: { b: 1 } }, { a: { b: 2 } }], ['{"a":{"b":1}}', '{"a":{"b":2}}']],
  ['a group that is alone', [sgd({ rate: 0.1 })], ['{"kind":"sgd","rate":0.1}']],
  [
    'one without what the other has',
    [sgd({}), sgd({ momentum: 0.9 })],
    ['{"kind":"sgd"}', '{"kind":"sgd","momentum":0.9}'],
  ],
])('%s', (_what, values, labels) => {
  expect(labelsOf(values)).toEqual(labels);
});
