// The rooms of src/ and who may import whom (ARCHITECTURE.md). `types` marks type-only imports.
const rooms = ['shared', 'languages', 'source', 'plan', 'run', 'figures', 'render', 'steps', 'model', 'engine', 'store', 'client', 'svg', 'publish', 'kinds', 'diff', 'export', 'lab', 'cluster'];
const room = (name) => `^src/${name}/`;
const shared = '^src/shared/';
/** A room may import itself, the shared words, and what is listed; from the others nothing at all. */
const may = (name, imports, types = []) => [
  {
    name: `${name}-imports`,
    comment: `src/${name} may import ${[...imports, ...types.map((t) => `types of ${t}`)].join(', ') || 'only itself'}`,
    severity: 'error',
    from: { path: room(name) },
    to: { path: '^src/', pathNot: [room(name), shared, ...[...imports, ...types].map(room)] },
  },
  ...types.map((type) => ({
    name: `${name}-types-of-${type}`,
    comment: `src/${name} may import only types of src/${type}`,
    severity: 'error',
    from: { path: room(name) },
    to: { path: room(type), dependencyTypesNot: ['type-only'] },
  })),
];
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$', '/left-out\\.ts$', '/interactive/transcendental\\.ts$', '/client/root\\.ts$', '/client/lab/(?:crypto|no-suggestions)\\.ts$', '/client/verify/no-(?:files|schemas)\\.ts$'] }, to: {} },
    { name: 'only-the-cli-builds', severity: 'error', from: { pathNot: '^src/(cli\\.ts$|commands/|dev/|pipeline/)' }, to: { path: '^src/(cli\\.ts|pipeline/|commands/)' } },
    ...may('shared', []),
    ...may('languages', []),
    ...may('source', ['languages']),
    ...may('model', []),
    ...may('engine', ['model']),
    ...may('store', []),
    ...may('steps', ['model'], ['engine']),
    ...may('kinds', ['steps', 'model', 'source'], ['engine']),
    ...may('plan', ['steps', 'model'], ['source', 'languages']),
    ...may('run', [], ['plan', 'steps', 'engine', 'store']),
    ...may('verify', [], ['plan', 'steps', 'engine', 'store']),
    ...may('cluster', ['source']),
    ...may('svg', []),
    ...may('diff', ['figures']),
    ...may('export', ['model', 'steps'], ['engine']),
    ...may('lab', ['model', 'steps', 'plan', 'verify'], ['engine', 'languages']),
    ...may('publish', ['store']),
    ...may('figures', ['model', 'svg', 'languages'], ['plan', 'steps']),
    ...may('client', ['model', 'engine', 'figures', 'languages', 'lab', 'export', 'steps']),
    ...may('render', ['svg', 'languages'], ['source', 'plan', 'figures', 'lab']),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
};
