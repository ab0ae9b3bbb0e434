/** Sets formulas: the TeX in `<code class="language-math">` as MathML, with Temml. */
import type { Element, Parents, Root } from 'hast';
import type { VFile } from 'vfile';
import type { Problem } from '../../shared/problem.js';
import { eachNode, type Written, written } from '../hast.js';
import { texToMathMl } from '../math.js';
import { texToText } from '../math-text.js';
import { type Writer, writerIn } from '../nodes/writer.js';
import { joinMarks } from './formula-with-marks.js';

declare module 'hast' {
  interface ElementData {
    /** Of a formula, where its TeX starts in what the author wrote. */
    inset?: number;
  }
}

/** The rehype plugin. */
export function formulas(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    const inLines: { readonly parent: Parents; readonly formula: Written }[] = [];
    eachNode(tree, (node, index, parent) => {
      if (node.type !== 'element' || !isFormula(node)) return;
      const [tex] = node.children;
      if (tex?.type !== 'text') return;
      const isDisplay = classes(node).includes('math-display');
      const math = mathMl(node, tex.value, isDisplay, writerIn(file));
      if (math === undefined) {
        node.properties = {};
        return;
      }
      const formula = written(math, texToText(tex.value));
      parent.children[index] = formula;
      if (!isDisplay) inLines.push({ parent, formula });
    });
    for (const { parent, formula } of inLines) joinMarks(parent, formula);
  };
}

function isFormula(node: Element): boolean {
  return node.tagName === 'code' && classes(node).includes('language-math');
}

function classes({ properties }: Element): readonly (string | number)[] {
  return Array.isArray(properties['className']) ? properties['className'] : [];
}

function mathMl(node: Element, tex: string, isDisplay: boolean, writer: Writer): string | undefined {
  const math = texToMathMl(tex, isDisplay);
  if (typeof math === 'string') return math;
  const start = writer.context.origin.source(node).indexOf(tex, node.data?.inset);
  // Inside a quote or a list the TeX of several lines is not as it was written; its whole place is shown then.
  const at = start < 0 || math.at === undefined ? undefined : start + Math.min(math.at, Math.max(0, tex.length - 1));
  const problem: Omit<Problem, 'place'> = {
    rule: 'tex',
    message: `this formula cannot be read: ${math.message}`,
    hint: math.hint ?? 'mend the TeX',
  };
  if (at === undefined) writer.problem(node, problem);
  else writer.problem(node, problem, at, at + 1);
  return undefined;
}
