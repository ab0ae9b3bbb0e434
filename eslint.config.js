import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'site/',
      'coverage/',
      '.colophon/',
      'test/sites/',
      'test/reports/',
      'src/engine/wasm/assembly/',
      'src/figures/inter-widths.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/client/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Numeric code indexes typed arrays in hot loops: `array[i]!` is the idiom there, as a check per element would
    // be both noise and cost. Indices are covered by the tests against NumPy and PyTorch.
    files: [
      'src/model/**/*.ts',
      'src/engine/**/*.ts',
      'src/client/interactive/{dot,krylov,spectrum}.ts',
      'test/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
