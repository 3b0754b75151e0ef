/** What is in the package: all that it needs, and nothing else. */

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CLIENT } from './code-server.mjs';

const NEEDED = [
  'package.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/extension.js',
  'dist/view.js',
  'media/icon.png',
  'media/interpreters.png',
  'media/model-view-dark.png',
  'media/quick-fix.png',
  'media/squiggle.png',
  'media/view.css',
  'samples/first_minute.py',
  'walkthrough/sample.md',
  'bundled/start.py',
  'bundled/libs/keras_shapes/__init__.py',
  'bundled/libs/keras_shapes/worker/main.py',
  'bundled/libs/keras_shapes/docs/rules/incompatible-input.md',
  'bundled/libs/pygls/__init__.py',
  'bundled/libs/tomli/__init__.py',
];
const ALLOWED = [
  /^(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^dist\/(extension|view)\.js$/,
  /^media\/[a-z-]+\.(png|css)$/,
  /^samples\/\w+\.py$/,
  /^walkthrough\/\w+\.md$/,
  /^bundled\/start\.py$/,
  /^bundled\/libs\/.*(\.pyi?|\.md|\.json|\.typed|\.txt|METADATA|WHEEL|entry_points\.txt|LICEN[CS]E[^/]*|AUTHORS[^/]*)$/,
];
const MOST = 4 << 20;

/** Whether the contents of a `.vsix` are right; says what is not, and how large it is. */
export function contents(file) {
  const program = 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep="\\n")';
  const names = execFileSync('python3', ['-c', program, file], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n');
  const inside = names.filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
  const missing = NEEDED.filter((name) => !inside.includes(name));
  const needless = inside.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  const { size } = fs.statSync(file);
  console.log(`  ${(size / 2 ** 20).toFixed(2)} MB, ${inside.length} files`);
  missing.forEach((name) => console.log(`  FAIL ${name} is missing`));
  needless.forEach((name) => console.log(`  FAIL ${name} is not needed`));
  return missing.length === 0 && needless.length === 0 && size < MOST && refusesNowhere();
}

/** A package for a marketplace is not made while the project has no address. */
function refusesNowhere() {
  const nowhere = fs.readFileSync(path.join(CLIENT, 'package.json'), 'utf8').includes('example.invalid');
  const script = path.join(CLIENT, 'scripts', 'package.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--release', '--check'], { encoding: 'utf8' });
  const right = nowhere ? status === 1 && stderr.startsWith('not packaged: example.invalid') : status === 0;
  if (!right) console.log(`  FAIL a package for a marketplace ends with ${status}: ${stderr}`);
  return right;
}
