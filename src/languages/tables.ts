/** The languages whose words the program has, by their tags; of two scripts of one language both. */
import { dictionary } from '../shared/dictionary.js';
import { arabic } from './arabic.js';
import { chinese } from './chinese.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { hebrew } from './hebrew.js';
import { japanese } from './japanese.js';
import { korean } from './korean.js';
import { portuguese } from './portuguese.js';
import { spanish } from './spanish.js';
import { traditionalChinese } from './traditional-chinese.js';
import type { LanguageTable } from './words.js';

export const tables = dictionary<LanguageTable>({
  en: { quotes: ['“', '”', '‘', '’'], words: english },
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  zh: chinese,
  'zh-Hant': traditionalChinese,
  ja: japanese,
  ko: korean,
  ar: arabic,
  he: hebrew,
});
