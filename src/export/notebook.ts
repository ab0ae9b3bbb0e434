/** A program as a Jupyter notebook: nbformat 4.5. */
import { aboutSameness, type PytorchProgram } from './pytorch-program.js';
import type { TrainingToExport } from './training-to-export.js';

/** The notebook as the text of an .ipynb file: a cell for each part of the program, without outputs. */
export function notebookText({ name, key, source }: TrainingToExport, program: PytorchProgram): string {
  const fence = '`'.repeat(Math.max(3, ...[...source.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  const title = [
    `# ${name}`,
    '',
    `Key \`${key}\`.`,
    '',
    `${fence}yaml`,
    ...source.split('\n'),
    fence,
    '',
    ...aboutSameness,
  ];
  const cells = [
    markdown(title),
    ...program.sections.flatMap((section) => [markdown([`## ${section.title}`]), code(section.lines)]),
    markdown([`## ${program.comparison.title}`]),
    code([
      ...program.comparison.lines,
      '',
      '',
      'torch.set_num_threads(1)',
      'net, history = train()',
      'compare(history)',
    ]),
  ].map((cell, index) => ({ ...cell, id: `cell-${index}` }));
  const notebook = {
    cells,
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** Lines as nbformat has them, each but the last with its end. */
function sourceOf(lines: readonly string[]): string[] {
  const all = lines.join('\n').split('\n');
  return all.map((line, index) => (index < all.length - 1 ? `${line}\n` : line));
}

function markdown(lines: readonly string[]): object {
  return { cell_type: 'markdown', metadata: {}, source: sourceOf(lines) };
}

function code(lines: readonly string[]): object {
  return { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: sourceOf(lines) };
}
