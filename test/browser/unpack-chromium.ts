/**
 * The headless Chromium that @sparticuz/chromium carries, unpacked once with the libraries that a bare Debian lacks (nss,
 * nspr, expat) and a software Vulkan driver beside it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Chromium {
  /** Holds `chromium`, `al2023/lib`, `fonts`, `libvk_swiftshader.so` and `vk_swiftshader_icd.json`. */
  readonly folder: string;
  readonly executable: string;
  /** For its process. */
  readonly env: Record<string, string>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageFolder = join(root, 'node_modules/@sparticuz/chromium');

/** Several processes may ask at once: each unpacks beside the place, and the first to be done moves its folder in. */
export function unpackChromium(): Chromium {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const staging = mkdtempSync(join(cache, 'unpacking-'));
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const script = `import(${JSON.stringify(entry)}).then(({ default: chromium }) => chromium.executablePath())`;
    execFileSync(process.execPath, ['--input-type=module', '-e', `await ${script}`], {
      // It unpacks into the temporary folder, and its libraries only where it believes to be on Amazon Linux.
      env: { PATH: process.env['PATH'], TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    // Its own list of fonts has folders of Amazon's: without any font, text is not there at all.
    writeFileSync(
      join(staging, 'fonts', 'fonts.conf'),
      '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir prefix="relative">fonts</dir></fontconfig>',
    );
    try {
      renameSync(staging, folder);
    } catch (error) {
      rmSync(staging, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((path) => path !== '');
  return {
    folder,
    executable: join(folder, 'chromium'),
    env: {
      ...Object.fromEntries(own),
      LD_LIBRARY_PATH: libraries.join(':'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}
