/** Real pages in a real browser, from disk and from a server, with everything that a strict page must not do noted. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serveFolder } from './serve-folder.js';
import { unpackChromium } from './unpack-chromium.js';

/** WebGPU on the software driver, which takes long over memory that is declared zero (engine/webgpu/node-gpu.ts). */
const softwareGpu = [
  ...['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
];

/** A headless Chromium of its own, without a GPU or with one that its processor plays; end it with `close()`. */
export async function launchChromium({ gpu = false } = {}): Promise<Browser> {
  const { executable, env } = unpackChromium();
  const profile = mkdtempSync(join(tmpdir(), 'colophon-chromium-'));
  const browser = await chromium.launch({
    executablePath: executable,
    env,
    // Neither the flags of the browser's package, which switch off the web's security, which is tested here, nor
    // Playwright's own, among which is one with which this build loads no web font that a page asks for at once.
    ignoreDefaultArgs: true,
    args: [
      ...['--headless', '--no-sandbox', '--no-zygote', '--remote-debugging-pipe', '--no-startup-window'],
      ...(gpu ? softwareGpu : ['--disable-gpu']),
      ...['--hide-scrollbars', '--font-render-hinting=none', '--force-color-profile=srgb'],
      `--user-data-dir=${profile}`,
    ],
  });
  browser.on('disconnected', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  return browser;
}

/** The path on its host below which a visited site is served: what a build's `--base` has to say for the page for wrong addresses. */
export const servedBelow = '/course/';

/** What pages did that a strict, static page never does. */
export interface Complaints {
  /** "violated-directive blocked-uri". */
  readonly policy: string[];
  /** Errors of scripts, and errors and warnings on the console. */
  readonly console: string[];
  /** Addresses outside the site. */
  readonly requests: string[];
}

export interface Visit {
  readonly context: BrowserContext;
  readonly complaints: Complaints;
  /** The file of the site that an address is of, as a path in its folder; undefined for what is not of the site. */
  readonly fileOf: (url: string) => string | undefined;
  /** Opens a page of the site by its path in it, such as "index.html#fig-fit". */
  readonly open: (path: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/**
 * A visit of a site's folder by a reader: by `file` (no server), or over HTTP from a plain static server, below a path of its host:
 * a page that asks for anything at the root of the host is told of.
 */
export async function visit(
  browser: Browser,
  site: string,
  by: 'file' | 'http',
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const server = by === 'http' ? await serveFolder(site, servedBelow) : undefined;
  const base = server?.address ?? pathToFileURL(join(site, '/')).href;
  const context = await browser.newContext(options);
  const complaints: Complaints = { policy: [], console: [], requests: [] };
  await context.exposeBinding('notePolicyViolation', (_source, what: string) => complaints.policy.push(what));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const note = (globalThis as unknown as { notePolicyViolation: (what: string) => void }).notePolicyViolation;
      note(`${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(?:data|blob):/.test(url)) complaints.requests.push(url);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.console.push(message.text());
  });
  context.on('weberror', (error) => complaints.console.push(String(error.error())));
  return {
    context,
    complaints,
    fileOf: (url) =>
      url.startsWith(base) ? decodeURIComponent(new URL(url).pathname.slice(new URL(base).pathname.length)) : undefined,
    async open(path) {
      const page = await context.newPage();
      await page.goto(new URL(path, base).href, { waitUntil: 'load' });
      return page;
    },
    async close() {
      await context.close();
      await server?.close();
    },
  };
}
