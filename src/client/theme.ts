/** Runs before anything shows: a reader's own choice of light or dark, so that no page flashes in the other; and fonts. */
import { chosenTheme } from './page/theme-choice.js';

const chosen = chosenTheme();
if (chosen !== undefined) document.documentElement.dataset['theme'] = chosen;

// The stylesheet keeps room for what scripts will add, so that nothing moves when they do.
document.documentElement.dataset['scripts'] = '';

/** Milliseconds: the text of a page with formulas is not shown before their font, but no longer than this. */
const longestWait = 1500;

// Asked for as early as the stylesheet, so that they are there for the first text. A browser refuses a preload from file:,
// where it would win nothing.
if (window.location.protocol !== 'file:') {
  const names = document.currentScript?.dataset['fonts'] ?? '';
  for (const address of names.split(' ').filter((name) => name !== '')) {
    const link = document.createElement('link');
    link.rel = 'preload';
    link.as = 'font';
    link.type = address.endsWith('.woff') ? 'font/woff' : 'font/woff2';
    link.crossOrigin = 'anonymous';
    link.href = address;
    document.head.append(link);
    // A font of text that is late leaves its letters to another; that of formulas takes its place, and would move the text.
    if (address.includes('math')) showAfter([...document.fonts].filter(({ family }) => family.includes('Math')));
  }
} else {
  // From disk no font is there for the first text, and without a font for formulas of its own a machine shows their letters
  // as blanks: there a font takes its place when it has been read, a moment later.
  for (const face of document.fonts) face.display = 'swap';
}

/** The text is in its place from the start, but is not shown before these fonts have been read. */
function showAfter(fonts: readonly FontFace[]): void {
  const root = document.documentElement;
  const show = (): void => {
    delete root.dataset['waiting'];
  };
  root.dataset['waiting'] = '';
  window.setTimeout(show, longestWait);
  Promise.all(fonts.map((font) => font.load())).then(show, show);
}
