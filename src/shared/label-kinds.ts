/** What the first letters of a label say that it labels: Pandoc's and Quarto's prefixes. */
export const labelKinds = {
  fig: 'figure',
  tbl: 'table',
  eq: 'equation',
  sec: 'section',
  thm: 'theorem',
  lem: 'lemma',
  cor: 'corollary',
  prp: 'proposition',
  cnj: 'conjecture',
  def: 'definition',
  exm: 'example',
  exr: 'exercise',
  rem: 'remark',
  lst: 'listing',
  nte: 'note',
  tip: 'tip',
  imp: 'important',
  wrn: 'warning',
  cau: 'caution',
} as const;

export type LabelKind = keyof typeof labelKinds;

/** The kind that the first letters of a name say, whatever follows them. */
export function labelKindOf(name: string): LabelKind | undefined {
  const letters = name.slice(0, Math.max(0, name.indexOf('-')));
  return isLabelKind(letters) ? letters : undefined;
}

const callouts: ReadonlySet<string> = new Set<LabelKind>(['nte', 'tip', 'imp', 'wrn', 'cau']);

/** Labels of figures, tables, equations, sections, code and callouts; all others are of theorems and the like. */
const ofOther: ReadonlySet<string> = new Set<string>(['fig', 'tbl', 'eq', 'sec', 'lst', ...callouts]);

/** Whether a name is the label of a note, a tip, a warning and so on. */
export function isCalloutLabel(name: string): boolean {
  return callouts.has(labelKindOf(name) ?? '');
}

/** Whether a name is the label of a theorem, a definition, an exercise and so on. */
export function isTheoremLabel(name: string): boolean {
  const kind = labelKindOf(name);
  return kind !== undefined && !ofOther.has(kind);
}

/** Whether these first letters are those of a label. */
export function isLabelKind(letters: string): letters is LabelKind {
  return Object.hasOwn(labelKinds, letters);
}

const label = new RegExp(
  String.raw`^(?:${Object.keys(labelKinds).join('|')})-[\p{L}\p{M}\p{N}_.:-]*[\p{L}\p{M}\p{N}]$`,
  'u',
);

/** Whether a name is a label and not the key of a work. */
export function isLabel(name: string): boolean {
  return label.test(name);
}

/** The label that a reference names: `@Fig-one` at the start of a sentence is `fig-one`. */
export function labelNamed(name: string): string | undefined {
  const id = name.charAt(0).toLowerCase() + name.slice(1);
  return isLabel(id) ? id : undefined;
}

/** Letters that a word joins to the next without a blank, as "and" is in Arabic and Hebrew, or that know none between words. */
const joined = String.raw`\p{scx=Arab}\p{scx=Hebr}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}`;

/** What before an @ makes it a part of something else, such as an address of mail. */
const partOfWord = String.raw`(?![${joined}])[\p{L}\p{N}_]|[@/.\\]`;

const endsPartOfWord = new RegExp(`^(?:${partOfWord})$`, 'u');

/** Whether an @ after this character may start a reference. */
export function mayPrecedeReference(character: string): boolean {
  return !endsPartOfWord.test(character);
}

/** References in a text that is not read as Markdown; what follows the sign is the name. */
export const writtenReferences = new RegExp(
  String.raw`(?<!${partOfWord})@(\p{L}(?:[\p{L}\p{M}\p{N}_]|[.:-](?=[\p{L}\p{N}_:-]*[\p{L}\p{N}]))*)`,
  'gu',
);

/** What a label is the label of, by its first letters: "figure". */
export function labelNoun(id: string): string {
  const kind = labelKindOf(id);
  return kind === undefined ? 'label' : labelKinds[kind];
}

/** Whether a block between colons with this label is a figure, a table or a listing, and what is labelled in it a part of that. */
export function isPanelLabel(id: string): boolean {
  return /^(?:fig|tbl|lst)-./.test(id);
}
