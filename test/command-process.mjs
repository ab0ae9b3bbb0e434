/** A process that runs the compiled command again and again, each time in another folder, as if it were the first. */
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

const [, , cli = ''] = process.argv;
const end = process.exit.bind(process);
// Every command listens to the process and to what it writes to anew.
for (const emitter of [process, process.stdout, process.stderr]) emitter.setMaxListeners(0);
process.once('disconnect', () => end());

let said = { out: '', err: '' };
const collect = (name) => (text, encoding, done) => {
  said[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
  const then = typeof encoding === 'function' ? encoding : done;
  if (then !== undefined) process.nextTick(then);
  return true;
};
process.stdout.write = collect('out');
process.stderr.write = collect('err');

let count = 0;
process.on('message', async ({ cwd, words }) => {
  said = { out: '', err: '' };
  process.exitCode = undefined;
  process.chdir(cwd);
  process.argv = [process.execPath, cli, ...words];
  try {
    count += 1;
    await import(`${pathToFileURL(cli).href}?${count}`);
  } catch (error) {
    said.err += inspect(error);
    process.exitCode = 1;
  }
  process.send({ code: process.exitCode ?? 0, ...said });
});
// A command that ends its process has no time for a message.
process.on('exit', (code) => writeSync(1, JSON.stringify({ code, ...said })));
