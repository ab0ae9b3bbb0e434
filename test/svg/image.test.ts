/** SVG files of anyone, written anew: what draws stays, what acts goes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanDrawing } from '../../src/svg/drawing.js';
import { parseXml, type XmlElement } from '../../src/svg/parse.js';
import { cleanImage } from '../../src/svg/image.js';

const svg = (inside: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${attributes}>${inside}</svg>`;

function cleaned(text: string): { svg: string; leftOut: readonly string[] } {
  const image = cleanImage(text);
  if ('refused' in image) throw new Error(image.refused);
  return image;
}

const attacks = [
  '<script>alert(1)</script>',
  '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
  '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>',
  '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
  '<script href="https://example.org/x.js"/>',
  '<rect onload="alert(1)" width="1" height="1"/>',
  '<rect ONCLICK="alert(1)" width="1" height="1"/>',
  '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
  '<a xlink:href="java&#10;script:alert(1)"><rect width="1" height="1"/></a>',
  '<image href="https://example.org/x.png" width="1" height="1"/>',
  '<image xlink:href="//example.org/x.png" width="1" height="1"/>',
  '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="1" height="1"/>',
  '<use href="https://example.org/x.svg#a"/>',
  '<use href="data:image/svg+xml,&lt;svg/>#a"/>',
  '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://example.org"/></body></foreignObject>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onload" to="alert(1)"/>',
  '<rect fill="url(https://example.org/x.svg#a)" width="1" height="1"/>',
  '<rect style="fill: url(//example.org/x)" width="1" height="1"/>',
  '<rect style="background: url(https://example.org/x)" width="1" height="1"/>',
  '<style>@import url(https://example.org/x.css);</style>',
  '<style>rect { fill: url("https://example.org/x") }</style>',
  '<style>rect { fill: u\\72l(https://example.org/x) }</style>',
  '<style>@font-face { font-family: x; src: url(https://example.org/x) }</style>',
  '<style><![CDATA[* { fill: url(https://example.org/x) }]]></style>',
  '<filter id="f"><feImage href="https://example.org/x.png"/></filter>',
  '<handler type="application/ecmascript">alert(1)</handler>',
  '<?xml-stylesheet href="https://example.org/x.css"?>',
  '<text>&lt;script>alert(1)&lt;/script></text>',
];

describe('an SVG file', () => {
  it.each(attacks)('%s does nothing any more', (attack) => {
    const { svg: clean } = cleaned(svg(`${attack}<circle r="1"/>`));
    expect(clean).toContain('<circle r="1"/>');
    expect(clean).not.toMatch(
      /<script|<\w+:|<a\b|<iframe|<foreignObject|<animate|<set|<style|<feImage|<handler|<\?|javascript/i,
    );
    expect(clean.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /example\.org|\/\/|url\((?!#)|\son\w+=|data:image\/svg/i,
    );
  });

  it.each([
    ['<!DOCTYPE svg [<!ENTITY x "y">]><svg/>', /well-formed|declares/],
    ['<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', /well-formed|declares/],
    ['<svg><text>&nbsp;</text></svg>', /entity/],
    ['<html><body/></html>', /root is no <svg>/],
    ['<svg><g></svg>', /closes nothing/],
    ['<svg/><svg/>', /one root/],
    ['<svg width=1/>', /well-formed/],
    ['<g>'.repeat(10_000), /deep/],
    [svg('<g id="a"><use href="#a"/></g>'), /inside itself/],
    [
      svg(
        `<rect id="a0"/>${Array.from({ length: 30 }, (_, n) => `<g id="a${n + 1}"><use href="#a${n}"/><use href="#a${n}"/></g>`).join('')}<use href="#a30"/>`,
      ),
      /draws more than/,
    ],
  ])('%s is refused', (text, why) => {
    expect(cleanImage(text)).toMatchObject({ refused: expect.stringMatching(why) as string });
  });

  it('as programs write them is drawn as before: styles by class, by element and in place become attributes', () => {
    const plot = `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
${svg(`<metadata><rdf:RDF xmlns:rdf="x"><a/></rdf:RDF></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt} .a, g .b {fill: #fff}</style>
 <path id="m" d="M 0 0 L 1 1" style="stroke: #000000; stroke-width: 0.8"/></defs>
 <g id="axes"><use xlink:href="#m" x="3" style="fill: none"/><rect class="b" fill="red" width="1" height="1"/></g>
 <rect class="a b" clip-path="url(#c)" width="2" height="2" inkscape:label="x"/>
 <text style="font: 10px 'DejaVu Sans'; font-family: 'DejaVu Sans', sans-serif" transform="rotate(-90 1 2)">1 &lt; 2 &amp; 3</text>`)}`;
    const { svg: clean, leftOut } = cleaned(plot);
    expect(leftOut).toEqual([]);
    expect(clean).toContain(
      '<path id="m" d="M 0 0 L 1 1" stroke-linejoin="round" stroke-linecap="butt" stroke="#000000" stroke-width="0.8"/>',
    );
    expect(clean).toContain('<use href="#m" x="3" stroke-linejoin="round" stroke-linecap="butt" fill="none"/>');
    expect(clean).toMatch(/<rect width="1" height="1" .*fill="#fff"/);
    expect(clean).toMatch(/<rect width="2" height="2" .*clip-path="url\(#c\)" .*fill="#fff"/);
    expect(clean).toContain(`font-family="'DejaVu Sans', sans-serif">1 &lt; 2 &amp; 3</text>`);
    expect(clean).toContain('transform="rotate(-90 1 2)"');
  });

  it('says what someone may miss of it', () => {
    expect(cleaned(svg('<script/><rect onclick="x()"/><image href="http://x/y.png"/>')).leftOut).toEqual([
      '<script>',
      'onclick',
      'image of "http://x/y.png"',
    ]);
  });

  it('of any pieces whatever is refused, or is clean and stays as it is when cleaned again', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '?>',
        '<svg',
        '</svg>',
        '<script>',
        '</script>',
        '<g ',
        'onload=',
        'href=',
        'style="',
        'url(',
        ')',
        '#a',
        'javascript:',
        '&#x3c;',
        '&lt;',
        '&amp;',
        ' ',
        'a',
        '\0',
        '\n',
        '<use href="#a"/>',
        '<style>',
        '</style>',
        '*{',
        '}',
        'fill:',
        '@import',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const image = cleanImage(svg(pieces.join('')));
        if ('refused' in image) return;
        const root = parseXml(image.svg);
        if ('refused' in root) throw new Error(root.refused);
        expectHarmless(root);
        expect(cleaned(image.svg).svg).toBe(image.svg);
      }),
      { numRuns: 3000 },
    );
  });
});

function expectHarmless({ tag, attributes, children }: XmlElement): void {
  expect(tag).toMatch(/^(?:svg|g|use)$/);
  for (const [name, value] of attributes) {
    expect(name).not.toMatch(/^on|style/i);
    if (name === 'href') expect(value).toMatch(/^#/);
    expect(value).not.toMatch(/url\((?!#)|javascript/i);
  }
  for (const child of children) if (typeof child !== 'string') expectHarmless(child);
}

it('a drawing of ours is the same when cleaned, one with anything else in it is not', () => {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" class="figure-drawing" role="img" aria-label="A &quot;line&quot; &lt; 1" viewBox="0 0 9 9" width="9" height="9" font-family="'Inter Variable', sans-serif" fill="none"><defs><clipPath id="f-1"><rect x="0" width="3" height="3"/></clipPath></defs><g clip-path="url(#f-1)"><path id="f-same-1" d="M0,0L1,1" stroke="var(--figure-c1, #0072b2)"/><use href="#f-same-1"/><text font-size="11">x &amp; y</text></g></svg>`;
  expect(cleanDrawing(drawing)).toBe(drawing);
  for (const attack of [
    ...attacks.slice(0, -1),
    '<use href="https://example.org/#a"/>',
    '<text onclick="alert(1)">x</text>',
  ])
    expect(cleanDrawing(drawing.replace('<defs>', `${attack}<defs>`)), attack).not.toBe(
      drawing.replace('<defs>', `${attack}<defs>`),
    );
  expect(cleanDrawing('<svg onload="alert(1)"/>')).not.toContain('onload');
});
