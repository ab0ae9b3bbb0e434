/** Of other generators of sites: MkDocs, Docusaurus, Hugo, Jekyll, and of Obsidian and other notebooks of linked notes. */
import { dictionary } from '../../shared/dictionary.js';
import { calloutInstead, type Neighbour } from './neighbour.js';

export const generators: readonly Neighbour[] = [
  {
    pattern: /^[ \t]*(!!!|\?\?\?\+?)[ \t]+([a-z][\w-]*)(?:[ \t]+[\w-]+)*(?:[ \t]+"([^"\n]*)")?[ \t]*$/gm,
    say: ([written, mark = '', name = '', title = '']) => {
      const called = title === '' ? '' : ` ${title}`;
      const instead = calloutInstead(name, title) ?? calloutInstead('note', title) ?? '';
      const folded = `write ::: {.details title="${title === '' ? name : title}"} … :::`;
      const kind = /\[!\w+\]|::: (\w+)/.exec(instead);
      const marker = kind?.[1] === undefined ? instead : `write > [!${kind[1].toUpperCase()}]${called}`;
      return {
        message: `"${written.trim()}" is not how a note is written here`,
        hint: mark.startsWith('?') ? folded : `${marker}, and > before each of its lines`,
      };
    },
  },
  {
    sign: ':::',
    pattern: /^ {0,3}:{3,}[ \t]*([A-Za-z][\w-]*)(?:\[([^\]\n]*)\]|[ \t]+(?![{:])([^\n]*?[^\s:]))[ \t]*$/gm,
    say: ([written, name = '', bracketed = '', rest = '']) => {
      const title = bracketed === '' ? rest : bracketed;
      const known = calloutInstead(name, '')?.replace(/^write ::: (\w+).*$/, '$1');
      return {
        message: `"${written.trim()}" is not how a block is written here`,
        hint: `write ::: {.${known ?? (name === 'details' ? 'details' : 'note')} title="${title.trim()}"}`,
      };
    },
  },
  {
    sign: '{%',
    pattern: /\{%-?[ \t]*([\w-]+)[^\n]{0,300}?%\}/g,
    say: ([written, name = '']) => ({
      message: `"${written}" is a template's tag, which is not read here`,
      hint: tags[name] ?? 'leave it out',
    }),
  },
  {
    sign: '[[',
    pattern: /(!?)\[\[([A-Za-z][^[\]|,\n]*)(?:\|([^[\]\n]+))?\]\](?![([])/g,
    say: ([written, image = '', target = '', said = '']) => {
      const [page = '', section] = target.split('#');
      const file = /\.\w{2,4}$/.test(page) ? page : `${page.trim()}.md`;
      const part = section === undefined ? '' : `#${section.trim().toLowerCase().replace(/\s+/g, '-')}`;
      const address = /\s/.test(file) ? `<${file}${part}>` : `${file}${part}`;
      if (/^_?toc_?$/i.test(target)) return { message: `"${written}" is not filled in here`, hint: tocHint };
      return {
        message: `"${written}" is not read as a ${image === '' ? 'link' : 'picture'} here`,
        hint: `write ${image}[${said === '' ? page.trim() : said.trim()}](${address})`,
      };
    },
  },
  {
    pattern: /^ {0,3}(?:\[TOC\]|\{:toc\}|\[\[toc\]\])[ \t]*$/gim,
    say: ([written]) => ({ message: `"${written.trim()}" is not filled in here`, hint: tocHint }),
  },
  {
    sign: '{:',
    pattern: /\{::?[ \t]*[^{}\n]*\}/g,
    say: ([written]) => ({ message: `the attributes ${written} are not read here`, hint: 'leave them out' }),
  },
  {
    sign: '+++',
    pattern: /^\+\+\+[ \t]*$/gm,
    say: ({ index }) =>
      index === 0
        ? {
            message: 'front matter between lines of +++ is not read here',
            hint: 'write it in YAML between lines of ---',
          }
        : undefined,
  },
  {
    sign: '8<',
    pattern: /^ {0,3}-+8<-+[^\n]*$/gm,
    say: ([written]) => ({
      message: `"${written.trim()}" is not filled in here`,
      hint: 'write the text here, or make it a page and write a link to it: [its title](page.md)',
    }),
  },
  {
    sign: '*[',
    pattern: /^ {0,3}\*\[([^\]\n]+)\]:[ \t]+([^\n]+)$/gm,
    say: ([written, short = '', long = '']) => ({
      message: `"${written.trim()}" explains no abbreviation here`,
      hint: `write <abbr title="${long.trim()}">${short}</abbr> where it stands`,
    }),
  },
];

const tocHint = 'leave it out: contents are made from the headings';

const tags = dictionary<string>({
  include: 'write the text here, or make it a page and write a link to it: [its title](page.md)',
  include_relative: 'write the text here, or make it a page and write a link to it: [its title](page.md)',
  highlight: 'write a fenced block: ```python',
  link: 'write a link to the page: [its title](page.md)',
  post_url: 'write a link to the page: [its title](page.md)',
  cite: 'write [@key]',
  raw: 'leave it out',
});
