/** What the last change moved, in a corner of the page: a line, and unfolded each number with what it was. */

interface Line {
  readonly place?: string;
  readonly text: string;
  readonly aside?: string;
}

export interface Moved {
  readonly sections: readonly { readonly name: string; readonly said: string; readonly lines: readonly Line[] }[];
}

/** Makes the note; the result shows in it what has moved, or puts it away when nothing has. */
export function movedNote(): (moved: Moved) => void {
  const note = document.createElement('details');
  note.className = 'colophon-moved';
  note.hidden = true;
  const summary = document.createElement('summary');
  summary.setAttribute('role', 'status');
  document.body.append(note);
  return ({ sections }) => {
    note.hidden = sections.length === 0;
    note.open = false;
    summary.textContent = `This change moved ${sections.map(({ name, said }) => `${name}: ${said}`).join(' · ')}`;
    note.replaceChildren(summary, ...sections.flatMap(({ lines }) => lines.map(entry)));
  };
}

function entry({ place, text, aside }: Line): HTMLElement {
  const line = document.createElement('p');
  for (const [tag, said] of [
    ['b', place],
    ['span', text],
    ['i', aside],
  ] as const) {
    if (said === undefined) continue;
    const part = document.createElement(tag);
    part.textContent = said;
    line.append(part, ' ');
  }
  return line;
}
