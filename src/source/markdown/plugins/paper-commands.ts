/** `\newpage`, `\index{word}` and what else says something to LaTeX alone is no part of a page's text. */
import type { Paragraph, Parent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

const bare =
  'newpage|pagebreak|clearpage|cleardoublepage|maketitle|tableofcontents|listoffigures|listoftables|noindent|indent|bigskip|medskip|smallskip|centering|vfill|hfill|appendix|frontmatter|mainmatter|backmatter|printindex|onehalfspacing|doublespacing|singlespacing|sloppy|phantomsection|printbibliography';
const withArgument =
  'index|vspace|hspace|pagestyle|thispagestyle|pagenumbering|setcounter|addtocounter|addcontentsline|markboth';

/** Matches each of them, and Quarto's shortcode that ends a page. Pandoc too leaves them out of web pages. */
function paperCommands(): RegExp {
  return new RegExp(
    String.raw`\\(?:${bare})(?![A-Za-z{@])|\\(?:${withArgument})\*?(?:\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\})+|\{\{< *pagebreak *>\}\}`,
    'g',
  );
}

export function leaveOutPaperCommands() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    const pattern = paperCommands();
    if (!pattern.test(source)) return;
    const emptied = new Set<Paragraph>();
    visit(tree, 'text', (node, _index, parent) => {
      const written = source.slice(node.position?.start.offset, node.position?.end.offset);
      // A backslash before a backslash makes a text of it.
      if (written.includes('\\\\')) return;
      const left = node.value.replace(pattern, '');
      if (left === node.value) return;
      node.value = left;
      if (parent?.type === 'paragraph' && parent.children.length === 1 && left.trim() === '') emptied.add(parent);
    });
    if (emptied.size === 0) return;
    visit(tree, (node) => {
      if (!('children' in node)) return;
      const children = node.children as RootContent[];
      (node as Parent).children = children.filter((child) => child.type !== 'paragraph' || !emptied.has(child));
    });
  };
}
