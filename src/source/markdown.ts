/**
 * The Markdown that pages are written in: CommonMark 0.31, GitHub's tables, task lists, strikethrough, footnotes and bare
 * links, front matter, TeX math, and what reports need besides: references, citations, labels, callouts, containers and
 * definition lists. It is read by remark, with an extension of its syntax for what no kept package reads, and a plugin for
 * what the tree can say.
 */
import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { VFile } from 'vfile';
import { type Edition, forReaders } from '../shared/edition.js';
import { type Limits, standardLimits } from '../shared/limits.js';
import { noPlugins, type Plugins } from '../shared/plugin.js';
import { maskBars, restoreBars } from './markdown/bars-in-math.js';
import { attributesFromMarkdown, attributesSyntax } from './markdown/extensions/attributes.js';
import { bracketedFromMarkdown, bracketedSyntax } from './markdown/extensions/bracketed.js';
import { citationFromMarkdown, citationSyntax } from './markdown/extensions/citation.js';
import { containerFromMarkdown, containerSyntax } from './markdown/extensions/container.js';
import { definitionListFromMarkdown, definitionListSyntax } from './markdown/extensions/definition-list.js';
import { imageCaptionFromMarkdown } from './markdown/extensions/image-caption.js';
import { textLimits } from './markdown/extensions/limits.js';
import { mathFromMarkdown, mathSyntax } from './markdown/extensions/math.js';
import { raisedFromMarkdown, raisedSyntax } from './markdown/extensions/raised.js';
import { texEnvironmentFromMarkdown, texEnvironmentSyntax } from './markdown/extensions/tex-environment.js';
import { checkDepth, checkNesting } from './markdown/nesting.js';
import { readAttributes } from './markdown/plugins/attributes.js';
import { readCodeAttributes } from './markdown/plugins/code-attributes.js';
import { readCallouts } from './markdown/plugins/callouts.js';
import { findFigures } from './markdown/plugins/figures.js';
import { readInlineNotes } from './markdown/plugins/inline-notes.js';
import { joinCodeLines } from './markdown/plugins/join-code-lines.js';
import { leaveOut } from './markdown/plugins/leave-out.js';
import { readLowered } from './markdown/plugins/lowered.js';
import { nestContainers } from './markdown/plugins/nest-containers.js';
import { leaveOutPaperCommands } from './markdown/plugins/paper-commands.js';
import { resolveReferences } from './markdown/plugins/resolve-references.js';
import { readPanels } from './markdown/plugins/panels.js';
import { readTabs } from './markdown/plugins/tabs.js';
import { readTableCaptions } from './markdown/plugins/table-captions.js';
import { checkTables } from './markdown/tables.js';
import { TooMuchMarkdown } from './markdown/too-much.js';
import { readCitationLocators } from './markdown/plugins/citation-locators.js';
import { findUndefinedFootnotes } from './markdown/plugins/undefined-footnotes.js';

/** Adds the syntax of reports to remark-parse. */
function reportSyntax(this: Processor, limits: Limits): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(
    definitionListSyntax,
    mathSyntax,
    containerSyntax,
    citationSyntax,
    attributesSyntax,
    raisedSyntax,
    bracketedSyntax,
    texEnvironmentSyntax,
    textLimits(limits),
  );
  (data.fromMarkdownExtensions ??= []).push(
    definitionListFromMarkdown,
    mathFromMarkdown,
    containerFromMarkdown,
    citationFromMarkdown,
    attributesFromMarkdown,
    raisedFromMarkdown,
    bracketedFromMarkdown,
    texEnvironmentFromMarkdown,
    imageCaptionFromMarkdown,
  );
}

/** Made anew for each reader: a copy of a frozen processor would have every extension of the syntax twice. */
function reportProcessor(limits: Limits, edition: Pick<Edition, 'solutions'>) {
  return unified()
    .use(remarkParse)
    .use(remarkFrontmatter)
    .use(remarkGfm)
    .use(remarkCjkFriendly)
    .use(remarkCjkFriendlyStrikethrough)
    .use(reportSyntax, limits)
    .use(leaveOutPaperCommands)
    .use(resolveReferences)
    .use(readInlineNotes)
    .use(readLowered)
    .use(joinCodeLines)
    .use(findUndefinedFootnotes)
    .use(readCitationLocators)
    .use(readAttributes)
    .use(readCodeAttributes)
    .use(findFigures)
    .use(readTableCaptions)
    .use(readCallouts)
    .use(nestContainers)
    .use(leaveOut, edition)
    .use(readPanels)
    .use(readTabs);
}

/** Reads Markdown, with the plugins of a report where it has some. */
export interface MarkdownReader {
  /** Names what it reads otherwise than others: its plugins by their SHA-256, and solutions. Empty for what readers get. */
  readonly digest: string;
  /**
   * Text to a syntax tree with positions. `file` takes what plugins say of it. Throws a `TooMuchMarkdown` for a text that is too much to
   * read, and a `PluginFailure`.
   */
  readonly parse: (text: string, file?: VFile) => Root;
  /** The tree of a text, or why it is too much to read. */
  readonly read: (text: string, file?: VFile) => Root | TooMuchMarkdown;
}

/** Plugins of a report come after those of this program; what they add to the syntax is read with ours. */
export function markdownReader(
  { remark, digest }: Pick<Plugins, 'remark' | 'digest'> = noPlugins,
  limits = standardLimits,
  edition: Pick<Edition, 'solutions'> = forReaders,
): MarkdownReader {
  const processor = reportProcessor(limits, edition);
  for (const { attach, options } of remark) processor.use(attach, ...options);
  processor.freeze();
  const parse: MarkdownReader['parse'] = (text, file = new VFile(text)) => {
    checkNesting(text);
    checkTables(text);
    const { text: masked, stand } = maskBars(text);
    const tree = processor.parse(masked);
    if (stand !== undefined) restoreBars(tree, stand);
    checkDepth(tree);
    const whole = processor.runSync(tree, file) as Root;
    checkDepth(whole);
    return whole;
  };
  return {
    digest: edition.solutions ? `${digest} with solutions` : digest,
    parse,
    read: (text, file) => {
      try {
        return parse(text, file);
      } catch (thrown) {
        if (thrown instanceof TooMuchMarkdown) return thrown;
        throw thrown;
      }
    },
  };
}

/** Without plugins of a report. */
export const standardReader = markdownReader();
