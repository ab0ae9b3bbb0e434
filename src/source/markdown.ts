/** The Markdown that pages are written in: CommonMark, GitHub's extensions, front matter and TeX math. */
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const processor = unified().use(remarkParse).use(remarkFrontmatter, ['yaml']).use(remarkGfm).use(remarkMath).freeze();

/** Text to a syntax tree with positions. */
export function parseMarkdown(text: string): Root {
  return processor.parse(text);
}
