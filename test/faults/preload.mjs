/**
 * Loaded before the command (`node --import`), it makes one call of the file system fail, or ends the process at it, as if
 * the machine had: FAULT_AT is the number of the call, from 1; FAULT is KILL or an error code; with FAULT_FOREVER every
 * call from there on fails. Counted are the calls on files below FAULT_FOLDER. At the end FAULT_COUNT receives their number.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const { FAULT, FAULT_AT, FAULT_FOREVER, FAULT_FOLDER = process.cwd(), FAULT_COUNT } = process.env;
const { writeFileSync } = fs;
const names = ['chmodSync', 'closeSync', 'cpSync', 'fsyncSync', 'linkSync', 'lstatSync', 'mkdirSync', 'openSync',
  'readFileSync', 'readdirSync', 'realpathSync', 'renameSync', 'rmSync', 'rmdirSync', 'statSync', 'unlinkSync', 'writeSync',
  'copyFileSync'];
const below = (path) => typeof path === 'string' && (resolve(path) + sep).startsWith(FAULT_FOLDER + sep);
const opened = new Set();
let count = 0;
let inside = false;

if (isMainThread) {
  for (const name of names) {
    const real = fs[name];
    fs[name] = (...args) => {
      const watched = !inside && (typeof args[0] === 'number' ? opened.has(args[0]) : below(args[0]));
      if (!watched) return real(...args);
      count += 1;
      const at = Number(FAULT_AT);
      if (count === at || (FAULT_FOREVER !== undefined && count > at)) {
        if (FAULT === 'KILL') process.kill(process.pid, 'SIGKILL');
        // A file that could not be closed is closed all the same.
        if (name === 'closeSync') real(...args);
        throw Object.assign(new Error(`${FAULT}: injected, ${name} '${args[0]}'`), {
          code: FAULT, errno: -5, syscall: name.replace('Sync', ''), path: String(args[0]),
        });
      }
      inside = true;
      try {
        const result = real(...args);
        if (name === 'openSync') opened.add(result);
        if (name === 'closeSync') opened.delete(args[0]);
        return result;
      } finally {
        inside = false;
      }
    };
  }
  syncBuiltinESMExports();
  if (FAULT_COUNT !== undefined) process.on('exit', () => writeFileSync(FAULT_COUNT, String(count)));
}
