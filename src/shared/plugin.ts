/** Plugins for remark and rehype that a report brings, once they are loaded. */
import type { Plugin } from 'unified';
import type { Position } from 'unist';
import type { VFile } from 'vfile';
import type { Problem } from './problem.js';

export interface LoadedPlugin {
  /** As colophon.yaml names it. */
  readonly name: string;
  /** Throws a `PluginFailure` wherever the plugin itself throws. */
  readonly attach: Plugin<unknown[]>;
  readonly options: readonly unknown[];
}

export interface Plugins {
  readonly remark: readonly LoadedPlugin[];
  readonly rehype: readonly LoadedPlugin[];
  /** SHA-256 of their code and options, for the keys of all that they touch; empty without any. */
  readonly digest: string;
}

export const noPlugins: Plugins = { remark: [], rehype: [], digest: '' };

/** A message that a plugin left with a file. */
export function saidByPlugin(file: string, message: VFile['messages'][number]): Problem {
  const { reason, line = 1, column = 1, source, ruleId, fatal } = message;
  return {
    place: { file, line, column },
    rule: 'plugin-message',
    message: reason,
    hint: `said by the plugin ${[source, ruleId].filter((part) => part !== undefined).join(':')}`,
    ...(fatal !== true && { severity: 'warning' }),
  };
}

/** What went wrong in a plugin, with its place where the plugin says one. */
export class PluginFailure extends Error {
  override readonly name = 'PluginFailure';
  readonly position: Position | undefined;

  constructor(plugin: string, message: string, position?: Position) {
    super(`the plugin ${plugin} failed: ${message}`);
    this.position = position;
  }
}
