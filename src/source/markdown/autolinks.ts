/** GitHub's autolinks: addresses and e-mail addresses written out. */

const web = /(?:https?:\/\/|www\.)[^\s<]*/iy;
const domain = /^(?:https?:\/\/)?([^/?#\s:]+)/i;

/** The address at an index, without regard to what stands at its end; undefined when its domain is none. */
export function webAt(text: string, at: number): string | undefined {
  web.lastIndex = at;
  const found = web.exec(text)?.[0];
  if (found === undefined) return undefined;
  const name = domain.exec(found)?.[1]?.replace(/[?!.,:*_~'")]+$/, '') ?? '';
  const parts = name.split('.');
  const wellFormed = /^www\./i.test(found) ? parts.length >= 2 && parts[1] !== '' : parts.length >= 1 && name !== '';
  return wellFormed && !parts.slice(-2).some((part) => part.includes('_')) ? found : undefined;
}

/** An address without the punctuation, the unbalanced parentheses and the entity at its end. */
export function trimAutolink(address: string): string {
  let end = address.length;
  let unopened = 0;
  for (const character of address) unopened += character === ')' ? 1 : character === '(' ? -1 : 0;
  for (;;) {
    const last = address[end - 1] ?? '';
    if (/[?!.,:*_~'"]/.test(last)) end -= 1;
    else if (last === ')' && unopened > 0) {
      end -= 1;
      unopened -= 1;
    } else if (last === ';') {
      const entity = /&[A-Za-z0-9]+;$/.exec(address.slice(Math.max(0, end - 40), end))?.[0];
      if (entity === undefined) return address.slice(0, end);
      end -= entity.length;
    } else return address.slice(0, end);
  }
}

const local = /[a-zA-Z0-9.+_-]/;
const host = /@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+/y;

/** The e-mail address around an at sign. */
export function emailAt(text: string, at: number): { start: number; end: number } | undefined {
  let start = at;
  while (start > 0 && at - start < 256 && local.test(text[start - 1] ?? '')) start -= 1;
  if (start === at || text[start - 1] === '/') return undefined;
  host.lastIndex = at;
  const found = host.exec(text)?.[0];
  return found === undefined || /[-_]$/.test(found) ? undefined : { start, end: at + found.length };
}
