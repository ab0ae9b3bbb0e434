/** English, unless the page has loaded the words of its own language: set once, for all scripts that this one loads. */
import { englishScripts } from '../languages/english.js';
import type { ScriptWords } from '../languages/words.js';
import { wordsName } from '../shared/data-script.js';

const page = globalThis as unknown as Record<symbol, ScriptWords | undefined>;

page[Symbol.for(wordsName)] ??= englishScripts;
