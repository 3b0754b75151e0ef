/**
 * What somebody sees who has just installed the extension: `node test/newcomer.mjs FOLDER`, with TEST_KERAS as in run.mjs.
 *
 * A fresh profile and no setting, after 1, 5 and 20 seconds: a Python without TensorFlow, a `.venv` that has it, and
 * Restricted Mode; and the pages of settings and of the extension. The pictures are to be looked at.
 */

import fs from 'node:fs';
import path from 'node:path';
import { browse, CLIENT, start } from './code-server.mjs';

const FOLDER = process.argv[2] ?? path.join(CLIENT, 'out', 'newcomer');
const PACKAGE = path.join(CLIENT, 'keras-shapes.vsix');
const WORKSPACE = path.join(CLIENT, 'test', 'workspace');
const KERAS = process.env.TEST_KERAS;
const PATIENCE = 120_000;
const MOMENTS = [1, 5, 20];

const SITUATIONS = {
  'without TensorFlow': {},
  'with a venv': { venv: KERAS },
  'with an old Keras': { venv: process.env.TEST_OLD_KERAS },
  restricted: { venv: KERAS, trusted: false },
};

fs.mkdirSync(FOLDER, { recursive: true });
for (const [name, { venv, trusted }] of Object.entries(SITUATIONS)) {
  if ('venv' in SITUATIONS[name] && !venv) continue;
  await look(name, venv, trusted);
}

async function look(name, venv, trusted) {
  const home = fs.mkdtempSync(path.join(FOLDER, 'home-'));
  const environment = { HOME: home, PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`, VIRTUAL_ENV: '', CONDA_PREFIX: '' };
  const code = await start({ extensions: [PACKAGE], files: WORKSPACE, trusted, environment });
  if (venv) fs.symlinkSync(path.dirname(path.dirname(venv)), path.join(code.workspace, '.venv'));
  const { browser, page } = await browse();
  try {
    const url = code.url([['openFile', code.remote(path.join(code.workspace, 'refused.py'))]]);
    await page.goto(url, { timeout: PATIENCE, waitUntil: 'commit' });
    await page.waitForSelector('.monaco-editor .view-line', { timeout: PATIENCE });
    const begin = Date.now();
    for (const second of MOMENTS) {
      await page.waitForTimeout(Math.max(0, begin + second * 1000 - Date.now()));
      await page.screenshot({ path: path.join(FOLDER, `${name.replaceAll(' ', '-')}-${second}.png`) });
    }
    await command(page, 'Keras Shapes: Choose Interpreter');
    await page.screenshot({ path: path.join(FOLDER, `${name.replaceAll(' ', '-')}-picker.png`) });
    if (name === 'with a venv') await pages(page);
  } finally {
    await browser.close();
    code.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

/** The settings, and the page of the extension. */
async function pages(page) {
  await page.keyboard.press('Escape');
  await command(page, 'Preferences: Open Settings (UI)');
  await page.keyboard.type('@ext:keras-shapes.keras-shapes ');
  await page.waitForTimeout(3000);
  await page.screenshot({ path: path.join(FOLDER, 'settings.png') });
  await command(page, 'Extensions: Show Installed Extensions');
  await page.locator('.extensions-list .extension-list-item', { hasText: 'Keras Shapes' }).first().click({ timeout: PATIENCE });
  await page.waitForTimeout(4000);
  await page.screenshot({ path: path.join(FOLDER, 'extension.png') });
}

async function command(page, title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(2000);
}
