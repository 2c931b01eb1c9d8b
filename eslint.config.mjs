// What the compiler cannot say: promises nobody waits for, and imports that point the wrong way.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noEditor = { regex: '^vscode$', message: '`vscode` belongs in src/host and src/extension.ts.' };
const noPanel = { regex: '/webview/', message: 'Host and panel share src/protocol.ts and nothing else.' };
const insideCore = { regex: '^(?!\\./)', message: 'src/core imports nothing outside itself.' };
const insidePanel = { regex: '^(?!\\./|(\\.\\./)+src/protocol$|chart\\.js($|/)|katex$)', message: 'The panel sees src/protocol.ts, Chart.js and KaTeX only.' };

/** The rule's settings replace each other instead of adding up, so each room states all of its own. */
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default defineConfig(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'src/core/kernels/assembly/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    // the four programs of the project, each named: files are found in the one whose `include` has them
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './src/core/tsconfig.json', './webview/tsconfig.json', './test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // an interface that wants a promise may have nothing to await
      '@typescript-eslint/require-await': 'off',
      // objects here are closures without a `this`; src/host, which has classes, turns it on again
      '@typescript-eslint/unbound-method': 'off',
      // the compiler's job
      '@typescript-eslint/no-unused-vars': 'off',
      // without it a `switch` over a closed union may forget a case
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: forbid(noEditor, noPanel) },
  {
    files: ['src/host/**/*.ts', 'src/extension.ts'],
    // VS Code's own types give `any` for dispose() and for what a panel sends
    rules: { ...forbid(noPanel), '@typescript-eslint/unbound-method': 'error', '@typescript-eslint/no-unsafe-return': 'off' },
  },
  { files: ['src/core/**/*.ts'], rules: forbid(insideCore) },
  { files: ['src/core/kernels/*.ts'], rules: forbid({ ...insideCore, regex: '^(?!\\.\\.?/[a-z-]+(\\.wasm)?$)' }) },
  { files: ['webview/**/*.ts'], rules: forbid(insidePanel) },
  {
    // tests read JSON of outside references and of the command line as it comes
    files: ['test/**/*.ts'],
    rules: Object.fromEntries(['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off'])),
  },
  {
    files: ['**/*.{mjs,cjs}'],
    rules: { 'no-unused-vars': 'error', 'no-undef': 'off', 'prefer-const': 'error', eqeqeq: 'error' },
  },
);
