/**
 * `node row.mjs NAME [--tiny] [--seconds N]`: one row of rows.mjs, as lines of JSON; without a name the names of all rows. A device that is not there is said as
 * `missing`, an error as `failed`; the exit code is 0 either way, so that whoever asks reads on.
 */
import { parseArgs } from 'node:util';
import { openProcessor, openWorld } from './open.mjs';
import { rows } from './rows.mjs';

const { values, positionals } = parseArgs({
  options: { tiny: { type: 'boolean', default: false }, seconds: { type: 'string', default: '60' } },
  allowPositionals: true,
});
const [name] = positionals;
const all = rows(values.tiny);
// In one write, so that a process that is ended loses no half of a line.
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
if (name === undefined) {
  for (const [row, { needsGpu }] of Object.entries(all)) say({ row, needsGpu });
} else {
  try {
    const { needsGpu, measure } = all[name];
    const world = needsGpu ? await openWorld(values) : { processor: openProcessor(), tiny: values.tiny };
    if (needsGpu && world.missing !== undefined) say({ row: name, what: 'WebGPU', missing: world.missing });
    else await measure({ ...world, patience: Number(values.seconds) }, say);
  } catch (error) {
    say({ row: name, what: 'WebGPU', failed: String(error?.message ?? error).split('\n', 1)[0] });
  }
}
// Dawn's threads would keep the process.
process.exit(0);
