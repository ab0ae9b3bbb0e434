/** The text that a file of a report had when it was read, for who shows lines of it. */
import type { Report } from './report.js';

/** Gives the text of a file by its name; undefined for one that cannot be read. Of a page that includes others it is its own. */
export function writtenText(report: Report): (file: string) => string | undefined {
  const texts = new Map(
    report.pages.flatMap(({ file, text, sources }) => (sources === undefined ? [[file, text]] : [])),
  );
  return (file) => {
    const text = texts.get(file);
    if (text !== undefined) return text;
    const data = report.dataFile(file);
    return 'bytes' in data ? new TextDecoder().decode(data.bytes) : undefined;
  };
}
