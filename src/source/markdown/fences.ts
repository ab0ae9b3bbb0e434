/** The lines of a text that do not stand in a fence, counted from 1: what stands in one is no Markdown. */
export function* linesOutsideFences(text: string): Generator<readonly [line: number, text: string]> {
  let fence: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const written = /^[\s>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (written?.startsWith(fence) === true) fence = undefined;
      continue;
    }
    fence = written;
    yield [index + 1, line];
  }
}
