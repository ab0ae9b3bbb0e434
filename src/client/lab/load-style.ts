/** The style of what a page loads when it is opened. */

/** Once for the page. */
export function loadStyle(address: string): Promise<void> {
  return new Promise((resolve) => {
    const known = document.querySelector(`link[href="${address}"]`);
    const link = known ?? document.createElement('link');
    // Without it what is opened is plain, and works.
    for (const event of ['load', 'error'])
      link.addEventListener(event, () => {
        resolve();
      });
    if (known !== null) resolve();
    else document.head.append(Object.assign(link, { rel: 'stylesheet', href: address }));
  });
}
