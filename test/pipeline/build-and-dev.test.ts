/**
 * One pipeline: `colophon build` and `colophon dev` make the same pages of every report, byte for byte but for the script by
 * which a page under `dev` hears of changes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../src/shared/content.js';
import { type DevServer, serveSession } from '../../src/dev/server.js';
import { openSession, type Session } from '../../src/dev/session.js';
import { build } from '../../src/pipeline/build.js';
import type { World } from '../../src/pipeline/world.js';
import { mathFontFile } from '../../src/render/fonts.js';
import { temporaryFolder } from '../report-folder.js';
import { testWorld } from '../world.js';
import { everyNth } from '../every-nth.js';

const reports = join(import.meta.dirname, '../reports');
const allowed = { trust: true, pluginHtml: false, followLinks: false };

/** What `dev` has of its own: when it was made, and the whole font in place of one cut to what is published. */
const ownFiles = new Set(['build-info.js', '.colophon-site.json', `assets/${mathFontFile}`]);

const worlds: World[] = [];
const servers: DevServer[] = [];
afterAll(() => Promise.all([...servers, ...worlds].map((one) => one.close())));

/** Each way computes everything itself. */
function freshWorld(): World {
  const world = testWorld(temporaryFolder(), { allowed });
  worlds.push(world);
  return world;
}

async function built(folder: string): Promise<Map<string, string>> {
  const out = temporaryFolder();
  const { problems, site } = await build({ folder, out, world: freshWorld(), place: {}, source: undefined });
  expect(problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
  expect(site).toBeDefined();
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(out, join(parentPath, name)).split(sep).join('/'));
  return new Map(paths.map((path) => [path, readFileSync(join(out, path), 'latin1')]));
}

async function served(folder: string): Promise<{ session: Session; server: DevServer; paths: readonly string[] }> {
  const told = new Set<string>();
  const session = openSession(folder, freshWorld(), (event) => {
    if (event.kind === 'pages') for (const path of event.changed) told.add(path);
    if (event.kind === 'problems') expect(event.problems.filter(({ warning }) => !warning)).toEqual([]);
  });
  const server = await serveSession(session, { port: 0 });
  servers.push(server);
  await session.update();
  return { session, server, paths: [...told].filter((path) => session.file(path) !== undefined) };
}

/** A page without what only `dev` puts into it. */
function withoutScript(html: string): string {
  return html
    .replace(" connect-src 'self';", '')
    .replace(/<link rel="stylesheet" href="[^"]*@colophon\/dev\.css">\n/, '')
    .replace(/<script src="[^"]*@colophon\/dev\.js" data-token="[^"]*" data-version="[^"]*" defer><\/script>\n/, '');
}

describe.each(everyNth(2, readdirSync(reports)))('the report %s', (name) => {
  it('has the same pages and files both ways', async () => {
    const folder = join(reports, name);
    const site = await built(folder);
    const { session, server, paths } = await served(folder);
    const compared = [...site.keys()].filter((path) => !ownFiles.has(path)).sort();
    expect(paths.filter((path) => !ownFiles.has(path)).toSorted()).toEqual(compared);
    for (const path of compared) {
      const file = session.file(path);
      expect(file, path).toBeDefined();
      if (file === undefined) continue;
      expect(Buffer.from(contentOf(file.content)).toString('latin1') === site.get(path), path).toBe(true);
      if (!path.endsWith('.html') || path === '404.html') continue;
      const html = Buffer.from(await (await fetch(new URL(path, server.address))).arrayBuffer()).toString('latin1');
      expect(html).not.toBe(site.get(path));
      expect(withoutScript(html)).toBe(site.get(path));
    }
  });
});

describe('under `colophon dev`', () => {
  const html = async (report: string, page: string): Promise<string> => {
    const { session } = await served(join(reports, report));
    const file = session.file(page);
    return file === undefined ? '' : String(contentOf(file.content));
  };

  it('a directive and a page run on the device that they name', async () => {
    const page = await html('devices', 'index.html');
    expect(page).toMatch(/<code>here<\/code> on [^<]*, reference-f64\//);
    expect(page).toMatch(/<code>fast<\/code> on [^<]*, wasm-f32\//);
  });

  it('a figure with `slider: step` has its slider', async () => {
    const { session } = await served(join(reports, 'interactive'));
    const page = String(contentOf(session.file('other.html')?.content ?? ''));
    const script = /data-moving="[^"]*(assets\/training-other-[0-9a-f]{8}\.js)/.exec(page)?.[1] ?? '';
    expect(contentOf(session.file(script)?.content ?? '')).toContain('training:other');
  });

  it('a computed `alt` says its number', async () => {
    const page = await html('interactive', 'index.html');
    expect(page).toMatch(/aria-label="The error is 0\.\d{3} at the end\."/);
    expect(page).toMatch(/aria-label="Twenty samples, and 0\.\d{3}\."/);
  });
});
