/** Where a text of a report's author gets into a site. */

/** A YAML text in quotes, which takes any character. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** In the prose of a page: each gives a block of Markdown. */
export const proseplaces: Readonly<Record<string, (payload: string, index: number) => string>> = {
  'a paragraph': (payload) => payload,
  'the middle of a line': (payload) => `Before ${payload} after.`,
  'a heading': (payload) => `## ${payload}`,
  'an id': (payload) => `## A {#${payload}}`,
  'a class and a value': (payload) => `::: {.note title="${payload}"}\nText.\n:::`,
  'a container’s word': (payload) => `::: ${payload}\nText.\n:::`,
  'a callout’s title': (payload) => `> [!NOTE] ${payload}\n> Text.`,
  'a list': (payload) => `- ${payload}\n- [ ] ${payload}`,
  'a quotation': (payload) => `> ${payload}`,
  'a table’s cells': (payload) => `| ${payload} | b |\n|---|---|\n| a | ${payload} |`,
  'a table’s caption': (payload, index) => `| a |\n|---|\n| b |\n\n: ${payload} {#tbl-t${index}}`,
  'a term and its meaning': (payload) => `${payload}\n: ${payload}`,
  'a link’s text': (payload) => `[${payload}](#there)`,
  'a link’s address': (payload) => `[text](${payload}) and [text](<${payload}>)`,
  'a link’s title': (payload) => `[text](#there "${payload}") and [text](#there '${payload}')`,
  'a definition’s address': (payload, index) => `[text][r${index}]\n\n[r${index}]: ${payload}`,
  'an address in angle brackets': (payload) => `<${payload}>`,
  'an image’s alternative text': (payload) => `![${payload}](picture.png)`,
  'an image’s address': (payload) => `![text](${payload})`,
  'an image’s title and size': (payload) => `![text](picture.png "${payload}"){width=${payload}}`,
  'a figure’s caption': (payload, index) => `![${payload}](picture.png){#fig-p${index}}`,
  emphasis: (payload) => `*${payload}* and **${payload}** and ~~${payload}~~`,
  'code in a line': (payload) => `\`\` ${payload} \`\``,
  'a block of code': (payload) => `~~~~~~~\n${payload}\n~~~~~~~`,
  'a language': (payload) => `~~~~~~~ ${payload}\ncode\n~~~~~~~`,
  'highlighted code': (payload) => `~~~~~~~ html\n${payload}\n~~~~~~~`,
  'a listing’s title': (payload) => `~~~~~~~ python title="${payload}"\ncode\n~~~~~~~`,
  'indented code': (payload) => `    ${payload}`,
  'a formula in a line': (payload) => `$${payload}$`,
  'a formula': (payload) => `$$\n${payload}\n$$`,
  'text in a formula': (payload) => `$\\text{${payload}}$`,
  'a formula’s label': (payload) => `$$\nx\n$$ {#eq-${payload}}`,
  'a footnote': (payload, index) => `Text[^f${index}].\n\n[^f${index}]: ${payload}`,
  'a footnote’s name': (payload) => `Text[^${payload}].\n\n[^${payload}]: note`,
  'a citation': (payload) => `[see ${payload} @k1, ${payload}] and @${payload}`,
  'a number in the text': (payload) => `\`= ${payload}\``,
  'a claim': (payload) => `\`claim ${payload}\``,
  'raw HTML': (payload) => `<div>\n${payload}\n</div>`,
  'raw HTML in a line': (payload) => `A <kbd>${payload}</kbd> b`,
  'an attribute of raw HTML': (payload) =>
    `<p title="${payload}">a</p>\n\n<p class='${payload}'>b</p>\n\n<p lang=${payload}>c</p>`,
  'a comment': (payload) => `<!-- ${payload} -->`,
  'a folded part': (payload) => `<details><summary>${payload}</summary>\n\n${payload}\n\n</details>`,
  'typographic marks': (payload) => `"${payload}" -- '${payload}'...`,
};

/** The front matter of a page. */
export const matter = (title: string, description: string, author: string): string =>
  [
    '---',
    `title: ${quoted(title)}`,
    `description: ${quoted(description)}`,
    `authors: [${quoted(author)}, { name: ${quoted(title)}, affiliation: [${quoted(description)}] }]`,
    `doi: ${quoted(`10.1234/${unbroken(title)}`)}`,
    `licence: ${quoted(`https://licence.example/${unbroken(author)}`)}`,
    '---\n',
  ].join('\n');

const unbroken = (text: string): string => `a${text.replace(/\s/g, '')}`;

export const settings = (title: string): string => `title: ${quoted(title)}\nbibliography: works.bib\n`;

export const bibliography = (payloads: readonly string[]): string =>
  payloads
    .map((payload, index) => {
      const text = payload.replace(/[{}\\"@]/g, ' ');
      return `@article{k${index + 1},\n  author = {${text} and {${text}}, B},\n  title = {${text}},\n  journal = {${text}},\n  year = {2000},\n  url = {${text}},\n  doi = {${text}},\n  note = "${text}"\n}`;
    })
    .join('\n');

/** Figures and tables that are computed: each gives one directive. */
export const computedPlaces: Readonly<Record<string, (payload: string, index: number) => readonly string[]>> = {
  'a caption': (payload, index) => [`figure #fig-c${index}`, 'show: waves.data', `caption: ${quoted(payload)}`],
  'an alternative text': (payload, index) => [`figure #fig-a${index}`, 'show: waves.data', `alt: ${quoted(payload)}`],
  'a specification’s texts': (payload, index) => [
    `figure #fig-t${index}`,
    'show: waves',
    'columns: [inputs, targets]',
    'vega-lite:',
    `  title: { text: ${quoted(payload)}, subtitle: [${quoted(payload)}] }`,
    `  description: ${quoted(payload)}`,
    '  height: 60',
    '  layer:',
    `    - mark: { type: point, tooltip: ${quoted(payload)} }`,
    `    - mark: { type: text, text: ${quoted(payload)}, font: ${quoted(payload)} }`,
    '  encoding:',
    `    x: { field: inputs, type: quantitative, title: ${quoted(payload)} }`,
    `    y: { field: targets, type: quantitative, axis: { title: ${quoted(payload)} } }`,
    `    color: { datum: ${quoted(payload)}, type: nominal, legend: { title: ${quoted(payload)} } }`,
  ],
  'a specification’s expression': (payload, index) => [
    `figure #fig-e${index}`,
    'show: waves',
    'columns: [inputs, targets]',
    'vega-lite:',
    `  transform: [{ calculate: ${quoted(payload)}, as: c }]`,
    '  height: 60',
    '  mark: point',
    '  encoding: { x: { field: inputs, type: quantitative }, y: { field: c, type: nominal } }',
  ],
  'a specification’s computed values': (payload, index) => [
    `figure #fig-v${index}`,
    'show: waves',
    'columns: [inputs, targets]',
    'vega-lite:',
    `  transform: [{ calculate: ${quoted(JSON.stringify(payload))}, as: c }]`,
    '  height: 60',
    '  mark: { type: text, tooltip: { content: data } }',
    '  encoding:',
    '    x: { field: inputs, type: quantitative }',
    '    text: { field: c, type: nominal }',
    '    fill: { field: c, type: nominal, scale: null }',
    '    stroke: { field: c, type: nominal, scale: null }',
  ],
  'a specification’s colours': (payload, index) => [
    `figure #fig-k${index}`,
    'show: waves',
    'columns: [inputs, targets]',
    'vega-lite:',
    `  mark: { type: point, fill: ${quoted(payload)}, cursor: ${quoted(payload)} }`,
    '  height: 60',
    '  encoding: { x: { field: inputs, type: quantitative } }',
  ],
  'a name in a table': (payload, index) => [
    `table #tbl-n${index}`,
    'rows: { of: small, label: ' + quoted(payload) + ' }',
    'columns:',
    `  - { value: test-error, label: ${quoted(payload)} }`,
    `caption: ${quoted(payload)}`,
  ],
};
