/** English, in which commands and problems speak. */
import { english } from '../languages/english.js';
import type { Spoken } from './words.js';

export const inEnglish: Spoken = { tag: 'en', words: english };
