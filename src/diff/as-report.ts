/** A difference as a report, which is built like any other: strict pages, the same templates. */
import { type Line, type Section, type SideFiles, textOf } from './account.js';
import { literal } from './literal.js';
import { overlay } from './overlay.js';
import { inLine } from './text.js';

/** The files of a report. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array>;

/** Of a section a page shows so many lines; the rest is counted. */
const mostLines = 2000;

export function asReport(
  title: string,
  sections: readonly Section[],
  before: Pick<SideFiles, 'read'>,
  after: Pick<SideFiles, 'read'>,
): ReportFiles {
  const files = new Map<string, string | Uint8Array>([['colophon.yaml', `title: ${JSON.stringify(title)}\n`]]);
  const page = [`---\ntitle: ${JSON.stringify(title)}\n---`];
  if (sections.length === 0) page.push('Nothing differs.');
  for (const { name, said, lines } of sections) {
    page.push(`## ${name.charAt(0).toUpperCase()}${name.slice(1)}`, literal(said));
    const [drawn, others] = [true, false].map((has) =>
      lines.filter(({ drawings }) => (drawings !== undefined) === has),
    );
    const shown = (others ?? []).slice(0, mostLines).map((line) => `- ${literal(inLine(line))}`);
    const left = (others?.length ?? 0) - shown.length;
    if (left > 0) shown.push(`- and ${left} more`);
    if (shown.length > 0) page.push(shown.join('\n'));
    for (const line of drawn ?? []) page.push(...drawingsOf(line, before, after, files));
  }
  files.set('index.md', `${page.join('\n\n')}\n`);
  return files;
}

function drawingsOf(
  line: Line,
  before: Pick<SideFiles, 'read'>,
  after: Pick<SideFiles, 'read'>,
  files: Map<string, string | Uint8Array>,
): string[] {
  const { drawings } = line;
  if (drawings === undefined) return [];
  const [old, now] = [textOf(before, drawings.before), textOf(after, drawings.after)];
  const laid = overlay(old, now);
  const pictures = [
    { side: 'before', title: 'Before', svg: old },
    { side: 'after', title: 'After', svg: now },
  ].filter(({ svg }) => svg !== '');
  const image = (side: string, title: string, svg: string): string => {
    const path = `${side}/${drawings.id}.svg`;
    files.set(path, svg);
    return `![${title}](${path}){alt="${drawings.id}, ${side}"}`;
  };
  const beside = pictures.map(({ side, title, svg }) => image(side, title, svg)).join('\n\n');
  return [
    literal(inLine(line)),
    `::: {layout-ncol=2}\n${beside}\n:::`,
    ...(laid === undefined ? [] : [image('overlay', 'After, and before faint over it', laid)]),
  ];
}
