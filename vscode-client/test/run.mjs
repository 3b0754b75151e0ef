/**
 * The tests in real VS Code: `node test/run.mjs [unit] [package] [features] [changes] [typing] [interpreters] [trust] [without] [ui] [choosing] [themes]`.
 *
 * TEST_KERAS is a Python with TensorFlow, CODE_SERVER the folder where code-server is installed.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { browse, CLIENT, start } from './code-server.mjs';
import { contents } from './package.mjs';
import { choosing, look, themes } from './ui.mjs';

const PACKAGE = path.join(CLIENT, 'keras-shapes.vsix');
const PYTHON_EXTENSION = path.join(CLIENT, 'out', 'python.vsix');
const WORKSPACE = path.join(CLIENT, 'test', 'workspace');
const KERAS = process.env.TEST_KERAS ?? 'python3';
const OTHER = process.env.TEST_OTHER ?? '/usr/bin/python3';
const PATIENCE = 300_000;

/** What is switched off or not there, and the tests that must fail then: a test that still passes sees nothing. */
const OFF = {
  'keras-shapes.hover': false,
  'keras-shapes.codeLens': false,
  'keras-shapes.diagnostics': false,
  'keras-shapes.inlayHints': 'off',
};
const WITHOUT = [
  {
    what: 'everything switched off',
    suite: 'features',
    options: { user: OFF },
    mustFail: [
      ...['inlay hints', 'diagnostics', 'code lens', 'hover', 'notebook', 'check workspace', 'sample'],
      ...['costs in a hover', 'what an edit changed'],
    ],
  },
  {
    what: 'no Keras',
    suite: 'model',
    options: { machine: { 'keras-shapes.interpreter': OTHER } },
    mustFail: ['of a built model', 'of a graph', 'follows the text', 'is copied', 'has proportions, colours and the loss'].map(
      (name) => `model view ${name}`,
    ),
  },
  {
    what: 'no Keras, while somebody writes',
    suite: 'writing',
    options: { machine: { 'keras-shapes.interpreter': OTHER } },
    mustFail: [
      ...['outline', 'signature and completion', 'layers that may come next', 'references'],
      ...['other forms of a model', 'the shape of data from their file'],
    ],
  },
  {
    what: 'no Keras, while somebody edits',
    suite: 'changes',
    options: { machine: { 'keras-shapes.interpreter': OTHER } },
    mustFail: [
      ...['costs in a hover', 'costs in the model view', 'layers of a call are folded', 'the branch that clashes'],
      ...['what an edit changed', 'what changed since HEAD'],
    ],
  },
  {
    what: 'no server',
    suite: 'interpreters',
    options: { machine: { 'keras-shapes.interpreter': OTHER, 'keras-shapes.importStrategy': 'fromEnvironment' } },
    mustFail: ['an interpreter without Keras', 'all interpreters are listed, with what they have'],
  },
];

const RUNS = {
  unit: async () => unit(),
  package: async () => contents(PACKAGE),
  features: () => suite('features', {}),
  changes: () => suite('changes', {}),
  typing: () => suite('typing', {}),
  interpreters: () => suite('interpreters', { machine: {}, extensions: [PYTHON_EXTENSION] }),
  trust: () => suite('trust', { trusted: false, files: { '.vscode/settings.json': UNTRUSTED } }),
  without: negative,
  ui: () => look({ extensions: [PACKAGE], machine: keras(), files: WORKSPACE }),
  choosing: () => choosing({ extensions: [PACKAGE], files: WORKSPACE }, KERAS),
  themes: () => themes({ extensions: [PACKAGE], machine: keras(), files: WORKSPACE }),
};
const UNTRUSTED = '{"keras-shapes.interpreter": "/workspace/python"}';

const chosen = process.argv.slice(2);
let failed = 0;
fs.mkdirSync(path.join(CLIENT, 'out'), { recursive: true });
packagePythonExtension();
for (const [name, run] of Object.entries(RUNS)) {
  if (chosen.length === 0 || chosen.includes(name)) {
    const begin = Date.now();
    const passed = await run();
    failed += passed ? 0 : 1;
    console.log(`${passed ? 'PASSED' : 'FAILED'} ${name} (${Math.round((Date.now() - begin) / 1000)} s)`);
  }
}
process.exit(failed ? 1 : 0);

function keras() {
  return { 'keras-shapes.interpreter': KERAS };
}

/** What needs no VS Code. */
function unit() {
  return spawnSync('npm', ['run', '--silent', 'test-unit'], { cwd: CLIENT, stdio: 'inherit' }).status === 0;
}

/** Run a suite inside the extension host; whether it passed. */
async function suite(name, options) {
  const { passed, lines } = await inside(name, options);
  console.log(lines.map((line) => `  ${line}`).join('\n'));
  return passed;
}

/** Where something is missing, the tests of it fail. */
async function negative() {
  let seen = true;
  for (const { what, suite: name, options, mustFail } of WITHOUT) {
    const environment = { TEST_PATIENCE: '4000', TEST_MANY: '99', ...options.environment };
    const { lines } = await inside(name, { ...options, environment });
    const failed = lines.some((line) => line.startsWith('FAIL'));
    const still = mustFail.filter((test) => !failed || lines.some((line) => line.startsWith(`PASS ${test} (`)));
    console.log(`  ${what}: ${mustFail.length - still.length} of ${mustFail.length} fail as they must`);
    still.forEach((test) => console.log(`  FAIL ${test} passes with ${what}`));
    seen &&= still.length === 0;
  }
  return seen;
}

async function inside(name, { user, machine = keras(), extensions = [], environment = {}, trusted, files = {} }) {
  const output = path.join(CLIENT, 'out', `${name}.txt`);
  fs.writeFileSync(output, '');
  const code = await start({
    extensions: [PACKAGE, ...extensions],
    user,
    machine,
    files: WORKSPACE,
    trusted,
    environment: {
      TEST_SUITE: name,
      TEST_OUTPUT: output,
      TEST_KERAS: KERAS,
      TEST_OTHER: OTHER,
      TEST_INSTALLED: isInstalled() ? 'yes' : 'no',
      ...environment,
    },
  });
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(code.workspace, file)), { recursive: true });
    fs.writeFileSync(path.join(code.workspace, file), text);
  }
  const { browser, page } = await browse();
  try {
    const ended = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(() => resolve('timeout'), PATIENCE).unref();
    });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    if (trusted === false) void grantTrust(page);
    const driver = path.join(CLIENT, 'test', 'driver');
    const payload = [
      ['extensionDevelopmentPath', code.remote(driver)],
      ['extensionTestsPath', code.remote(path.join(CLIENT, 'out', 'host.js'))],
      ['skipWelcome', 'true'],
    ];
    await page.goto(code.url(payload), { timeout: PATIENCE, waitUntil: 'commit' });
    const result = await ended;
    if (result !== 0 || process.env.TEST_KEEP) {
      await page.screenshot({ path: path.join(CLIENT, 'out', `${name}.png`) });
      keepLog(code, name);
    }
    return { passed: result === 0, lines: fs.readFileSync(output, 'utf8').trim().split('\n') };
  } finally {
    await browser.close();
    code.stop();
  }
}

/** The extension's own log, beside the screenshot of a run that failed. */
function keepLog({ state }, name) {
  const files = fs.readdirSync(path.join(state, 'data', 'logs'), { recursive: true });
  const log = files.find((file) => file.endsWith('Keras Shapes.log'));
  if (log) fs.copyFileSync(path.join(state, 'data', 'logs', log), path.join(CLIENT, 'out', `${name}.log`));
}

/** The suite opens the editor of trust; only a person may press the button. */
async function grantTrust(page) {
  const button = page.locator('.workspace-trust-editor .workspace-trust-buttons-row a.monaco-button', { hasText: /^Trust$/ });
  await button.first().click({ timeout: PATIENCE }).catch(() => undefined);
}

function isInstalled() {
  try {
    execFileSync(KERAS, ['-c', 'import keras_shapes'], { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

function packagePythonExtension() {
  const vsce = path.join(CLIENT, 'node_modules', '@vscode', 'vsce', 'vsce');
  const folder = path.join(CLIENT, 'test', 'python-extension');
  execFileSync(process.execPath, [vsce, 'package', '--out', PYTHON_EXTENSION], { cwd: folder, stdio: 'ignore' });
}
