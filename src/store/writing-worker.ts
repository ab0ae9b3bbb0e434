/** The thread's side of writing into a store: one result after the other. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../shared/message-of.js';
import { writeWhole } from './write-whole.js';
import type { Writing, Written } from './writing.js';

parentPort?.on('message', ({ id, root, files, wait }: Writing) => {
  let answer: Written = { id };
  try {
    for (const { path, bytes } of files) writeWhole(root, path, bytes, { wait });
  } catch (error) {
    answer = { id, error: messageOf(error) };
  }
  parentPort?.postMessage(answer);
});
