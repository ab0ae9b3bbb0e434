/** Keeps a process that runs commands (command-process.mjs), and gives what each said to the thread that waits for it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { cli, answers, told } = workerData;
const program = fileURLToPath(new URL('command-process.mjs', import.meta.url));

function answer(ended) {
  answers.postMessage(ended);
  Atomics.store(told, 0, 1);
  Atomics.notify(told, 0);
}

let child;
function start() {
  const started = fork(program, [cli], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said = { last: '', err: '' };
  started.stdout.on('data', (text) => (said.last += text));
  started.stderr.on('data', (text) => (said.err += text));
  started.on('message', answer);
  started.on('close', (code) => {
    if (child !== started) return;
    child = undefined;
    try {
      answer(JSON.parse(said.last));
    } catch {
      answer({ code, out: said.last, err: said.err });
    }
  });
  return started;
}

parentPort.on('message', (command) => {
  child ??= start();
  child.send(command);
});
