/** `features`: the gradient of the output with respect to each parameter, as a function of the input. */
import { arrayOf, numbersOf, slab } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { columnLines } from '../column-lines.js';
import { acrossAtMost, panelSize } from '../frame.js';
import { arrange, type Part } from '../panels.js';
import { blockOf, isAmong } from '../parameters.js';
import { type Run, runName, type Subject } from '../subject.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import { type Bundle, manyLines, manyLinesNote } from './many-lines.js';
import type { Picture } from './picture.js';

export function drawFeatures(subject: Subject): Picture {
  const { options } = subject.request;
  const checkpointsOf = chooseCheckpoints(subject);
  const facts: string[] = [];
  const parts = subject.runs.flatMap((run) => {
    const blocks = new Map<string, number[]>();
    for (const [index, name] of namesOf(run).entries()) {
      if (!isAmong(name, options.parameters)) continue;
      const block = blockOf(name);
      const columns = blocks.get(block);
      if (columns === undefined) blocks.set(block, [index]);
      else columns.push(index);
    }
    return [...blocks].flatMap(([block, columns]) =>
      checkpointsOf(run).map(({ step, index }): Part<Bundle> => {
        const labels = new Map([...run.labels, ['parameter', block], ['step', stepLabel(step)]]);
        const x = numbersOf(run.artifact, 'inputs');
        if (index === undefined) {
          const note = divergedAt(run.artifact.divergedAt ?? 0);
          return { value: { x, lines: columnLines({ shape: [0, 0], data: x }, []), noun: 'feature', note }, labels };
        }
        const lines = columnLines(slab(arrayOf(run.artifact, 'jacobian'), index), columns);
        const [low, high] = lines.extent;
        const name = runName(run);
        facts.push(
          `${name === '' ? '' : `${name}, `}${block} at ${stepLabel(step)}: ${countOf(columns.length, 'feature')} ${low === high ? `equal to ${number(low)} everywhere` : `between ${number(low)} and ${number(high)}`}`,
        );
        return { value: { x, lines, noun: 'feature' }, labels };
      }),
    );
  });
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 0.46, most: 220 });
  const specification = manyLines(layout, { ...size, width: size.width - 24 }, { x: 'input x', y: 'gradient' });
  const intro = `gradient features of ${trainedNames(subject)}`;
  const more = (left: number): string => `${countOf(left, 'more panel')} in the same manner`;
  const summarised = manyLinesNote(parts.map(({ value }) => value));
  return { specification, description: sentences(intro, ...someOf(facts, 12, more), ...summarised) };
}

function namesOf({ artifact }: Run): string[] {
  return [...(artifact.values['parameters'] as readonly string[])];
}
