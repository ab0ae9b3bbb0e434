/** Where HTML starts and ends in Markdown: CommonMark's seven kinds of HTML block, and tags in a line. */

const attribute =
  String.raw`(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>` + '`' + String.raw`\x00-\x20]+|'[^']*'|"[^"]*"))?)`;
const openTag = String.raw`<[A-Za-z][A-Za-z0-9-]*${attribute}*\s*/?>`;
const closeTag = String.raw`</[A-Za-z][A-Za-z0-9-]*\s*>`;

/** One tag, comment, instruction or declaration at `lastIndex`. */
export const inlineHtml = new RegExp(
  String.raw`${openTag}|${closeTag}|<!-->|<!--->|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![A-Za-z]+[^>]*>|<!\[CDATA\[[\s\S]*?\]\]>`,
  'y',
);

const blockNames =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[123456]|head|header|hr|html|iframe|legend|li|link|main|' +
  'menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|' +
  'tr|track|ul';

const starts: readonly RegExp[] = [
  /^<(?:script|pre|textarea|style)(?:\s|>|$)/i,
  /^<!--/,
  /^<\?/,
  /^<![A-Za-z]/,
  /^<!\[CDATA\[/,
  new RegExp(`^</?(?:${blockNames})(?:\\s|/?>|$)`, 'i'),
  new RegExp(`^(?:${openTag}|${closeTag})\\s*$`, 'i'),
];

const ends: readonly RegExp[] = [/<\/(?:script|pre|textarea|style)>/i, /-->/, /\?>/, />/, /\]\]>/];

/** The kind of HTML block (1 to 7) that a line starts; the seventh cannot interrupt a paragraph. */
export function htmlBlockKind(line: string, interrupts: boolean): number | undefined {
  const kind = starts.findIndex((start) => start.test(line)) + 1;
  return kind === 0 || (kind === 7 && interrupts) ? undefined : kind;
}

/** Whether a line ends an HTML block of a kind; those of kinds 6 and 7 end at a blank line instead. */
export function endsHtmlBlock(kind: number, line: string): boolean {
  return ends[kind - 1]?.test(line) ?? false;
}
