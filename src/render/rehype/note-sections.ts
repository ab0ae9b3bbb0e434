/** Notes what a reader can search for on a page or in a caption, when all of its text is in its place. */
import type { Root } from 'hast';
import type { VFile } from 'vfile';
import { writerIn } from '../nodes/writer.js';
import { append } from '../../shared/append.js';
import { searchSections } from '../sections.js';

/** The rehype plugin. */
export function noteSections(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    append(writerIn(file).sections, searchSections(tree));
  };
}
