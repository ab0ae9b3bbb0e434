/** Every training of the reports as its exported program, run by PyTorch where a Python of this machine has it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const python = process.env.PYTHON ?? 'python3';
const reports = ['report', 'test/reports/programs', ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}`)];

/** As many steps as the bound is stated for. */
const steps = 1000;

export function programs(_project, { say }) {
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) {
    say(`programs: NOT TESTED, ${python} has no torch; name one that has in PYTHON`);
    return [];
  }
  return reports.flatMap((report) => ofReport(report, say));
}

function ofReport(report, say) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-programs-'));
  const store = join(folder, 'store');
  const colophon = (...words) => spawnSync(process.execPath, [cli, ...words], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  try {
    const built = colophon('build', report, '--store', store, '--out', join(folder, 'site'));
    if (built.status !== 0) return [built.stderr];
    const trainings = JSON.parse(colophon('plan', report, '--store', store, '--json').stdout).filter(({ kind }) => kind === 'train');
    const ids = [...new Set(trainings.map(({ name }) => name.replace(/\[.*/, '')))];
    const out = join(folder, 'programs');
    for (const id of ids) {
      const written = colophon('export', id, '--torch', '--report', report, '--store', store, '--out', out);
      if (written.status !== 0) return [written.stderr];
    }
    const files = ids.length === 0 ? [] : readdirSync(out).filter((file) => file.endsWith('.py')).map((file) => join(out, file));
    const ran = spawnSync(python, [join(root, 'test', 'faults', 'programs.py'), String(steps), ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const results = ran.stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const wrong = results.filter(({ compared, gap, own, error }) => error !== null || compared === 0 || gap > Math.max(1e-6, 10 * (own ?? 0)));
    const largest = results.reduce((most, one) => (one.gap > most.gap ? one : most), { gap: 0 });
    say(`${report}: ${results.length} of ${files.length} programs of PyTorch over ${steps} steps, ${wrong.length} beyond 1e-6 and ten times PyTorch's own distance; the largest difference is ${largest.gap.toExponential(1)}`);
    return [...wrong.map((one) => JSON.stringify(one)), ...(results.length === files.length ? [] : [ran.stderr])];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
