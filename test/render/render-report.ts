/** A report of a few files rendered without computing anything. */
import { type Content, contentOf } from '../../src/shared/content.js';
import { inOrder, type Problem } from '../../src/shared/problem.js';
import { renderPages } from '../../src/render/render-pages.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';

/** The parts of pages whose report computes nothing. */
export const nothing = {
  figures: new Map(),
  tables: new Map(),
  values: new Map(),
  claims: new Map(),
  valueSources: new Map(),
  reference: () => undefined,
  experiments: new Map(),
  colophon: { version: '0', profiles: [] },
};

/** What a file of a site says. */
export function textOf(content: Content): string {
  const made = contentOf(content);
  return typeof made === 'string' ? made : Buffer.from(made).toString();
}

export interface Rendered {
  readonly pages: Map<string, string>;
  readonly problems: readonly Problem[];
}

export function render(files: Readonly<Record<string, string>>): Rendered {
  const { report, problems: unread } = readReport(reportFolder(files), directiveKinds);
  const { files: rendered, problems } = renderPages(report, nothing);
  return {
    pages: new Map(rendered.map(({ path, content }) => [path, textOf(content)])),
    problems: inOrder([...unread, ...problems]),
  };
}

/** A page whose body starts on line 5. */
export function page(body: string): string {
  return `---\ntitle: T\n---\n\n${body}\n`;
}

export function article(pages: ReadonlyMap<string, string>, path: string): string {
  return /<article>([\s\S]*)<\/article>/.exec(pages.get(path) ?? '')?.[1]?.trim() ?? '';
}

export function rules({ problems }: { readonly problems: readonly Problem[] }): string[] {
  return problems.map(({ rule, place }) => `${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0} ${rule}`);
}
