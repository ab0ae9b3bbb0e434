/** How long a build takes that finds everything in a shared store, beside copying the same bytes with AWS's own client. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharing } from './kills.mjs';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A sweep of short runs, and large arrays. */
const report = `---
title: A page
---

\`\`\`dataset #waves
function: piecewise-linear
samples: 20
noise: 0.1
test: { grid: 30 }
seed: 1
\`\`\`

\`\`\`train #many
data: waves
network: { hidden: [4], elbows: uniform }
optimizer: { kind: sgd, rate: 0.02 }
batch: 10
steps: 20
checkpoints: { every: 10 }
sweep: { optimizer.rate: [${Array.from({ length: 20 }, (_, at) => ((at + 1) / 2000).toFixed(4)).join(', ')}], seed: [${Array.from({ length: 20 }, (_, at) => at + 1).join(', ')}] }
\`\`\`

\`\`\`train #wide
data: waves
network: { hidden: [100000], elbows: uniform }
optimizer: { kind: sgd, rate: 0.000001 }
batch: 10
steps: 20
checkpoints: { every: 1 }
sweep: { seed: [1, 2, 3, 4] }
\`\`\`
`;

export async function copy(servers, say) {
  const failures = [];
  for (const server of servers) {
    const folder = mkdtempSync(join(tmpdir(), 'colophon-copy-'));
    const env = { ...sharing(server), AWS_DEFAULT_REGION: 'us-east-1' };
    const timed = (program, words) => {
      const begun = performance.now();
      const ended = spawnSync(program, words, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
      return { seconds: (performance.now() - begun) / 1000, ...ended };
    };
    try {
      mkdirSync(join(folder, 'report'));
      writeFileSync(join(folder, 'report', 'index.md'), report);
      const shared = ['--store', 's3://group/copy'];
      const filled = timed(process.execPath, [cli, 'build', 'report', '--store', 'first', ...shared]);
      if (filled.status !== 0) return [`the build that fills ${server.name}: ${filled.stderr}`];
      const { status, stderr } = spawnSync('aws', ['--version'], { encoding: 'utf8' });
      if (status !== 0) say(`the AWS client: NOT COMPARED, there is none here ${stderr ?? ''}`);
      const rounds = [1, 2, 3].map((round) => {
        const cold = timed(process.execPath, [cli, 'build', 'report', '--store', `cold${round}`, ...shared, '--out', `site${round}`]);
        if (!/ 0 steps ran/.test(cold.stdout)) failures.push(`something was computed: ${cold.stdout}${cold.stderr}`);
        // With every result here, and as little known of pages.
        rmSync(join(folder, `cold${round}`, 'v1', 'notes'), { recursive: true, force: true });
        const warm = timed(process.execPath, [cli, 'build', 'report', '--store', `cold${round}`, ...shared, '--out', `warm${round}`]);
        const copied = status === 0 ? timed('aws', ['s3', 'cp', '--recursive', '--quiet', 's3://group/copy', `copied${round}`]) : undefined;
        return { cold: cold.seconds, warm: warm.seconds, copied: copied?.seconds ?? Number.NaN };
      });
      const median = (name) => rounds.map((round) => round[name]).sort((a, b) => a - b)[1];
      const files = status === 0 ? readdirSync(join(folder, 'copied1'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
      const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
      const [cold, warm, copied] = [median('cold'), median('warm'), median('copied')];
      say(
        `copy with ${server.version}: ${files.length} objects, ${(bytes / 1e6).toFixed(0)} MB; a build that finds all of it there ${cold.toFixed(1)} s, ` +
          `${(cold - warm).toFixed(1)} s more than the first one with all results here; aws s3 cp ${copied.toFixed(1)} s: ${(cold / copied).toFixed(2)} times, for what is fetched ${((cold - warm) / copied).toFixed(2)} times`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return failures;
}
