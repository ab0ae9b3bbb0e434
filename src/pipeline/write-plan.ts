/** Writes a plan into a file, whole or not at all. */
import { renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type PlanFile, planFile } from '../plan/plan-file.js';
import type { forecast } from '../run/run-plan.js';
import type { DeviceName } from '../shared/device-names.js';
import { makeFolder } from '../shared/make-folder.js';
import { versions } from '../shared/program.js';
import { secondsOnOneThread } from './choose-engines.js';

/** Throws the file system's error. */
export function writePlan(
  path: string,
  folder: string,
  device: DeviceName,
  steps: ReturnType<typeof forecast>,
): PlanFile {
  const { colophon, program } = versions();
  const plan = planFile({
    ...{ program: { version: colophon, digest: program }, report: resolve(folder), device },
    steps: steps.map(({ step, cached }) => ({ step, cached, seconds: secondsOnOneThread(step) })),
  });
  const { steps: rows, ...about } = plan;
  // A step a line: they can be told apart by people and by what reads lines.
  const lines = rows.map((row) => JSON.stringify(row)).join(',\n');
  makeFolder(dirname(resolve(path)));
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(about).slice(0, -1)},"steps":[\n${lines}\n]}\n`);
  renameSync(`${path}.${process.pid}`, path);
  return plan;
}
