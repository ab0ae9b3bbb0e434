/** That the server is gone: a page that stands still says so. */

/** Milliseconds in which a server that is only started again is back. */
const patience = 1000;

/** Makes the note; the result shows it, or puts it away. */
export function lostNote(): (isLost: boolean) => void {
  const note = document.createElement('p');
  note.className = 'colophon-lost';
  note.setAttribute('role', 'status');
  note.hidden = true;
  document.body.append(note);
  let waiting: number | undefined;
  return (isLost) => {
    window.clearTimeout(waiting);
    if (!isLost) {
      note.hidden = true;
      note.textContent = '';
      return;
    }
    waiting = window.setTimeout(() => {
      note.hidden = false;
      note.textContent =
        'colophon dev has ended: this page no longer follows the report. It will when dev is started again.';
    }, patience);
  };
}
