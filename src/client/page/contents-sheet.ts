/** On a phone the contents are a sheet over the page; choosing a place in it puts it away. */
export function contentsSheet(contents: HTMLElement | null): void {
  contents?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link !== null && contents.matches(':popover-open')) contents.hidePopover();
  });
}
