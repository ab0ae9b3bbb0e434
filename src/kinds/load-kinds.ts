/** Loads the kinds of directive that colophon.yaml names. They are code: only a trusted build runs them. */
import { messageOf } from '../shared/message-of.js';
import type { Allowed } from '../shared/allowed.js';
import type { Limits } from '../shared/limits.js';
import { rememberPlugin } from '../shared/loaded-plugins.js';
import type { Place, Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import { openReport } from '../source/report-files.js';
import type { ReportFiles } from '../source/report.js';
import { readSettings, settingsFile } from '../source/settings.js';
import { directiveKinds } from '../steps/kinds.js';
import type { StepKind } from '../steps/step.js';
import type { KindDefinition, PictureDefinition } from './api.js';
import { faultOfDefinition, faultOfPicture } from './check-definition.js';
import { isDefinition } from './definition-mark.js';
import { linkModule, type LinkedModule } from './link-module.js';
import { ownKind } from './own-kind.js';
import { faultOfLoading } from './run-in-thread.js';
import { withinModuleTime } from './within-module-time.js';

export interface LoadedKinds {
  readonly kinds: readonly StepKind[];
  readonly problems: readonly Problem[];
}

/** Of a report without kinds of its own. */
export const noKinds: LoadedKinds = { kinds: [], problems: [] };

/** The kinds of the report in a folder; none where it names none, or where settings or folder cannot be read. */
export async function loadKinds(
  folder: string,
  { trust, followLinks }: Pick<Allowed, 'trust' | 'followLinks'>,
  limits: Limits,
): Promise<LoadedKinds> {
  let files: ReportFiles;
  try {
    files = openReport(folder, { followLinks });
  } catch {
    return noKinds;
  }
  const bytes = files.read(settingsFile, 'settings');
  if ('refused' in bytes) return noKinds;
  const { settings, placeOf } = readSettings(bytes);
  const modules = settings.kinds;
  if (modules.length === 0) return noKinds;
  if (!trust) return { kinds: [], problems: [untrusted(modules.length, placeOf(['kinds'], 'key'))] };

  const kinds: StepKind[] = [];
  const pictures: NamedPicture[] = [];
  const problems: Problem[] = [];
  for (const [index, path] of modules.entries()) {
    const place = placeOf(['kinds', index], 'value');
    const loaded = await loadModule(path, files, place, limits);
    if ('rule' in loaded) {
      problems.push(loaded);
      continue;
    }
    pictures.push(...loaded.pictures.map((picture) => ({ picture, path, place })));
    for (const definition of loaded.definitions) {
      const taken = [...directiveKinds, ...kinds].some(({ kind }) => kind === definition.name);
      const fault = taken
        ? { message: `there is a kind "${definition.name}" already`, hint: 'give this one another name' }
        : faultOfDefinition(definition);
      if (fault === undefined) kinds.push(ownKind(definition, loaded.module, limits));
      else problems.push({ place, rule: 'kind-module', message: `${path}: ${fault.message}`, hint: fault.hint });
    }
  }
  const drawn = kinds.map((kind) => withPictures(kind, pictures, limits));
  problems.push(...pictures.flatMap((one) => pictureProblem(one, pictures, kinds)));
  return { kinds: drawn, problems };
}

interface NamedPicture {
  readonly picture: PictureDefinition;
  readonly path: string;
  readonly place: Place;
}

function withPictures(kind: StepKind, pictures: readonly NamedPicture[], limits: Limits): StepKind {
  const own = pictures.filter(({ picture }) => picture.of === kind.kind).map(({ picture }) => picture);
  if (own.length === 0) return kind;
  const within = own.map((picture): [string, PictureDefinition] => {
    const { name, specification } = picture;
    return [name, { ...picture, specification: (planned) => withinModuleTime(limits, () => specification(planned)) }];
  });
  return { ...kind, ownPictures: Object.fromEntries(within) };
}

function pictureProblem(
  { picture, path, place }: NamedPicture,
  pictures: readonly NamedPicture[],
  kinds: readonly StepKind[],
): Problem[] {
  const wrong = (message: string, hint: string): Problem[] => [
    { place, rule: 'kind-module', message: `${path}: ${message}`, hint },
  ];
  const fault = faultOfPicture(picture);
  if (fault !== undefined) return wrong(fault.message, fault.hint);
  const known = kinds.map(({ kind }) => kind);
  if (!known.includes(picture.of))
    return wrong(`there is no kind "${picture.of}" of this report`, suggestion(picture.of, known));
  const first = pictures.find((one) => one.picture.of === picture.of && one.picture.name === picture.name);
  if (first?.picture === picture) return [];
  return wrong(`"${picture.of}" has a picture "${picture.name}" already`, 'give this one another name');
}

async function loadModule(
  path: string,
  files: ReportFiles,
  named: Place,
  limits: Limits,
): Promise<
  | {
      readonly definitions: readonly KindDefinition[];
      readonly pictures: readonly PictureDefinition[];
      readonly module: LinkedModule;
    }
  | Problem
> {
  const module = await linkModule(path, files);
  if ('message' in module) {
    const { place = named, message, hint } = module;
    return { place, rule: 'kind-module', message, hint };
  }
  rememberPlugin(path, path);
  const met = await faultOfLoading(module.url, limits);
  if (met !== undefined)
    return { place: named, rule: 'kind-module', message: `${path} cannot be loaded: ${met.message}`, hint: met.hint };
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await import(/* @vite-ignore */ module.url)) as typeof exported;
  } catch (error) {
    const said = messageOf(error);
    // The address of a module is its whole text.
    const told = said
      .replace(/'?data:text\/javascript;base64,[^'"\s]*'?/g, 'a module')
      .replace(/'file:[^']*\/kinds\/api\.js'/, 'colophon/kinds');
    const message = `${path} cannot be loaded: ${told}`;
    const hint = said.includes('does not provide an export')
      ? 'mend the import; of types it is "import type"'
      : 'mend the module';
    return { place: named, rule: 'kind-module', message, hint };
  }
  const definitions = [...new Set(Object.values(exported))].filter((one): one is KindDefinition =>
    isDefinition(one, 'kind'),
  );
  const pictures = [...new Set(Object.values(exported))].filter((one): one is PictureDefinition =>
    isDefinition(one, 'picture'),
  );
  if (definitions.length + pictures.length > 0) return { definitions, pictures, module };
  const hint = "export what defineKind of 'colophon/kinds' gives";
  return { place: named, rule: 'kind-module', message: `${path} defines no kind and no picture`, hint };
}

function untrusted(count: number, place: Place): Problem {
  return {
    place,
    rule: 'untrusted-kind',
    message: `kinds of directive are code; ${count === 1 ? 'this one is' : `these ${count} are`} not run`,
    hint: 'add --trust if this report is your own',
  };
}
