/** The scripts with what readers can train again, once the runs that they compare with are there. */
import { labsOf } from '../lab/labs-of.js';
import { labName } from '../lab/lab-training.js';
import { makeLab } from '../lab/make-lab.js';
import type { FigureRequest } from '../plan/plan.js';
import type { FigurePart } from '../render/parts.js';
import { dataScript } from '../shared/data-script.js';
import { sha256 } from '../shared/hash.js';
import type { Known } from './known.js';

/** By the id of a figure; undefined for one without a lab, and while its runs are computed. */
export function labScripts(
  figures: readonly FigureRequest[],
  { results }: Pick<Known, 'results'>,
): (figure: string) => FigurePart['lab'] {
  const labs = labsOf(figures);
  return (figure) => {
    const lab = labs.get(figure);
    if (lab === undefined) return undefined;
    const { runs, fields } = lab;
    const needed = runs.flatMap((run) => [run, ...Object.values(run.inputs)]);
    if (needed.some(({ key }) => !results.has(key))) return undefined;
    const made = makeLab(runs, fields, (step) => {
      const found = results.get(step.key);
      if (found === undefined) throw new Error(`the result of ${step.name} is gone`);
      const { digest, artifact, record } = found;
      return { digest, artifact, profile: record.profile, device: record.device };
    });
    const content = dataScript(labName(made.id), JSON.stringify(made));
    return { training: made.id, path: `assets/lab-${made.id}-${sha256(content).slice(0, 8)}.js`, content };
  };
}
