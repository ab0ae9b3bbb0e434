/** LaTeX's commands that concern paper alone, as they stand in a text: Pandoc leaves them out of web pages, and so do we. */
const bare =
  'newpage|pagebreak|clearpage|cleardoublepage|maketitle|tableofcontents|listoffigures|listoftables|noindent|indent|bigskip|medskip|smallskip|centering|vfill|hfill|appendix|frontmatter|mainmatter|backmatter|printindex|onehalfspacing|doublespacing|singlespacing|sloppy|printbibliography';
const withArgument =
  'index|vspace|hspace|pagestyle|thispagestyle|pagenumbering|setcounter|addtocounter|addcontentsline|phantomsection|markboth';

/** Matches each of them, with a shortcode of Quarto's that ends a page. */
export function paperCommands(): RegExp {
  return new RegExp(
    String.raw`\\(?:${bare})(?![A-Za-z{@])|\\(?:${withArgument})\*?(?:\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\})+|\{\{< *pagebreak *>\}\}`,
    'g',
  );
}
