/**
 * The side of drawing that runs in a process of its own, where what a specification asks for can be ended: one drawing
 * after another, each answered before the next begins.
 */
import { Worker } from 'node:worker_threads';
import { messageOf } from '../shared/message-of.js';
import type { DrawingAnswer, DrawingTask } from './drawing.js';
import { drawSpecification } from './draw-specification.js';

/** As bytes of UTF-16: no page holds a larger one. */
const mostCharacters = 24_000_000;

// A terminal sends its interrupt to every process of a command; the one that started this one ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());
// Whoever started this process may be killed while a drawing keeps this thread busy: then nobody else would end it.
const watch = `const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);`;
new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();

let last = Promise.resolve();
process.on('message', (task: DrawingTask) => {
  last = last.then(async () => {
    await say(await answerTo(task));
  });
});
void say('ready');

async function answerTo(task: DrawingTask): Promise<DrawingAnswer> {
  try {
    const drawing = await drawSpecification(task);
    const size = drawing.svg.length;
    if (size <= mostCharacters) return { drawing };
    return { refused: `its SVG has ${Math.round(size / 1e6)} MB, and a page takes ${mostCharacters / 1e6} at most` };
  } catch (error) {
    return { refused: messageOf(error) };
  }
}

/** Resolves when it is written: the next drawing may keep this thread busy for long, or end it. */
function say(answer: DrawingAnswer | 'ready'): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(answer, () => {
      resolve();
    });
  });
}
