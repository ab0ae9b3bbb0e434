/** Pages of results that come in one after the other. */
import { setTimeout } from 'node:timers/promises';

/** Results that are all in the store are there within this many milliseconds, and the pages come whole at once. */
const patience = 40;
/** Milliseconds between two looks at what has come in. */
const betweenLooks = 250;

/** Calls `show` while `whole` is under way: after a moment, and then whenever there is news. */
export async function whileRunning(
  whole: Promise<unknown>,
  { hasNews, show }: { readonly hasNews: () => boolean; readonly show: () => void },
): Promise<void> {
  const over = whole.then(
    () => true,
    () => true,
  );
  const endsWithin = (milliseconds: number): Promise<boolean> =>
    Promise.race([over, setTimeout(milliseconds, false, { ref: false })]);
  if (await endsWithin(patience)) return;
  show();
  while (!(await endsWithin(betweenLooks))) if (hasNews()) show();
}
