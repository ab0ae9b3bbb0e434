/** What is being computed, in a corner of the page. */

export interface Progress {
  readonly running: readonly { readonly name: string; readonly fraction: number }[];
  readonly ended: number;
  readonly total: number;
}

/** Makes the note; the result shows progress in it, or puts it away when nothing runs. */
export function progressNote(): (progress: Progress) => void {
  const note = document.createElement('p');
  note.className = 'colophon-progress';
  note.setAttribute('role', 'status');
  note.hidden = true;
  document.body.append(note);
  return ({ running, ended, total }) => {
    note.hidden = running.length === 0;
    const parts = running.map(({ name, fraction }) => `${name} ${Math.floor(fraction * 100)}%`);
    note.textContent = `${ended} of ${total} computed · ${parts.join(' · ')}`;
  };
}
