/** The program's own version. */
import { readFileSync } from 'node:fs';

/** From package.json, which lies above both src/ and dist/. */
export function colophonVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
