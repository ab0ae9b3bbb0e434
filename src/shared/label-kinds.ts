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
} as const;

export type LabelKind = keyof typeof labelKinds;

/** Whether these first letters are those of a label. */
export function isLabelKind(letters: string): letters is LabelKind {
  return Object.hasOwn(labelKinds, letters);
}

/** What a label is the label of, by its first letters: "figure". */
export function labelNoun(id: string): string {
  const letters = id.slice(0, id.indexOf('-'));
  return isLabelKind(letters) ? labelKinds[letters] : 'label';
}
