/** Formulas in the part of the math font that a build cuts for them look as they do in the whole font. */
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { reportFolder } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

const formulas = [
  String.raw`\hat f(x) = \sum_{i=1}^{n} \alpha_i \, k(x, x_i) - \lambda \lVert \theta \rVert^2_2 \neq \varnothing`,
  String.raw`\left( \frac{\partial L}{\partial W} \right)^{\!\top} = \prod_{k < K} \int_0^\infty e^{-x^2 h}\, dx'`,
  String.raw`A = \begin{pmatrix} a & \cdots & b \\ \vdots & \ddots & \vdots \\ c & \dots & d \end{pmatrix}, \quad f = \begin{cases} 0 & x \le 0 \\ x & x > 0 \end{cases}`,
  String.raw`\mathcal{N}(\mu, \Sigma), \mathbb{R}^d, \mathbf{w}, \mathfrak{g}, \mathrm{rank}, \mathsf{T}, \vartheta \varphi \varepsilon`,
  String.raw`\sqrt{1 + \sqrt[3]{1 + \frac{1}{1 + \frac{1}{x}}}} \longrightarrow \overbrace{a + b}^{n} + \underline{c} + \widetilde{xyz} + \vec v + \dot u + \bar{z}`,
  String.raw`\left\lfloor \binom{n}{k} \right\rceil \oplus \bigcup_{s \in S} \left\{ \left| \frac{\frac ab}{\frac cd} \right| \right\} \Rightarrow \forall \epsilon \; \exists \delta`,
];

let browser: Browser;
let folder: string;

beforeAll(async () => {
  const page = `# Formulas\n\n${formulas.map((tex) => `Before $${tex}$ after.\n\n$$\n${tex}\n$$`).join('\n\n')}\n`;
  folder = reportFolder({ 'report/index.md': page });
  expect(colophon(folder, 'build', 'report', '--out', 'site').err).toBe('');
  // On a page a font that comes late is not used at all; here it is waited for, however busy the machine.
  const style = readdirSync(join(folder, 'site/assets')).find((name) => name.endsWith('.css')) ?? '';
  const path = join(folder, 'site/assets', style);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('font-display: optional', 'font-display: swap'));
  browser = await launchChromium();
}, 60_000);
afterAll(async () => browser.close());

/** A picture of the page and the math fonts that it loaded. */
async function look(): Promise<{ picture: Buffer; fonts: string[] }> {
  const { open, context, complaints, close } = await visit(browser, join(folder, 'site'), 'http', {
    viewport: { width: 1100, height: 2200 },
  });
  const fonts: string[] = [];
  context.on('request', (request) => {
    const name = /stix[^/]*$/.exec(request.url())?.[0];
    if (name !== undefined) fonts.push(name);
  });
  const here = await open('index.html');
  await here.evaluate(() => document.fonts.ready);
  const picture = await here.screenshot();
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
  return { picture, fonts };
}

it('every formula is drawn in it, to the pixel as in the whole font, of which it is less than a fifth', async () => {
  const cut = join(folder, 'site/assets/stix-two-math-used.woff');
  const whole = createRequire(import.meta.url).resolve(
    '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2',
  );
  expect(statSync(cut).size).toBeLessThan(statSync(whole).size / 5);
  const before = await look();
  expect([...new Set(before.fonts)]).toEqual(['stix-two-math-used.woff']);
  copyFileSync(whole, cut);
  const after = await look();
  expect(before.picture.equals(after.picture)).toBe(true);
}, 60_000);
