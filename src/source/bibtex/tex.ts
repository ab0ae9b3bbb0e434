/** The TeX of a BibTeX field as rich text: accents, letters of other alphabets, looks, formulas. */
import { dictionary } from '../../shared/dictionary.js';
import { type Formulas, type Look, plainCharacters, withLook } from '../../shared/rich-text.js';
import { accentOf, symbolOf } from './symbols.js';

export interface TexReading {
  readonly formulas: Formulas;
  /** Whether what stands in braces keeps its case, as in titles. */
  readonly fixesCase: boolean;
  /** Told of each command that is not known: its name, and where it stands in the TeX. */
  readonly unknown: (name: string, at: number) => void;
}

/** A field's TeX as rich text. */
export function texToText(tex: string, reading: TexReading): string {
  // Most fields hold no TeX at all.
  if (!/[\\{}$~`'"&-]/.test(tex)) return tidy(plainCharacters(tex));
  return tidy(new TexReader(plainCharacters(tex), reading).all());
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[ \t\r\n\f\v]+/g, ' ')
    .trim();
}

/** Commands with one argument that say how it looks. */
const looks = dictionary<Look>({
  emph: 'italic',
  textit: 'italic',
  textsl: 'italic',
  mkbibemph: 'italic',
  mkbibitalic: 'italic',
  textbf: 'bold',
  mkbibbold: 'bold',
  textsc: 'smallCapitals',
  textsubscript: 'subscript',
  mkbibsubscript: 'subscript',
  textsuperscript: 'superscript',
  mkbibsuperscript: 'superscript',
  nocase: 'fixedCase',
});

/** Commands that hold to the end of their group. */
const switches = dictionary<Look>({
  it: 'italic',
  em: 'italic',
  sl: 'italic',
  itshape: 'italic',
  slshape: 'italic',
  bf: 'bold',
  bfseries: 'bold',
  sc: 'smallCapitals',
  scshape: 'smallCapitals',
});

/** Commands whose argument stays and which change nothing that is printed here. */
const transparent = new Set(
  (
    'textrm textsf texttt textup textmd textnormal text mbox hbox rm sf tt rmfamily sffamily ttfamily upshape mdseries normalfont ' +
    'uppercase lowercase MakeUppercase MakeLowercase bibstring underline textcyr textgreek cyr cyrtext ' +
    'ensuretext bibnamedash small footnotesize large Large normalsize smaller mkbibparens sloppy selectlanguage acro ' +
    'natexlab mkbibacro textlatin NoCaseChange unhbox ignorespaces unskip textpzc textswab boldmath unboldmath raggedright vphantom'
  ).split(' '),
);

/** Commands that are left out with their argument. */
const leftOut = new Set(
  (
    'noopsort SortNoop noop sortnoop nop noopsortup hspace vspace footnote label cite citep citet citealp citealt thanks hskip ' +
    'phantom index setcounter vphantom nocite bibnote hphantom noopsorta noopsortb singleletter'
  ).split(' '),
);

/** Commands of which the last of two arguments is printed. */
const ofTwo = new Set(['href', 'foreignlanguage', 'textcolor', 'hyperlink', 'texorpdfstring', 'ifthen', 'textlang']);

/** Commands whose argument is no TeX. */
const verbatim = new Set(['url', 'nolinkurl', 'path']);

const quotes = new Set(['enquote', 'mkbibquote', 'textquote']);

/** Deeper nesting than any title has. */
const deepest = 60;

/** A dollar sign without another one so near is a dollar sign. */
const longestFormula = 2000;

class TexReader {
  readonly #tex: string;
  readonly #reading: TexReading;
  #at = 0;
  #depth = 0;
  #quoted = 0;

  constructor(tex: string, reading: TexReading) {
    this.#tex = tex;
    this.#reading = reading;
  }

  all(): string {
    let text = '';
    while (this.#at < this.#tex.length) {
      text += this.#run();
      // A brace that closes nothing.
      this.#at += 1;
    }
    return text;
  }

  /** To the brace that ends the group, or the end of the text; the brace is not consumed. */
  #run(): string {
    let text = '';
    let look: Look | undefined;
    let from = 0;
    const close = (): void => {
      if (look !== undefined) text = text.slice(0, from) + withLook(look, text.slice(from).trimStart());
    };
    while (this.#at < this.#tex.length) {
      const character = this.#tex[this.#at] ?? '';
      if (character === '}') break;
      const name = character === '\\' ? this.#nameAt(this.#at) : '';
      const switched = switches[name];
      if (switched !== undefined) {
        this.#at += name.length + 1;
        close();
        [look, from] = [switched, text.length];
      } else text += this.#one(character, name);
    }
    close();
    return text;
  }

  #one(character: string, name: string): string {
    switch (character) {
      case '\\':
        return this.#command(name);
      case '{':
        return this.#group();
      case '$':
        return this.#formula();
      case '~':
        this.#at += 1;
        return '\u00a0';
      case '&':
        return this.#ampersand();
      default:
        return this.#punctuation(character);
    }
  }

  #punctuation(character: string): string {
    for (const [written, meant] of ligatures) {
      if (character === written[0] && this.#tex.startsWith(written, this.#at)) {
        this.#at += written.length;
        return meant;
      }
    }
    this.#at += 1;
    return character;
  }

  /** `&amp;` of exporters that write HTML, or the sign itself. */
  #ampersand(): string {
    const [written, meant] = entities.find(([one]) => this.#tex.startsWith(one, this.#at)) ?? ['&', '&'];
    this.#at += written.length;
    return meant;
  }

  #group(): string {
    this.#at += 1;
    if (this.#depth >= deepest) return '';
    // A group that starts with a command is a letter with an accent, and has a case as letters have.
    const isLetter = this.#tex[this.#at] === '\\' && !Object.hasOwn(looks, this.#nameAt(this.#at));
    const isOutermost = this.#depth === 0;
    const inside = this.#inside();
    return this.#reading.fixesCase && isOutermost && !isLetter && inside.trim() !== ''
      ? withLook('fixedCase', inside)
      : inside;
  }

  /** What a group holds whose first brace has been read. */
  #inside(): string {
    this.#depth += 1;
    const inside = this.#run();
    this.#depth -= 1;
    this.#at += 1;
    return inside;
  }

  #nameAt(at: number): string {
    return /^[A-Za-z]{1,40}/.exec(this.#tex.slice(at + 1, at + 41))?.[0] ?? this.#tex.slice(at + 1, at + 2);
  }

  #command(name: string): string {
    const start = this.#at;
    this.#at += name.length + 1;
    const isWord = /^[A-Za-z]/.test(name);
    if (name === '(') return this.#formulaTo('\\)', this.#at);
    const mark = accentOf(name);
    if (mark !== undefined && (!isWord || /^[\s{\\]/.test(this.#tex.slice(this.#at, this.#at + 1)))) {
      return accented(this.#argument(), mark);
    }
    if (isWord) this.#skipBlanks();
    if (!isWord) return signs[name] ?? name;
    const look = looks[name];
    if (look !== undefined) return withLook(look, this.#argument().replace(/^-(?=\d)/, '−'));
    if (verbatim.has(name)) return this.#verbatimArgument().replace(/\\([_%&#~$])/g, '$1');
    if (transparent.has(name)) return '';
    if (leftOut.has(name)) {
      this.#argument();
      return '';
    }
    if (quotes.has(name)) return this.#quotation();
    if (ofTwo.has(name)) {
      this.#argument();
      this.#skipBlanks();
      return this.#argument();
    }
    if (name === 'ifmmode') return this.#outsideFormulas();
    if (name === 'ensuremath') return this.#math(this.#verbatimArgument());
    return this.#symbol(name, start);
  }

  #symbol(name: string, start: number): string {
    if (name === 'cyrchar' && this.#tex[this.#at] === '\\') {
      const letter = this.#nameAt(this.#at);
      const found = symbolOf(`cyrchar\\${letter}`);
      this.#at += found === undefined ? 0 : letter.length + 1;
      return found ?? '';
    }
    const found = symbolOf(name);
    if (found !== undefined) return found;
    const argument = /^\{[^{}\\]{1,20}\}/.exec(this.#tex.slice(this.#at, this.#at + 24))?.[0] ?? '';
    const whole = argument === '' ? undefined : symbolOf(name + argument);
    if (whole === undefined) this.#reading.unknown(name, start);
    else this.#at += argument.length;
    return whole ?? '';
  }

  /** `\ifmmode a\else b\fi`, as some publishers write: b here, a in formulas. */
  #outsideFormulas(): string {
    const choice = modes.exec(this.#tex.slice(this.#at - '\\ifmmode'.length, this.#at + 200));
    if (choice?.index !== 0) return '';
    const [whole, , otherwise = ''] = choice;
    this.#at += whole.length - '\\ifmmode'.length;
    return texToText(otherwise, this.#reading);
  }

  #quotation(): string {
    this.#quoted += 1;
    const inside = this.#argument();
    this.#quoted -= 1;
    return this.#quoted % 2 === 0 ? `“${inside}”` : `‘${inside}’`;
  }

  /** One letter, group or command. */
  #argument(): string {
    this.#skipBlanks();
    const character = this.#tex[this.#at];
    if (character === undefined || character === '}' || this.#depth >= deepest) return '';
    if (character === '{') {
      this.#at += 1;
      return this.#inside();
    }
    if (character === '\\') {
      this.#depth += 1;
      const made = this.#command(this.#nameAt(this.#at));
      this.#depth -= 1;
      return made;
    }
    const letter = String.fromCodePoint(this.#tex.codePointAt(this.#at) ?? 32);
    this.#at += letter.length;
    return letter;
  }

  /** A group's TeX as it stands. */
  #verbatimArgument(): string {
    if (this.#tex[this.#at] !== '{') return '';
    let depth = 0;
    for (let at = this.#at; at < this.#tex.length; at += 1) {
      const character = this.#tex[at];
      if (character === '\\') at += 1;
      else if (character === '{') depth += 1;
      else if (character === '}') {
        depth -= 1;
        if (depth === 0) {
          const inside = this.#tex.slice(this.#at + 1, at);
          this.#at = at + 1;
          return inside;
        }
      }
    }
    return '';
  }

  #skipBlanks(): void {
    while (/^\s$/.test(this.#tex[this.#at] ?? '')) this.#at += 1;
  }

  /** From a dollar sign. */
  #formula(): string {
    const double = this.#tex.startsWith('$$', this.#at);
    return this.#formulaTo(double ? '$$' : '$', this.#at + (double ? 2 : 1));
  }

  #formulaTo(sign: string, from: number): string {
    let depth = 0;
    const end = Math.min(this.#tex.length, from + longestFormula);
    for (let at = from; at < end; at += 1) {
      if (depth === 0 && this.#tex.startsWith(sign, at)) {
        this.#at = at + sign.length;
        return this.#math(this.#tex.slice(from, at));
      }
      const character = this.#tex[at];
      if (character === '\\') at += 1;
      else if (character === '{') depth += 1;
      else if (character === '}') {
        depth -= 1;
        // The group ends before the formula does: the sign is a dollar.
        if (depth < 0) break;
      }
    }
    this.#at = from;
    return sign === '\\)' ? '(' : sign;
  }

  /** A formula: as text where it is no more than that, such as an exponent or one sign. */
  #math(written: string): string {
    const tex = written
      .replace(everyMode, '$1')
      .replace(/\\ensuremath(?![A-Za-z])/g, '')
      .trim();
    if (tex === '') return '';
    const found = script.exec(tex);
    if (found !== null) {
      const [, before = '', sign, inBraces, alone] = found;
      const inside = (inBraces ?? alone ?? '').trim().replace(/^-/, '−');
      return before + withLook(sign === '_' ? 'subscript' : 'superscript', inside);
    }
    if (/^[\d.,:;%/()+ -]+$/.test(tex)) return tex;
    const symbol = /^\\([A-Za-z]+)$/.exec(tex)?.[1];
    const known = symbol === undefined ? undefined : symbolOf(symbol);
    if (known !== undefined) return known;
    return this.#reading.formulas.characterOf(tex) ?? tex;
  }
}

const modes = /\\ifmmode\s{0,9}(.{0,100}?)\\else\s{0,9}(.{0,100}?)\\fi(?![A-Za-z])\s{0,9}(?:\{\})?/s;
const everyMode = new RegExp(modes, 'gs');

/** TeX without `\ifmmode`, which has blanks where names are divided. */
export function withoutModes(tex: string): string {
  return tex.includes('\\ifmmode') ? tex.replace(everyMode, '$2') : tex;
}

/** `^{2}`, `{}_{\mathrm{eff}}`, `10^{th}`: a number or nothing, and one index in words. */
const script =
  /^(?:\{\}|(\d{1,6}))?([_^])(?:\{\s*(?:\\(?:rm|it|mathrm|text|textrm|mbox)(?![A-Za-z])\s*)?\{?([\p{L}\p{N}+\-. ]+)\}?\s*\}|([\p{L}\p{N}]))$/u;

const ligatures = [
  ['---', '—'],
  ['--', '–'],
  ['``', '“'],
  ["''", '”'],
  ['`', '‘'],
  ["'", '’'],
  ['?`', '¿'],
  ['!`', '¡'],
] as const;

const entities = [
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
] as const;

/** Commands that are no word; any other stands for its own sign. */
const signs = dictionary<string>({
  '-': '',
  '/': '',
  ',': '\u202f',
  ';': ' ',
  '!': '',
  '>': ' ',
  ':': ' ',
  '@': '',
  ')': '',
  '[': '[',
  '\\': ' ',
  '\n': ' ',
  '': '',
});

/** A mark over the first letter, or over the first two. */
function accented(base: string, mark: string): string {
  const letter = base.startsWith('ı') ? `i${base.slice(1)}` : base.startsWith('ȷ') ? `j${base.slice(1)}` : base;
  // Looks are no letters.
  const place = /[^\uf8e0-\uf8ff]/.exec(letter)?.index ?? 0;
  const first = String.fromCodePoint(letter.codePointAt(place) ?? 32);
  const after = place + (letter === '' ? 0 : first.length);
  return letter.slice(0, place) + (first + mark).normalize('NFC') + letter.slice(after);
}
