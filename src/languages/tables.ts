/** The languages whose words the program has, by their tags. */
import { dictionary } from '../shared/dictionary.js';
import { english } from './english.js';
import type { LanguageTable } from './words.js';

export const tables = dictionary<LanguageTable>({
  en: { quotes: ['“', '”', '‘', '’'], words: english },
});
