/** Adding a name to one of the program's lists makes the compiler name every place that has to know it. */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { inFull } from './every-nth.js';

const root = join(import.meta.dirname, '..');

interface Edit {
  readonly file: string;
  readonly find: string;
  readonly write: string;
}

/** The files that the compiler is to name, which alone are looked at but in full. */
const expected = {
  softsign: [
    'src/engine/tfjs/activation.ts',
    'src/engine/wasm/codes.ts',
    'src/engine/webgpu/wgsl/activation.ts',
    // The reference computes with the definitions of the model.
    'src/model/activation.ts',
  ],
  lion: [
    'src/engine/reference/optimizer.ts',
    'src/engine/tfjs/optimizer.ts',
    'src/engine/wasm/codes.ts',
    'src/engine/webgpu/wgsl/update-rule.ts',
    'src/steps/optimizers.ts',
  ],
  quiz: ['src/plan/plan-views.ts', 'src/render/views.ts', 'src/steps/kinds.ts'],
  sharpness: ['src/client/interactive/rows.ts'],
  jax: ['src/engine/devices.ts'],
};

/** The errors of a copy of the program with these edits, as "file: message", sorted. */
function errorsWith(...edits: readonly Edit[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.build.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root, {
    incremental: false,
    noEmit: true,
  });
  delete options['tsBuildInfoFile'];
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const edited = new Map<string, string>();
  for (const { file, find, write } of edits) {
    const path = join(root, file);
    const text = edited.get(path) ?? read(path) ?? '';
    expect(text, file).toContain(find);
    edited.set(path, text.replace(find, write));
  }
  const readEdited = (path: string): string | undefined => edited.get(path) ?? read(path);
  host.readFile = readEdited;
  host.getSourceFile = (path, language) => {
    const text = readEdited(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language);
  };
  const client = join(root, 'src/client/interactive/rows.ts');
  const program = ts.createProgram([...fileNames, client], options, host);
  const looked = Object.values(expected)
    .flat()
    .map((file) => program.getSourceFile(join(root, file)));
  const found = inFull
    ? ts.getPreEmitDiagnostics(program)
    : [...new Set(looked)].flatMap((file) => program.getSemanticDiagnostics(file));
  return found
    .map(({ file, messageText }) => {
      const where = file === undefined ? '' : relative(root, file.fileName);
      return `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    })
    .sort();
}

describe('a name added to a list', () => {
  let errors: readonly string[] = [];
  beforeAll(() => {
    errors = errorsWith(
      { file: 'src/model/network.ts', find: "  'sine',\n]", write: "  'sine',\n  'softsign',\n]" },
      {
        file: 'src/engine/engine.ts',
        find: 'export interface UpdateRules {',
        write:
          'export interface UpdateRules {\n  readonly lion: { readonly rate: number; readonly weightDecay: number };',
      },
      {
        file: 'src/steps/kinds.ts',
        find: 'export interface ViewOptions {',
        write: 'export interface ViewOptions {\n  readonly quiz: { readonly question: string };',
      },
      {
        file: 'src/figures/pictures/index.ts',
        find: "  'curvature.sharpness': {",
        write: "  'curvature.sharpness': { moves: {},",
      },
      {
        file: 'src/shared/device-names.ts',
        find: 'export const devices = {',
        write: "export const devices = {\n  jax: { isEngine: true, description: 'JAX' },",
      },
    );
  }, 300_000);

  const filesNaming = (name: string): string[] => [
    ...new Set(errors.filter((error) => error.includes(name)).map((error) => error.split(': ')[0] ?? '')),
  ];

  it('an activation is missing in each engine and nowhere else', () => {
    expect(filesNaming('softsign')).toEqual(expected.softsign);
  });

  it('an update rule is missing in each engine and among the options of a training', () => {
    expect(filesNaming('lion')).toEqual(expected.lion);
  });

  it('a kind that shows results is missing where it is planned and where it is rendered', () => {
    expect(filesNaming('quiz')).toEqual(expected.quiz);
  });

  it('a picture that moves is missing where the page draws it', () => {
    expect(filesNaming('sharpness')).toEqual(expected.sharpness);
  });

  it('a device is missing where devices are opened', () => {
    expect(filesNaming('jax')).toEqual(expected.jax);
  });

  it('and there is no other error', () => {
    expect(errors.filter((error) => !/softsign|lion|quiz|sharpness|jax/.test(error))).toEqual([]);
  });
});
