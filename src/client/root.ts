/**
 * On the page for wrong addresses, which a host shows at any of them: finds where the site stands, and sends the page's links there.
 * Until then they start from the root of the host. The page asks for this script at every level above its address; one answers.
 */
const { currentScript, documentElement } = document;
if (currentScript instanceof HTMLScriptElement && documentElement.dataset['root'] === undefined) {
  // It lies in the folder assets/ of the site.
  const root = new URL('..', currentScript.src).pathname;
  documentElement.dataset['root'] = root;
  if (root !== '/') moveLinks(root);
}

function moveLinks(root: string): void {
  const moved = new Set<Element>();
  const failed = new Set<HTMLScriptElement>();
  const move = (element: Element): void => {
    if (moved.has(element)) return;
    moved.add(element);
    for (const { name, value } of Array.from(element.attributes)) {
      if (!/^(?:href|src|data-.+)$/.test(name) || !value.startsWith('/')) continue;
      element.setAttribute(name, value.replaceAll(/(^| )\//g, `$1${root}`));
    }
  };
  // What another site at the root of the host has under the same name has the same content.
  document.addEventListener('error', noteFailed, true);
  document.addEventListener('DOMContentLoaded', () => {
    document.removeEventListener('error', noteFailed, true);
    for (const element of document.querySelectorAll('*')) if (element !== documentElement) move(element);
    for (const script of failed) load(script);
  });

  function noteFailed({ target }: Event): void {
    if (target instanceof HTMLLinkElement) move(target);
    const isOwn = target instanceof HTMLScriptElement && target.getAttribute('src')?.startsWith('/') === true;
    if (isOwn) failed.add(target);
  }
}

/** A script that was looked for in the wrong place is tried once; another element loads it, in the order of the page. */
function load(script: HTMLScriptElement): void {
  const again = document.createElement('script');
  for (const { name, value } of Array.from(script.attributes)) again.setAttribute(name, value);
  again.async = false;
  script.replaceWith(again);
}
