/** What a reader does who has a whole site verified: run in the page that says how it was made. */

/** Gives a line for each experiment: its name, the digest as published, the digest here, what is said. As text, for any browser's driver. */
export const verifyInPage = `async () => {
  const fold = document.querySelector('details[data-verify]');
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  fold.open = true;
  const [start, status] = ['.colophon-lab-buttons button', '[role=status]'];
  while (fold.querySelector(start) === null) await wait(50);
  const rows = () => [...fold.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
  // It asks before it takes long.
  for (;;) {
    await wait(200);
    if (fold.querySelector(start).hidden) continue;
    if (rows().every((row) => row[3] !== '')) return rows().map((row) => row.join('\\t')).join('\\n');
    fold.querySelector(start).click();
  }
}`;
