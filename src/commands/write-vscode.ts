/** The files of Visual Studio Code, put beside what a person has in them already. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vscodeFiles } from '../reference/vscode.js';
import type { JsonSchema } from '../reference/schemas.js';
import { makeFolder } from '../shared/make-folder.js';
import { ownCommand } from '../shared/own-command.js';

type Settings = Readonly<Record<string, unknown>>;

export interface WrittenFiles {
  readonly written: readonly string[];
  /** Files of the person's own that cannot be read as JSON, and so are as they were. */
  readonly left: readonly string[];
  /** Whether the tasks work where the folder is copied to. */
  readonly isPortable: boolean;
}

/** Writes them below a folder that a person opens. Throws the file system's error. */
export function writeVscode(folder: string, schemas: Readonly<Record<string, JsonSchema>>): WrittenFiles {
  const { program, words, isPortable } = ownCommand(folder);
  const files = vscodeFiles(schemas, { command: [program, ...words], report: reportIn(folder) });
  const [written, left]: [string[], string[]] = [[], []];
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    const before = existsSync(place) ? parsed(readFileSync(place, 'utf8')) : {};
    if (before === undefined) {
      left.push(place);
      continue;
    }
    makeFolder(dirname(place));
    const isShared = /\/(?:settings|tasks)\.json$/.test(path);
    writeFileSync(place, `${JSON.stringify(isShared ? beside(before, content as Settings) : content, null, 2)}\n`);
    written.push(place);
  }
  return { written, left, isPortable };
}

/** The one folder of a report there, by its settings or by its usual name. */
function reportIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const isReport = (name: string): boolean => existsSync(join(folder, name, 'colophon.yaml'));
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name);
  const [first, ...others] = ['.', ...below].filter(isReport);
  if (first !== undefined) return others.length === 0 ? first : undefined;
  const usual = join(folder, 'report');
  return existsSync(usual) && statSync(usual).isDirectory() ? 'report' : undefined;
}

/** Undefined for what is no object in JSON; these files may hold comments, which would be lost. */
function parsed(text: string): Settings | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : undefined;
  } catch {
    return undefined;
  }
}

/** What was there before, which wins, and what is new beside it; of entries with a label the new one of that label. */
function beside(before: Settings, added: Settings): Settings {
  const merged = Object.entries(added).map(([key, value]): [string, unknown] => {
    const old = before[key];
    if (Array.isArray(value) && Array.isArray(old)) {
      const names = new Set(value.map(nameOf));
      return [key, [...(old as unknown[]).filter((one) => !names.has(nameOf(one))), ...(value as unknown[])]];
    }
    const areObjects = [old, value].every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    return [key, areObjects ? { ...(value as Settings), ...(old as Settings) } : (old ?? value)];
  });
  return { ...before, ...Object.fromEntries(merged) };
}

function nameOf(entry: unknown): unknown {
  const { label, id } = entry as { readonly label?: unknown; readonly id?: unknown };
  return label ?? id;
}
