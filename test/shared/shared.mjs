/**
 * `npm run test:shared [-- protocol kills copy] [--rounds N]`: a shared store on real servers of S3's protocol, each of those
 * that this machine can start. `-- record` writes their answers down in test/fixtures/shared for `npm test`.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { copy } from './copy.mjs';
import { kills } from './kills.mjs';
import { recorder } from './record.mjs';
import { serverNames, startServer } from './servers.mjs';

const words = process.argv.slice(2);
const at = words.indexOf('--rounds');
const rounds = at < 0 ? 200 : Number(words[at + 1]);
const say = (line) => console.log(line);

/** The tests of the protocol against servers at these addresses; the exit code. */
async function talkTo(endpoints) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const tests = spawn('npx', ['vitest', 'run', 'test/store/remote/protocol.test.ts', '-t', 'of the server at', '--maxWorkers=1'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SHARED_ENDPOINTS: endpoints.join(' ') },
  });
  let out = '';
  tests.stdout.on('data', (text) => (out += text));
  const code = await new Promise((resolve) => tests.once('exit', resolve));
  return { code, out };
}

const sections = {
  async record(servers) {
    const recordings = [];
    for (const { version, url } of servers) {
      const between = await recorder(url);
      const { code, out } = await talkTo([between.url]);
      between.close();
      if (code !== 0) return [out];
      recordings.push({ server: version, exchanges: between.exchanges });
    }
    writeFileSync(new URL('../fixtures/shared/exchanges.json', import.meta.url), `${JSON.stringify(recordings, null, 1)}\n`);
    say(`recorded: ${recordings.map(({ server, exchanges }) => `${server}, ${exchanges.length} exchanges`).join('; ')}`);
    return [];
  },
  async protocol(servers) {
    const { code, out } = await talkTo(servers.map(({ url }) => url));
    say(`protocol with ${servers.map(({ version }) => version).join(', ')}: ${code === 0 ? '0 failures' : 'FAILED'}`);
    return code === 0 ? [] : [out];
  },
  // One that keeps its objects in memory loses them when it is killed, and every result with them.
  kills: async (servers) => kills(servers, rounds, say),
  copy: async (servers) => copy(servers, say),
};

const named = words.filter((word) => Object.hasOwn(sections, word));
const servers = [];
const failures = [];
try {
  for (const name of serverNames) {
    const server = await startServer(name, say);
    if (server !== undefined) servers.push(server);
  }
  if (servers.length === 0) failures.push('no server could be started');
  else for (const name of named.length > 0 ? named : ['protocol', 'kills', 'copy']) failures.push(...(await sections[name](servers)));
} finally {
  for (const server of servers) await server.close();
}
for (const failure of failures) console.log(`failed  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
