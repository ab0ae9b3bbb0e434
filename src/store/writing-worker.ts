/** The thread's side of writing into a store: one result after the other. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../shared/message-of.js';
import { type Writing, type Written, writeFileWhole } from './writing.js';

parentPort?.on('message', ({ id, root, files, wait }: Writing) => {
  let answer: Written = { id };
  try {
    for (const file of files) writeFileWhole(root, file, wait);
  } catch (error) {
    answer = { id, error: messageOf(error) };
  }
  parentPort?.postMessage(answer);
});
