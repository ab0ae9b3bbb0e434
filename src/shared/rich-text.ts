/**
 * Text with italics, formulas and the like, as one string. Characters of Unicode's private use area stand for what plain text cannot say, so that
 * text can be cut, joined and sorted as strings are, and no text of an author can be taken for markup: `plainCharacters` takes them out of it.
 */

/** The looks that a part of a text may have, each with its first and last character. */
const looks = {
  italic: ['\uf8e0', '\uf8e1'],
  bold: ['\uf8e2', '\uf8e3'],
  subscript: ['\uf8e4', '\uf8e5'],
  superscript: ['\uf8e6', '\uf8e7'],
  smallCapitals: ['\uf8e8', '\uf8e9'],
  /** Upper and lower case stay as they are whatever the style. */
  fixedCase: ['\uf8ea', '\uf8eb'],
} as const;

export type Look = keyof typeof looks;

export const lookNames = Object.keys(looks) as Look[];

/** A text with a look; nothing stays nothing. */
export function withLook(look: Look, text: string): string {
  const [start, end] = looks[look];
  return text === '' ? '' : `${start}${text}${end}`;
}

/** What starts and what ends a look. */
export function marksOf(look: Look): readonly [start: string, end: string] {
  return looks[look];
}

const firstFormula = 0xe000;
/** Formulas end where looks begin, and leave some characters between them to whoever writes citations. */
const lastFormula = 0xf7ff;

/** The formulas of a set of texts: each stands in them as one character. */
export class Formulas {
  readonly #tex: string[] = [];
  readonly #places = new Map<string, number>();

  /** Another set with the same formulas, to which more may come. */
  copy(): Formulas {
    const copy = new Formulas();
    for (const tex of this.#tex) copy.characterOf(tex);
    return copy;
  }

  /** The character that stands for a formula; undefined when there are more than can be told apart. */
  characterOf(tex: string): string | undefined {
    const known = this.#places.get(tex);
    const place = known ?? this.#tex.length;
    if (firstFormula + place > lastFormula) return undefined;
    if (known === undefined) {
      this.#places.set(tex, place);
      this.#tex.push(tex);
    }
    return String.fromCharCode(firstFormula + place);
  }

  /** The TeX of a character that stands for a formula. */
  texOf(character: string): string | undefined {
    return this.#tex[character.charCodeAt(0) - firstFormula];
  }

  /** All of them, for keys. */
  get all(): readonly string[] {
    return this.#tex;
  }
}

/** An author's text without the characters that mean something here. */
export function plainCharacters(text: string): string {
  return /[\ue000-\uf8ff]/.test(text) ? text.replace(/[\ue000-\uf8ff]/g, '') : text;
}

/** The words alone; a formula is its TeX. */
export function wordsOf(text: string, formulas: Formulas): string {
  if (!/[\ue000-\uf8ff]/.test(text)) return text;
  return text.replace(/[\uf800-\uf8ff]/g, '').replace(/[\ue000-\uf7ff]/g, (one) => formulas.texOf(one) ?? '');
}
