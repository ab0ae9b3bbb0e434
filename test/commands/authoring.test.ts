/** The commands around a build: new, schema, doctor, pdf, and a build's options for where a site will stand. */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printSite } from '../../src/commands/print-site.js';
import { launchChromium } from '../browser/chromium.js';
import { page, reportFolder, temporaryFolder, waves } from '../report-folder.js';
import { allSchemas } from '../../src/reference/schemas.js';
import { deviceNames } from '../../src/shared/device-names.js';
import { directiveKinds, stepKinds } from '../../src/steps/kinds.js';
import { cli, colophon, type Ended } from '../colophon.js';

const root = join(import.meta.dirname, '../..');

/** Without blocking this process, which may have to answer. */
async function colophonBeside(cwd: string, env: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...words], { cwd, env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

describe('colophon new', () => {
  it('makes a project with a report that builds without a word of complaint, and nothing over what is there', () => {
    const folder = temporaryFolder();
    const made = colophon(folder, 'new', 'A course’s & more', '--no-install');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain("cd 'A course’s & more' && npm install && npm start");
    const project = join(folder, 'A course’s & more');
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      name: string;
      scripts: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    expect(manifest.name).toBe('a-course-s-more');
    // This program is a clone's; from a packed file, a commit or the registry it is that.
    expect(manifest.devDependencies['colophon']).toMatch(/^file:(?:\.\.\/)+/);
    expect(readFileSync(join(project, '.gitignore'), 'utf8')).toMatch(/^\.colophon\/$/m);
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toContain('# A course’s & more');
    const run = (script: string): Ended[] =>
      (manifest.scripts[script] ?? '').split(' && ').map((line) => colophon(project, ...line.split(' ').slice(1)));
    expect(run('test')[0]).toMatchObject({ code: 1, err: expect.stringContaining('build report"') as string });
    const [built] = run('build');
    expect(built?.err).not.toMatch(/problem|warning/);
    expect(built?.code).toBe(0);
    expect(run('test').map(({ code }) => code)).toEqual([0, 0]);
    expect(readFileSync(join(project, 'site/index.html'), 'utf8')).toMatch(/ends at <span class="value">0\.\d{4}</);
    const again = colophon(folder, 'new', 'A course’s & more');
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('is there already');
  });

  it('--here adds what a repository lacks, and touches nothing that is there', () => {
    const own = { 'package.json': '{ "name": "mine" }', '.gitignore': 'secret\n', 'report/mine.md': '# Mine\n' };
    const folder = reportFolder(own);
    const { code, out } = colophon(folder, 'new', '--here');
    expect(code).toBe(0);
    for (const [path, content] of Object.entries(own)) expect(readFileSync(join(folder, path), 'utf8')).toBe(content);
    expect(readdirSync(join(folder, 'report'))).toEqual(['mine.md']);
    expect(existsSync(join(folder, '.github/workflows/report.yml'))).toBe(true);
    expect(out).toContain('left as they were: package.json, .gitignore, report');
    expect(out).toMatch(/npm install --save-dev --save-exact colophon@file:/);
    expect(out).toContain('"build": "colophon build report --out site"');
  });
});

it('the guide’s page of your own, written into a new report, builds; the claim turned round is a problem with both numbers', () => {
  const guide = readFileSync(join(root, 'report/guide/index.md'), 'utf8');
  const block = (title: string): string =>
    new RegExp(`^(\`{3,})[a-z]+ title="${title}"\\n([\\s\\S]*?)^\\1$`, 'm').exec(guide)?.[2] ?? '';
  const [own, work] = [block('report/luck.md'), block('report/references.bib')];
  const folder = temporaryFolder();
  colophon(folder, 'new', '--here', '--no-install');
  writeFileSync(join(folder, 'report/luck.md'), own);
  expect(colophon(folder, 'build', 'report').err).toContain('the bibliography has no work "robbins1951"');
  appendFileSync(join(folder, 'report/references.bib'), work);
  const built = colophon(folder, 'build', 'report');
  expect(built.err).not.toMatch(/problem|warning/);
  expect(built.code).toBe(0);
  const html = readFileSync(join(folder, 'site/luck.html'), 'utf8');
  expect(html).toContain('>Robbins and Monro, 1951</a>');
  expect(html).toMatch(
    /Compare <a class="reference" href="#fig-again">Figure \d<\/a> with <a class="reference" href="experiment.html#fig-curves">/,
  );
  expect(html).toMatch(/<span class="value">0\.\d{3} \(0\.\d{3}–0\.\d{3}\)<\/span>.*<span class="checked"/s);
  writeFileSync(join(folder, 'report/luck.md'), own.replace('error) <', 'error) >'));
  expect(colophon(folder, 'build', 'report').err).toMatch(
    /false-claim {2}the results do not bear out “The test error ends at …, and the worst start is still better than the narrow network\.”: .* \(0\.\d+ > 0\.\d+\)/,
  );
});

describe('colophon schema', () => {
  it('has a schema of draft 2020-12 for every kind of directive, and every option in it is described', () => {
    const { code, out } = colophon(temporaryFolder(), 'schema');
    expect(code).toBe(0);
    const schemas = JSON.parse(out) as Record<string, { $schema: string; properties: Record<string, object> }>;
    expect(Object.keys(schemas).sort()).toEqual(
      [...directiveKinds.map(({ kind }) => kind), 'colophon.yaml', 'front-matter'].sort(),
    );
    for (const [name, { $schema, properties }] of Object.entries(schemas)) {
      expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
      for (const [option, schema] of Object.entries(properties))
        expect(schema, `${name}.${option}`).toHaveProperty('description');
    }
  });

  it('knows several seeds, sweeps and devices of any step, and the device of a page', () => {
    const schemas = allSchemas();
    const device = { anyOf: [{ enum: deviceNames }, { pattern: '^webgpu:(0|[1-9]\\d?)$' }] };
    for (const { kind } of stepKinds) {
      const properties = schemas[kind]?.properties ?? {};
      expect(Object.keys(properties).slice(-4), kind).toEqual(['sweep', 'device', 'echo', 'fold']);
      expect(properties['device']).toMatchObject(device);
    }
    const several = [
      { type: 'integer' },
      { items: { type: 'integer' } },
      { properties: { count: { type: 'integer' } } },
    ];
    expect(schemas['dataset']?.properties?.['seed']).toMatchObject({ anyOf: several });
    const paired = { properties: { follows: { enum: ['data'] } } };
    expect(schemas['train']?.properties?.['seed']).toMatchObject({ anyOf: [...several, paired] });
    expect(schemas['front-matter']?.properties?.['device']).toMatchObject(device);
  });

  it('prints one, and says which there are when asked for another', () => {
    const folder = temporaryFolder();
    expect(JSON.parse(colophon(folder, 'schema', 'train').out)).toMatchObject({
      required: ['data', 'network', 'optimizer'],
      properties: { network: { properties: { activation: { default: 'relu' } } } },
    });
    const unknown = colophon(folder, 'schema', 'trian');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('did you mean "train"?');
  });

  it('sets Visual Studio Code up: snippets with the needed options, and problems that its tasks can read', () => {
    const folder = reportFolder({ 'report/index.md': page('```train #net\ndata: nothing\n```') });
    expect(colophon(folder, 'schema', '--vscode', '.').code).toBe(0);
    const file = (name: string): unknown => JSON.parse(readFileSync(join(folder, '.vscode', name), 'utf8'));
    const snippets = file('colophon.code-snippets') as Record<string, { prefix: string | string[]; body: string[] }>;
    expect(snippets['train directive']).toMatchObject({
      prefix: ['train', '```train'],
      body: expect.arrayContaining(['```train #${1:name}', 'data: ${2:string}']) as unknown,
    });
    expect(snippets['train: parameters']).toMatchObject({ body: 'parameters: ${1|all,output|}' });
    const { tasks } = file('tasks.json') as {
      tasks: {
        command: string;
        args: string[];
        problemMatcher: { pattern: Record<string, number> & { regexp: string } };
      }[];
    };
    const pattern = tasks[1]?.problemMatcher.pattern;
    // As the task calls it, in the folder that it was written for: never a package of a stranger's.
    const { command = '', args = [] } = tasks[1] ?? {};
    expect([command, ...args.slice(1)]).toEqual(['node', 'plan', 'report']);
    const line = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
      .stderr.split('\n')
      .map((text) => new RegExp(pattern?.regexp ?? '').exec(text))
      .find((match) => match !== null);
    expect(line?.[pattern?.['file'] ?? 0]).toBe('report/index.md');
    expect(line?.[pattern?.['line'] ?? 0]).toBe('6');
    // Written again, what a person added stays, and a file with comments is theirs alone.
    const place = (name: string): string => join(folder, '.vscode', name);
    writeFileSync(place('settings.json'), '{ "editor.snippetSuggestions": "none", "own": 1 }');
    writeFileSync(place('tasks.json'), '{ /* mine */ }');
    const again = colophon(folder, 'schema', '--vscode', '.');
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('tasks.json holds comments') as string });
    expect(file('settings.json')).toMatchObject({ 'editor.snippetSuggestions': 'none', own: 1, 'yaml.schemas': {} });
    expect(readFileSync(place('tasks.json'), 'utf8')).toBe('{ /* mine */ }');
  });
});

describe('colophon doctor', () => {
  it('says what there is, as text and as JSON, and is content with this machine', () => {
    const folder = temporaryFolder();
    const { code, out } = colophon(folder, 'doctor');
    expect(code).toBe(0);
    expect(out).toMatch(/^node +v\d+/m);
    expect(out).toMatch(/^engine +wasm-f32\/\d+ on CPU$/m);
    const json = JSON.parse(colophon(folder, 'doctor', '--json').out) as { name: string }[];
    expect(json.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node', 'store', 'fonts', 'chromium', 'vega']),
    );
  });
});

describe('colophon doctor --host', () => {
  it('takes addresses of the web, and says what stands in the way of asking', () => {
    expect(colophon(temporaryFolder(), 'doctor', '--host', 'site/index.html')).toMatchObject({
      code: 2,
      err: expect.stringContaining('as in https://example.org/course/') as string,
    });
    const { code, out } = colophon(temporaryFolder(), 'doctor', '--host', 'http://127.0.0.1:1/');
    expect(code).toBe(3);
    expect(out).toMatch(/^host +http:\/\/127\.0\.0\.1:1\/: .*; check the address$/m);
  });

  it('says why nobody answers, also where a name has several addresses', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { out } = colophon(temporaryFolder(), 'doctor', '--host', `http://localhost:${port}/`);
    expect(out).toMatch(/^host +http:\/\/localhost:\d+\/: .*ECONNREFUSED.*; check the address$/m);
  });
});

describe('colophon pdf', () => {
  let folder: string;
  beforeAll(() => {
    folder = reportFolder({
      'report/index.md': page('One.\n\n[two](b.md#part)'),
      'report/b.md': page('## Part\n\nTwo.'),
    });
    colophon(folder, 'build', 'report');
  });

  it('makes one document of all pages, whose links lead to its own chapters, and a Chromium prints it', async () => {
    const browser = await launchChromium();
    const shown = await browser.newPage();
    const out = join(folder, 'x.pdf');
    const missing: string[] = [];
    shown.on('requestfailed', (request) => missing.push(request.url()));
    const printed = await printSite(join(folder, 'site'), out, async (document, path) => {
      await shown.goto(document);
      const targets = await shown.$$eval('a[href^="#"]', (links) =>
        links.map((link) => link.getAttribute('href') ?? ''),
      );
      expect(targets).toContain('#page-1-part');
      for (const target of targets) expect(await shown.locator(target).count(), target).toBe(1);
      await shown.pdf({ path });
    });
    await browser.close();
    expect(missing).toEqual([]);
    expect(printed).toMatchObject({ pages: 2 });
    const pdf = readFileSync(out, 'latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    // A title page before them.
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(3);
  });

  it('says what is missing when there is no Chromium or no site, and writes nothing', async () => {
    const bare = await colophonBeside(folder, { PATH: '' }, 'pdf', 'site', '--out', 'y.pdf');
    expect(bare).toMatchObject({ code: 3 });
    expect(bare.err).toContain('COLOPHON_CHROMIUM');
    const named = { ...process.env, COLOPHON_CHROMIUM: process.execPath };
    expect(await colophonBeside(folder, named, 'pdf', 'nowhere')).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, 'y.pdf'))).toBe(false);
  });
});

describe('colophon build', () => {
  it('--base and --url place the site, and another place is another site', () => {
    const folder = reportFolder({ 'report/index.md': page(waves) });
    expect(colophon(folder, 'build', 'report', '--base', 'course').code).toBe(0);
    const missing = (): string => readFileSync(join(folder, 'site/404.html'), 'utf8');
    expect(missing()).toContain('href="/course/index.html"');
    expect(existsSync(join(folder, 'site/sitemap.xml'))).toBe(false);
    expect(colophon(folder, 'build', 'report', '--base', '/course/').out).toContain('nothing to do');
    expect(colophon(folder, 'build', 'report', '--url', 'https://example.org/notes').out).not.toContain(
      'nothing to do',
    );
    expect(missing()).toContain('href="/notes/index.html"');
    expect(readFileSync(join(folder, 'site/sitemap.xml'), 'utf8')).toContain('https://example.org/notes/index.html');
    expect(colophon(folder, 'build', 'report', '--url', 'example.org')).toMatchObject({ code: 2 });
  });

  it('--json says what was done and what is wrong', () => {
    const folder = reportFolder({ 'report/index.md': page(waves), 'report/b.md': page('[x](nowhere.md)') });
    const wrong = colophon(folder, 'build', 'report', '--json');
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          place: expect.objectContaining({ file: 'b.md', line: 5, column: 1 }) as unknown,
          rule: 'broken-link',
        }),
      ]) as unknown,
    });
  });

  it('writes the policy of the pages’ heads into _headers, with who may frame them', () => {
    const folder = reportFolder({ 'report/index.md': page('x') });
    colophon(folder, 'build', 'report');
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    expect(readFileSync(join(folder, 'site/_headers'), 'utf8')).toContain(
      `  Content-Security-Policy: ${policy ?? 'none'}; frame-ancestors 'none'\n`,
    );
  });

  it('the script of `colophon dev` is in no site', () => {
    const folder = reportFolder({ 'report/index.md': page('x') });
    colophon(folder, 'build', 'report');
    const site = join(folder, 'site');
    for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' }))
      if (/\.(?:html|js|css)$/.test(name))
        expect(readFileSync(join(site, name), 'utf8'), name).not.toContain('EventSource');
  });

  describe('--check-external', () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(
        request.url === '/gone' ? 410 : request.url === '/no-head' && request.method === 'HEAD' ? 405 : 200,
      );
      response.end();
    });
    let address = '';
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const bound = server.address();
      address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
    });
    afterAll(() => server.close());

    it('asks each address once and names those that are gone; without it nothing is asked', async () => {
      const links = ['/there', '/there#part', '/no-head', '/gone'].map(
        (path, index) => `[l${index}](${address}${path})`,
      );
      const folder = reportFolder({ 'report/index.md': page(...links) });
      expect(await colophonBeside(folder, process.env, 'build', 'report')).toMatchObject({ code: 0 });
      expect(asked).toEqual([]);
      const checked = await colophonBeside(folder, process.env, 'build', 'report', '--check-external');
      expect(checked.code).toBe(1);
      expect(checked.err).toContain(`report/index.md:11:1  dead-link  ${address}/gone: the server answers 410`);
      expect(checked.err).toContain('1 problem; the site was published');
      expect(asked.toSorted()).toEqual(['GET /gone', 'GET /no-head', 'HEAD /gone', 'HEAD /no-head', 'HEAD /there']);
    });
  });
});

it('the guide names every command that the program has', () => {
  const help = colophon(root, '--help').out;
  const commands = [...help.matchAll(/^ {2}([a-z]+) .*$/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  expect(commands.length).toBeGreaterThan(7);
  const guide = readdirSync(join(root, 'report/guide'))
    .map((name) => readFileSync(join(root, 'report/guide', name), 'utf8'))
    .join('\n');
  for (const command of commands) expect(guide.includes(`colophon ${command}`), command).toBe(true);
});
