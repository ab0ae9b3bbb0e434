/** A colour as drawings may have it: it names nothing outside the drawing. */
export const paintPattern =
  /^(?:none|[a-z]{3,24}|#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([-+0-9.e%, ]*\)|var\(--figure-[a-z0-9-]+, ?#[0-9a-f]{3,8}\))$/i;

export function isPaint(text: string): boolean {
  return paintPattern.test(text);
}
