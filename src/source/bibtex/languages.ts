/** Languages by the names that babel and biblatex have for them. */
import { dictionary } from '../../shared/dictionary.js';

const tags = dictionary<string>({
  english: 'en',
  american: 'en-US',
  usenglish: 'en-US',
  british: 'en-GB',
  ukenglish: 'en-GB',
  australian: 'en-AU',
  canadian: 'en-CA',
  newzealand: 'en-NZ',
  german: 'de',
  ngerman: 'de',
  austrian: 'de-AT',
  naustrian: 'de-AT',
  swissgerman: 'de-CH',
  french: 'fr',
  canadien: 'fr-CA',
  spanish: 'es',
  catalan: 'ca',
  galician: 'gl',
  basque: 'eu',
  portuguese: 'pt',
  portuges: 'pt',
  brazilian: 'pt-BR',
  brazil: 'pt-BR',
  italian: 'it',
  dutch: 'nl',
  danish: 'da',
  swedish: 'sv',
  norwegian: 'no',
  norsk: 'nb',
  nynorsk: 'nn',
  finnish: 'fi',
  icelandic: 'is',
  polish: 'pl',
  czech: 'cs',
  slovak: 'sk',
  slovene: 'sl',
  croatian: 'hr',
  serbian: 'sr',
  bulgarian: 'bg',
  russian: 'ru',
  ukrainian: 'uk',
  greek: 'el',
  hungarian: 'hu',
  magyar: 'hu',
  romanian: 'ro',
  estonian: 'et',
  latvian: 'lv',
  lithuanian: 'lt',
  turkish: 'tr',
  hebrew: 'he',
  arabic: 'ar',
  persian: 'fa',
  farsi: 'fa',
  chinese: 'zh',
  japanese: 'ja',
  korean: 'ko',
  latin: 'la',
});

/** The tag of a language that is written as a name or as a tag; undefined when it is neither. */
export function languageTag(written: string): string | undefined {
  const text = written.trim();
  return (
    tags[text.toLowerCase()] ??
    (/^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(text) ? text.replaceAll('_', '-') : undefined)
  );
}
