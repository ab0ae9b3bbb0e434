/** A page that includes others, with everything placed where it was written. */
import type { Place, Problem } from '../shared/problem.js';
import type { ReadPage } from './page-memo.js';
import { type SourceLines, sourcePlace } from './source-lines.js';

/** The same page with the places of its parts in the files that they were written in. */
export function placeInSources(read: ReadPage, file: string, sources: readonly SourceLines[] | undefined): ReadPage {
  if (sources === undefined) return read;
  const at = (place: Place): Place => sourcePlace(place, file, sources);
  const { page } = read;
  const problems = read.problems.map(
    (problem): Problem => ({
      ...problem,
      ...(problem.place !== undefined && { place: at(problem.place) }),
      ...(problem.related !== undefined && {
        related: problem.related.map((one) => ({ ...one, place: at(one.place) })),
      }),
    }),
  );
  if (page === undefined) return { page, problems };
  return {
    page: {
      ...page,
      sources,
      outline: page.outline.map((mark) => ('place' in mark ? { ...mark, place: at(mark.place) } : mark)),
      lost: page.lost.map((one) => ({ ...one, place: at(one.place) })),
      directives: page.directives.map((directive) => ({
        ...directive,
        place: at(directive.place),
        idPlace: at(directive.idPlace),
        placeOf: (path, part) => at(directive.placeOf(path, part)),
      })),
      inline: page.inline.map((request) => ({
        ...request,
        place: at(request.place),
        placeOf: (start, end) => at(request.placeOf(start, end)),
      })),
    },
    problems,
  };
}
