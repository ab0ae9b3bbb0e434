/** Images whose files have changed: the page names them as before, so the browser has to be told to ask again. */
import { decodeAddress } from '../../shared/decode-address.js';

let reloads = 0;

/** Asks for each image again that `hasChanged`, by its path from the site's `root`. */
export function reloadImages(root: string, hasChanged: (path: string) => boolean): void {
  for (const image of document.images) {
    const address = new URL(image.src);
    if (address.origin !== window.location.origin || !address.pathname.startsWith(root)) continue;
    if (!hasChanged(decodeAddress(address.pathname.slice(root.length)))) continue;
    reloads += 1;
    address.searchParams.set('changed', String(reloads));
    image.src = address.href;
  }
}
