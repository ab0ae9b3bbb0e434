/** Loads the plugins for remark and rehype that colophon.yaml names. They are code: only a trusted build runs them. */
import { type Processor, unified } from 'unified';
import { messageOf } from '../../shared/message-of.js';
import type { Allowed } from '../../shared/allowed.js';
import { sha256 } from '../../shared/hash.js';
import type { Limits } from '../../shared/limits.js';
import { rememberPlugin } from '../../shared/loaded-plugins.js';
import { type LoadedPlugin, noPlugins, PluginFailure, type Plugins } from '../../shared/plugin.js';
import type { Place, Problem } from '../../shared/problem.js';
import type { PluginEntry } from '../report.js';
import { openReport } from '../report-files.js';
import { readSettings, settingsFile } from '../settings.js';
import { findPlugin } from './find-plugin.js';
import { guarded } from './guarded.js';

export interface LoadedPlugins {
  readonly plugins: Plugins;
  readonly problems: readonly Problem[];
}

/** Of a report without plugins. */
export const nothingLoaded: LoadedPlugins = { plugins: noPlugins, problems: [] };

/** The plugins of the report in a folder; none where it names none, or where settings or folder cannot be read. */
export async function loadPlugins(
  folder: string,
  { trust, followLinks }: Pick<Allowed, 'trust' | 'followLinks'>,
  limits: Limits,
): Promise<LoadedPlugins> {
  let files: ReturnType<typeof openReport>;
  try {
    files = openReport(folder, { followLinks });
  } catch {
    return nothingLoaded;
  }
  const bytes = files.read(settingsFile, 'settings');
  if ('refused' in bytes) return nothingLoaded;
  const { settings, placeOf } = readSettings(bytes);
  const { remark = [], rehype = [] } = settings.plugins ?? {};
  const all = [...remark, ...rehype];
  if (all.length === 0) return nothingLoaded;
  if (!trust) return { plugins: noPlugins, problems: [untrusted(all.length, placeOf(['plugins'], 'key'))] };

  const problems: Problem[] = [];
  const digests: unknown[] = [];
  const load = async (entry: PluginEntry, place: Place): Promise<LoadedPlugin[]> => {
    const [name, ...options] = typeof entry === 'string' ? [entry] : entry;
    const refuse = (message: string, hint: string): [] => {
      problems.push({ place, rule: 'unknown-plugin', message, hint });
      return [];
    };
    const found = findPlugin(name, files);
    if ('refused' in found) return refuse(`the plugin ${name}: ${found.refused}`, found.hint);
    digests.push([name, found.digest, options]);
    rememberPlugin(name, found.url);
    try {
      const { default: plugin } = (await import(found.url)) as { readonly default?: unknown };
      if (typeof plugin !== 'function')
        return refuse(`${name} exports no plugin`, 'name a module whose default export is a function');
      const own = plugin as (this: Processor, ...options: unknown[]) => unknown;
      const attach = guarded({ name, url: found.url, plugin: own }, limits);
      // What it finds wrong with its options it says when it is attached.
      unified()
        .use(attach, ...options)
        .freeze();
      return [{ name, attach, options }];
    } catch (error) {
      if (error instanceof PluginFailure) return refuse(error.message, 'mend it or its options');
      const message = messageOf(error);
      return refuse(`the plugin ${name} cannot be loaded: ${message}`, 'mend or reinstall it');
    }
  };
  const loadAll = async (entries: readonly PluginEntry[], chain: 'remark' | 'rehype'): Promise<LoadedPlugin[]> => {
    const loaded: LoadedPlugin[] = [];
    for (const [index, entry] of entries.entries())
      loaded.push(...(await load(entry, placeOf(['plugins', chain, index], 'value'))));
    return loaded;
  };
  const plugins = { remark: await loadAll(remark, 'remark'), rehype: await loadAll(rehype, 'rehype') };
  return { plugins: { ...plugins, digest: sha256(JSON.stringify(digests)) }, problems };
}

function untrusted(count: number, place: Place): Problem {
  return {
    place,
    rule: 'untrusted-plugin',
    message: `plugins are code; ${count === 1 ? 'this one is' : `these ${count} are`} not run`,
    hint: 'add --trust if this report is your own',
    severity: 'warning',
  };
}
