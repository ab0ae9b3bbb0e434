/** A browser that notes whatever a hostile text brought about. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { serveFolder } from '../browser/serve-folder.js';

export interface Effects {
  /** Calls of `hit()` and open dialogs. */
  readonly scripts: string[];
  /** To anything but the site. */
  readonly requests: string[];
  readonly policy: string[];
  /** Of a page as it stands: handlers, scripts of others, addresses that act or load from elsewhere. */
  readonly parts: string[];
}

export interface Watched {
  readonly effects: Effects;
  readonly open: (path: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Opens pages of a site; `javaScript` is whether the reader has it. */
export async function watchSite(browser: Browser, site: string, javaScript: boolean): Promise<Watched> {
  const server = await serveFolder(site);
  const context = await browser.newContext({ javaScriptEnabled: javaScript });
  const effects: Effects = { scripts: [], requests: [], policy: [], parts: [] };
  await watch(context, effects, server.address);
  return {
    effects,
    async open(path) {
      const page = await context.newPage();
      page.on('dialog', (dialog) => {
        effects.scripts.push(`${path}: a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(new URL(path, server.address).href, { waitUntil: 'load' }).catch((error: unknown) => {
        // What a browser saves instead of showing it cannot act.
        if (!String(error).includes('Download is starting')) throw error;
      });
      return page;
    },
    async close() {
      await context.close();
      await server.close();
    },
  };
}

async function watch(context: BrowserContext, effects: Effects, base: string): Promise<void> {
  await context.exposeBinding('noteHit', (_source, where: string) => effects.scripts.push(`${where}: hit()`));
  await context.exposeBinding('notePolicy', (_source, what: string) => effects.policy.push(what));
  await context.addInitScript(() => {
    const page = globalThis as unknown as {
      hit: () => void;
      noteHit: (where: string) => void;
      notePolicy: (what: string) => void;
    };
    Object.defineProperty(page, 'hit', {
      value: () => {
        page.noteHit(location.href);
      },
    });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      page.notePolicy(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(?:data|blob):/.test(url)) effects.requests.push(url);
  });
}

/** What a page holds that could act, as its own tree tells. */
export function actingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const away = (address: string): boolean => {
      try {
        const { protocol, origin } = new URL(address, location.href);
        return !['data:', 'blob:'].includes(protocol) && origin !== location.origin;
      } catch {
        return true;
      }
    };
    // JSON-LD, once in the head, of this type and nothing else; no "<" in it could end the element or begin a comment.
    const saysWhatThePageIs = (element: Element): boolean => {
      const [type, ...others] = element.attributes;
      if (type?.name !== 'type' || type.value !== 'application/ld+json' || others.length > 0) return false;
      if (element.parentElement !== document.head || element !== document.head.querySelector('script[type]'))
        return false;
      const text = element.textContent;
      try {
        return typeof JSON.parse(text) === 'object' && !/[<>&]/.test(text);
      } catch {
        return false;
      }
    };
    for (const element of document.querySelectorAll('*')) {
      const tag = element.localName;
      const say = (what: string): void => {
        found.push(`${location.pathname}: <${tag}> ${what}`.slice(0, 300));
      };
      if (['iframe', 'object', 'embed', 'base', 'portal', 'frame', 'applet', 'style'].includes(tag)) say('is there');
      if (
        tag === 'script' &&
        !saysWhatThePageIs(element) &&
        (element.textContent !== '' || away(element.getAttribute('src') ?? ''))
      )
        say('is not ours');
      if (tag === 'form' && element.className !== 'vega-bindings') say('is there');
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || name === 'srcdoc' || name === 'formaction' || name === 'ping')
          say(`${name}=${value}`);
        if (name === 'style' && !/^[\w-]+: [\w.()%, -]+;?(?: [\w-]+: [\w.()%, -]+;?)*$|^$/.test(value))
          say(`style=${value}`);
        if (/^(?:src|srcset|poster|background|data|action)$/.test(name) && away(value)) say(`${name}=${value}`);
        if (/href$/.test(name)) {
          const scheme = /^[\s\u0000-\u001f]*([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
          if (scheme !== undefined && !['http', 'https', 'mailto', 'tel'].includes(scheme)) say(`${name}=${value}`);
          if (tag !== 'a' && away(value)) say(`${name}=${value}`);
        }
        if (
          /url\(\s*['"]?(?!#)/i.test(value) &&
          element.namespaceURI === 'http://www.w3.org/2000/svg' &&
          name !== 'aria-label'
        )
          say(`${name}=${value}`);
      }
    }
    return found;
  });
}

/** A reader who opens whatever there is: folded parts, living figures, the search, previews. */
export async function readAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    for (let y = 0; y < document.documentElement.scrollHeight; y += 2500) {
      scrollTo(0, y);
      await pause(10);
    }
    for (const event of ['pointerover', 'mouseover', 'mouseenter', 'focus', 'focusin'])
      for (const element of [...document.querySelectorAll('article *')].slice(0, 4000))
        element.dispatchEvent(new Event(event, { bubbles: event !== 'focus' }));
    await pause(100);
  });
}
