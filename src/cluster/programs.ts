/** Programs of a scheduler, run to their end. */
import { execFile } from 'node:child_process';

export interface Ended {
  /** Undefined where the program is not there, or took too long. */
  readonly code: number | undefined;
  readonly out: string;
  /** What it said, or why it did not run. */
  readonly err: string;
}

/** Runs one program with these words. Never rejects. */
export type RunProgram = (program: string, words: readonly string[]) => Promise<Ended>;

/** Milliseconds that a question to a scheduler may take. */
const patience = 60_000;

export const runProgram: RunProgram = (program, words) =>
  new Promise((resolve) => {
    execFile(program, [...words], { timeout: patience, maxBuffer: 2 ** 28 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      const said = err.trim();
      resolve({ code, out, err: said === '' && error !== null ? error.message : said });
    });
  });
