/** A difference for a terminal, and for a comment on a pull request. */
import type { Line, Section } from './account.js';
import { literal } from './literal.js';

/** A line without its drawings. */
export function inLine({ place, text, aside }: Line): string {
  return `${place === undefined ? '' : `${place}  `}${text}${aside === undefined ? '' : `  (${aside})`}`;
}

/** Every line. */
export function asText(title: string, sections: readonly Section[]): string {
  if (sections.length === 0) return `${title}: nothing differs`;
  const parts = sections.map(({ name, said, lines }) =>
    [`${name}: ${said}`, ...lines.map((line) => `  ${inLine(line)}`)].join('\n'),
  );
  return [title, ...parts].join('\n\n');
}

/** What GitHub shows of a comment without scrolling is little, and nobody reads more than so many lines of one. */
const mostLines = 60;
/** Of a section: the rest is counted. */
const mostOfSection = 12;

/**
 * At most 60 lines of Markdown: each section's count, its first lines folded. What a report says is shown as it is: no mark of
 * it is Markdown.
 */
export function asMarkdown(title: string, sections: readonly Section[]): string {
  // No heading: what starts with two # is a command to some runners of workflows.
  const head = `**${literal(title)}**`;
  if (sections.length === 0) return `${head}\n\nNothing differs.\n`;
  // A fold takes its summary and two blank lines.
  const each = Math.min(mostOfSection, Math.floor((mostLines - 4) / sections.length) - 4);
  const parts = sections.map(({ name, said, lines }) => {
    const summary = `<summary><b>${name}</b>: ${literal(said)}</summary>`;
    const shown = lines.slice(0, each).map((line) => `- ${literal(inLine(line))}`);
    const left = lines.length - shown.length;
    if (left > 0) shown.push(`- and ${left} more`);
    return [`<details>${summary}`, '', ...shown, '</details>'].join('\n');
  });
  return `${[head, '', ...parts].join('\n')}\n`;
}
