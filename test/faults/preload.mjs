/** Loaded before the real command (`node --import`): FAULT is an error code, FAULT_AT a call, FAULT_FOREVER as in file-calls.mjs. */
import { isMainThread } from 'node:worker_threads';
import { failCalls } from './file-calls.mjs';

const { FAULT, FAULT_AT, FAULT_FOREVER } = process.env;
if (isMainThread && FAULT !== undefined)
  failCalls(process.cwd(), { at: Number(FAULT_AT), code: FAULT, forever: FAULT_FOREVER === '1' });
