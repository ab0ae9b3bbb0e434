/** Any text as Markdown that says it and nothing else: no markup, no mention of anyone, no link to an issue. */
export function literal(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~&$!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('@', '&#64;\u200b')
    .replace(/:(?=\/\/)|www(?=\.)/gi, '$&\u200b');
}
