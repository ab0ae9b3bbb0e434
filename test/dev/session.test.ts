/** What a session tells of a report that is being written. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { contentOf } from '../../src/shared/content.js';
import { openSession, type Session, type SessionEvent } from '../../src/dev/session.js';
import { EnvironmentError } from '../../src/shared/problem.js';
import type { World } from '../../src/pipeline/world.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';
import { testWorld } from '../world.js';

const world = testWorld(temporaryFolder(), { allowed: { trust: true, pluginHtml: false, followLinks: false } });
afterAll(() => world.close());

function open(folder: string, with_: Partial<World> = {}): { session: Session; events: SessionEvent[] } {
  const events: SessionEvent[] = [];
  const session = openSession(folder, { ...world, ...with_ }, (event) => events.push(event));
  return { session, events };
}

const problemsIn = (events: readonly SessionEvent[]): { where: string; rule: string; message: string }[] =>
  events.flatMap((event) => (event.kind === 'problems' ? event.problems : []));
const changedIn = (events: readonly SessionEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'pages' ? event.changed : []));

const image = (width: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 1"><path d="M0 0h1v1z"/></svg>`;
/** The shortest PNG there is, and another one. */
const png = (colour: number): Uint8Array =>
  Buffer.from(
    `iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mN${colour === 0 ? 'k' : 'g'}YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==`,
    'base64',
  );

it('an edited image of a page is news, drawn or photographed', async () => {
  const folder = reportFolder({
    'index.md': page('![A drawing](drawing.svg)', '![A photo](photo.png)'),
    'drawing.svg': image(1),
    'photo.png': png(0),
  });
  const { session, events } = open(folder);
  await session.update();
  expect(changedIn(events)).toEqual(expect.arrayContaining(['index.html', 'drawing.svg', 'photo.png']));
  for (const [file, content] of [
    ['drawing.svg', image(2)],
    ['photo.png', png(1)],
  ] as const) {
    events.length = 0;
    writeFiles(folder, { [file]: content });
    await session.update([file]);
    expect(changedIn(events)).toEqual([file]);
  }
});

it('a template that fails is named by its own file, also where another one takes it in', async () => {
  const folder = reportFolder({ 'index.md': page('Here.'), 'templates/footer.hbs': '<footer>\n{{titel}}</footer>' });
  const { session, events } = open(folder);
  await session.update();
  expect(problemsIn(events)).toEqual([
    expect.objectContaining({ where: 'templates/footer.hbs:2:1', rule: 'broken-template' }),
  ]);
  events.length = 0;
  writeFiles(folder, { 'templates/footer.hbs': '<footer>{{#if title}}</footer>' });
  await session.update(['templates/footer.hbs']);
  expect(problemsIn(events)[0]).toMatchObject({ where: 'templates/footer.hbs:1:1', rule: 'broken-template' });
  events.length = 0;
  rmSync(join(folder, 'templates'), { recursive: true });
  await session.update(['templates/footer.hbs']);
  expect(problemsIn(events)).toEqual([]);
  expect(changedIn(events)).toContain('index.html');
});

it('a device that is not there, and a store that fails, are problems of the environment; the next change is taken in', async () => {
  const folder = reportFolder({ 'index.md': page(waves, small.replace('data:', 'device: webgpu\ndata:')) });
  const devices: World['devices'] = { open: () => Promise.resolve({ missing: 'there is no GPU' }) };
  const { session, events } = open(folder, { devices });
  await session.update();
  expect(problemsIn(events)).toEqual([
    expect.objectContaining({ rule: 'environment', message: expect.stringContaining('there is no GPU') as string }),
  ]);
  writeFiles(folder, { 'index.md': page('Here.') });
  await session.update(['index.md']);
  expect(events.findLast(({ kind }) => kind === 'problems')).toEqual({ kind: 'problems', problems: [] });
  expect(contentOf(session.file('index.html')?.content ?? '')).toContain('Here.');
});

it('an error of the program is shown, and told to whoever waits', async () => {
  const failing = {
    ...world.store,
    announce: () => {
      throw new Error('a fault');
    },
  };
  const { session, events } = open(reportFolder({ 'index.md': page('Here.') }), { store: failing });
  await expect(session.update()).rejects.toThrow('a fault');
  expect(problemsIn(events)).toEqual([expect.objectContaining({ rule: 'internal', message: 'a fault' })]);
  const away = {
    ...world.store,
    announce: () => {
      throw new EnvironmentError('the disk is gone');
    },
  };
  const other = open(reportFolder({ 'index.md': page('Here.') }), { store: away });
  await other.session.update();
  expect(problemsIn(other.events)).toEqual([expect.objectContaining({ rule: 'environment' })]);
});

it('an edit that computes nothing leaves figures, sliders and numbers in sight', async () => {
  const text = (sentence: string): string =>
    page(waves, small, block('figure #fig-fit', 'show: small.fit', 'slider: [step, hidden]'), sentence);
  const folder = reportFolder({ 'index.md': text('One.') });
  const pages: string[] = [];
  const { session } = open(folder);
  const shown = (): string => String(contentOf(session.file('index.html')?.content ?? ''));
  await session.update();
  expect(shown()).toContain('data-moving=');
  writeFiles(folder, { 'index.md': text('Two.') });
  const update = session.update(['index.md']).then(() => pages.push(shown()));
  const looking = setInterval(() => pages.push(shown()), 5);
  await update;
  clearInterval(looking);
  expect(pages.at(-1)).toContain('Two.');
  for (const html of pages) expect(html).toContain('data-moving=');
});

it('tells what a change moved when all of it is computed again, also to who comes later; words alone move nothing', async () => {
  const curves = block('figure #fig-curves', 'show: small.learning-curves');
  const text = page(waves, small, curves, 'It ends at `= small[hidden=4].test-error .4f`.');
  const folder = reportFolder({ 'index.md': text });
  const { session, events } = open(folder);
  const moves = (): object[] => events.filter(({ kind }) => kind === 'moved');
  await session.update();
  expect(moves()).toEqual([]);
  const other = text.replace('rate: 0.02', 'rate: 0.05');
  expect(other).not.toBe(text);
  writeFiles(folder, { 'index.md': other });
  await session.update(['index.md']);
  const moved = {
    kind: 'moved',
    sections: [
      {
        ...{ name: 'numbers', said: '1 changed' },
        lines: [
          {
            place: expect.stringMatching(/^index\.md:\d+$/) as string,
            text: expect.stringMatching(
              /^small\[hidden=4\]\.test-error \.4f in “It ends at ….”: 0\.\d{4} → 0\.\d{4}$/,
            ) as string,
            aside: expect.stringMatching(/ %; by #small$/) as string,
          },
        ],
      },
      expect.objectContaining({ name: 'figures', said: '1 changed' }),
    ],
  };
  expect(moves()).toEqual([moved]);
  expect(session.state()).toContainEqual(moved);
  writeFiles(folder, { 'index.md': `${other}\nMore words.\n` });
  await session.update(['index.md']);
  expect(moves().at(-1)).toEqual({ kind: 'moved', sections: [] });
});
