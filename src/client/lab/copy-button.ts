/** A button that copies what someone would want to know of bytes that differ. */

/** Where a page may not copy, `place` gets the text itself. */
export function copyButton(
  { copyReport, copied }: { readonly copyReport: string; readonly copied: string },
  report: string,
  place: HTMLElement,
): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = copyReport;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(report).then(
      () => {
        button.textContent = copied;
      },
      () => {
        place.append(` ${report}`);
      },
    );
  });
  return button;
}
