/** Real servers of S3's protocol that a machine may have, each started on a folder or in memory with a bucket `group`. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AwsClient } from 'aws4fetch';

export const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
const said = (program, words) => spawnSync(program, words, { encoding: 'utf8' }).stdout ?? '';
const goFolder = said('go', ['env', 'GOPATH']).trim();

/** How each is started; its program is what its variable names, or what is on the path. */
const kinds = {
  versitygw: {
    programs: [process.env.VERSITYGW, 'versitygw', join(goFolder, 'bin', 'versitygw')],
    install: 'go install github.com/versity/versitygw/cmd/versitygw@latest',
    words: (port, folder) => ['--port', `127.0.0.1:${port}`, 'posix', folder],
    version: (program) => said('go', ['version', '-m', program]).match(/^\tmod\t\S+\t(\S+)/m)?.[1] ?? '',
  },
  moto: {
    programs: [process.env.MOTO_SERVER, 'moto_server'],
    install: "pip install 'moto[server,s3]'",
    words: (port) => ['-H', '127.0.0.1', '-p', String(port)],
    version: (program) => said(join(dirname(program), 'python3'), ['-c', 'import moto; print(moto.__version__)']).trim(),
  },
};
export const serverNames = Object.keys(kinds);

/** A server of a name; undefined, and said, where it cannot be started. Its folder is kept over `restart`. */
export async function startServer(name, say = console.log) {
  const { programs, install, words, version } = kinds[name];
  const folder = mkdtempSync(join(tmpdir(), `colophon-${name}-`));
  mkdirSync(join(folder, 'group'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...process.env, ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey };
  let child;
  const start = async (program) => {
    child = spawn(program, words(port, folder), { env: environment, stdio: 'ignore' });
    let isDead = false;
    child.once('error', () => (isDead = true));
    child.once('exit', () => (isDead = true));
    for (let wait = 0; wait < 300 && !isDead; wait += 1) {
      if (await fetch(url).then(() => true, () => false)) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  };
  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  const close = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const program of programs.filter((one) => one !== undefined && one !== '')) {
    if (!(await start(program))) continue;
    // One that keeps its buckets in memory has none yet.
    if (name === 'moto') await new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' }).fetch(`${url}/group`, { method: 'PUT' });
    return { name, url, folder, version: `${name} ${version(program)}`.trim(), stop, restart: () => start(program), close };
  }
  await close();
  say(`${name}: NOT STARTED; install it with ${install}`);
  return undefined;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
