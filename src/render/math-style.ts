/**
 * The style attributes that Temml writes, as classes of our stylesheet (templates/math.css) and as attributes of MathML: the
 * site's Content-Security-Policy allows no style attribute. A declaration that is neither is left out.
 */
import { dictionary } from '../shared/dictionary.js';

/** Of one declaration, the class that does the same. */
const classes = dictionary<string>({
  'padding-left:0em': 'm-l0',
  'padding-left:0pt': 'm-l0',
  'padding-right:0em': 'm-r0',
  'padding-right:0pt': 'm-r0',
  'padding-left:1em': 'm-l1',
  'padding-left:2em': 'm-l2',
  'padding-left:5.9776pt': 'm-lc',
  'padding-right:5.9776pt': 'm-rc',
  'padding-left:0.1389em': 'm-ls',
  'padding-right:0.1389em': 'm-rs',
  'width:100%': 'm-w',
  'width:50%': 'm-half',
  'border-top:0.06em solid': 'm-bt',
  'border-right:0.06em solid': 'm-br',
  'border-bottom:0.06em solid': 'm-bb',
  'border-left:0.06em solid': 'm-bl',
  'border:1px solid': 'm-box',
  'margin-left:-0.1667em': 'm-n3',
  'margin-left:-0.2222em': 'm-n4',
  'margin-left:-0.2778em': 'm-n5',
});

/** TeX's colours by name, in those of the page, which can be read in the light and in the dark. */
const colours = dictionary<string>({
  ...{ '#ff0000': 'm-red', '#f01c24': 'm-red', '#0000ff': 'm-blue', '#00ff00': 'm-green', '#089c54': 'm-green' },
  ...{
    '#ff8000': 'm-orange',
    '#bf8040': 'm-orange',
    '#bf0040': 'm-purple',
    '#800080': 'm-purple',
    '#ff00ff': 'm-purple',
  },
  ...{ '#404040': 'm-gray', '#808080': 'm-gray', '#c0c0c0': 'm-gray', black: 'm-ink' },
});

/** Of one property, the attribute that takes its value. */
const attributes = dictionary<string>({ color: 'mathcolor', 'background-color': 'mathbackground' });

const styled = /<([a-z]+)((?:\s[a-z-]+="[^"]*")*?)\sstyle="([^"]*)"((?:\s[a-z-]+="[^"]*")*)/g;

/** A formula without a style attribute that looks the same. */
export function withoutStyles(mathml: string): string {
  return mathml.replace(styled, (_tag, name: string, before: string, style: string, after: string) => {
    const declarations = style.split(';').filter((part) => part !== '');
    const added = declarations.flatMap((declaration) => classes[declaration] ?? colourClass(declaration) ?? []);
    const mathematical = declarations.flatMap((declaration) => {
      const [property = '', value = ''] = declaration.split(':');
      // Scripts are not made smaller a second time: the depth of MathML is the level of its scripts.
      if (declaration === 'math-depth:0') return ' scriptlevel="0"';
      if (colourClass(declaration) !== undefined) return [];
      const attribute = attributes[property];
      return attribute === undefined ? [] : ` ${attribute}="${value}"`;
    });
    const others = before + after;
    const classed =
      added.length === 0
        ? others
        : others.includes(' class="')
          ? others.replace(' class="', ` class="${added.join(' ')} `)
          : `${others} class="${added.join(' ')}"`;
    return `<${name}${classed}${mathematical.join('')}`;
  });
}

function colourClass(declaration: string): string | undefined {
  const [property, value = ''] = declaration.split(':');
  return property === 'color' ? colours[value.toLowerCase()] : undefined;
}
