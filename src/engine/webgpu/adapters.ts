/** The GPUs that Dawn offers in Node, by number. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Adapter {
  /** As its driver calls it. */
  readonly name: string;
  /** The number of one before it that Dawn finds by this name, so that this one cannot be chosen. */
  readonly hiddenBy?: number;
}

/**
 * Dawn has no list of adapters in Node; it chooses one by a part of its name, and where no name has that part its error names
 * them all, the fastest first. Asked in a process of its own: what Dawn says of drivers that it cannot use it says on the terminal.
 */
const code = `const { create } = await import(${JSON.stringify(import.meta.resolve('webgpu'))});
let said = '';
try {
  await create(['adapter=\u0001']).requestAdapter({ powerPreference: 'high-performance' });
} catch (error) {
  said = error.message;
}
console.log(JSON.stringify(said));`;

/** Those of the system's own interface to GPUs, in the order in which Dawn takes them; undefined when Dawn cannot be asked. */
export async function listAdapters(): Promise<readonly Adapter[] | undefined> {
  let said: string;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    said = JSON.parse(stdout) as string;
  } catch {
    return undefined;
  }
  return adaptersOf(said, process.platform);
}

/** Those that Dawn names in its error; none where it has none to name. */
export function adaptersOf(said: string, platform: NodeJS.Platform): readonly Adapter[] {
  const all = [...said.matchAll(/^ \* backend: '(\w+)', name: '(.*)'$/gm)].map(([, backend, name = '']) => ({
    backend,
    name,
  }));
  const usual = platform === 'win32' ? 'd3d12' : platform === 'darwin' ? 'metal' : 'vulkan';
  const own = all.filter(({ backend }) => backend === usual);
  // One card stands there once for each interface that reaches it.
  const names = (own.length > 0 ? own : all).map(({ name }) => name);
  return names.map((name, number) => {
    const found = names.findIndex((other) => other.includes(name));
    return found < number ? { name, hiddenBy: found } : { name };
  });
}
