/** The file system of this process, made to fail: the calls of Node's that touch files below one folder, counted. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

const names = ['chmodSync', 'closeSync', 'copyFileSync', 'cpSync', 'existsSync', 'fstatSync', 'fsync', 'fsyncSync', 'linkSync', 'lstatSync', 'mkdirSync',
  'open', 'openSync', 'readFileSync', 'readSync', 'readdirSync', 'readlinkSync', 'realpathSync', 'renameSync', 'rmSync', 'rmdirSync', 'statSync',
  'unlinkSync', 'writeFileSync', 'writeSync'];

/**
 * From now on call `at` (from 1) on files below `folder` fails with the error `code`, with `forever` every later one too. What it
 * gives ends that and tells the number of calls.
 */
export function failCalls(folder, { at = 0, code = '', forever = false } = {}) {
  const real = Object.fromEntries(names.map((name) => [name, fs[name]]));
  const opened = new Set();
  let [count, inside] = [0, false];
  const below = (path) => typeof path === 'string' && (resolve(path) + sep).startsWith(folder + sep);
  for (const name of names) {
    fs[name] = (...args) => {
      const [first] = args;
      if (inside || !(typeof first === 'number' ? opened.has(first) : below(first))) return real[name](...args);
      count += 1;
      if (at > 0 && (count === at || (forever && count > at))) {
        // A file that could not be closed is closed all the same, and what cannot be looked at is not there.
        if (name === 'closeSync') {
          real[name](...args);
          opened.delete(first);
        }
        if (name === 'existsSync') return false;
        const syscall = name.replace('Sync', '');
        // As Node tells it: a call on an open file fails without the file's name.
        const nameless = Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall });
        const named = Object.assign(new Error(`${code}: injected, ${syscall} '${first}'`), { code, syscall, path: first });
        const error = typeof first === 'number' ? nameless : named;
        if (name !== 'open' && name !== 'fsync') throw error;
        queueMicrotask(() => args.at(-1)(error));
        return undefined;
      }
      if (name === 'open') {
        const done = args.pop();
        return real.open(...args, (error, file) => {
          if (error === null) opened.add(file);
          done(error, file);
        });
      }
      inside = true;
      try {
        const result = real[name](...args);
        if (name === 'openSync') opened.add(result);
        if (name === 'closeSync') opened.delete(first);
        return result;
      } finally {
        inside = false;
      }
    };
    // realpathSync.native and the like.
    Object.assign(fs[name], real[name]);
  }
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, real);
    syncBuiltinESMExports();
    return count;
  };
}
