/** VS Code as code-server, and the browser that looks at it. Nothing outside this machine is asked for. */

import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

export const CLIENT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = process.env.CODE_SERVER ?? path.join(CLIENT, 'out', 'code-server');
const ENTRY = path.join(FOLDER, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];
const EDITOR = {
  'files.autoSave': 'off', // in a browser, VS Code saves by itself: tests find the files as they are here
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** A fresh VS Code with the extensions, settings and files of a run. */
export async function start({ extensions, user = {}, machine = {}, files, environment = {}, trusted = true }) {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), 'keras-shapes-vscode-'));
  const workspace = path.join(state, 'workspace');
  fs.cpSync(files, workspace, { recursive: true });
  write(path.join(state, 'data', 'User', 'settings.json'), { ...EDITOR, ...user });
  write(path.join(state, 'data', 'Machine', 'settings.json'), machine);
  write(path.join(state, 'config.yaml'), {});
  const common = ['--user-data-dir', `${state}/data`, '--extensions-dir', `${state}/extensions`];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...environment };
  delete env.PORT;
  for (const each of extensions) {
    await promisify(execFile)(process.execPath, [ENTRY, ...common, '--install-extension', each], { env });
  }
  const port = await freePort();
  const log = fs.openSync(path.join(state, 'code-server.log'), 'w');
  const options = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--config', `${state}/config.yaml`];
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const more = ['--disable-getting-started-override', '--vscode-option', 'enable-smoke-test-driver'];
  const args = [ENTRY, '--bind-addr', `127.0.0.1:${port}`, ...options, ...trust, ...more, ...common];
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', log, log], detached: true });
  const stop = () => {
    process.off('exit', stop);
    process.kill(-server.pid, 'SIGKILL');
    fs.rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.on('exit', stop);
  await answer(`http://127.0.0.1:${port}/healthz`);
  return {
    stop,
    workspace,
    state,
    url: (payload) => `http://127.0.0.1:${port}/?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    remote: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
  };
}

/** A browser with one page; the hosts beyond this machine that it asked for are noted. */
export async function browse() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1200, height: 660 }, deviceScaleFactor: 1 });
  return { browser, page };
}

function write(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answer(url) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`no answer from ${url}`);
}
