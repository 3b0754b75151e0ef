/** `Choose Interpreter`: with the Python extension where it is installed, else from a list. */

import { existsSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Interpreters } from './interpreters';
import { executable, isForbidden } from './launching';
import { SECTION } from './settings';
import { strings } from './strings';

interface Choice extends vscode.QuickPickItem {
  readonly interpreter?: string;
}

/** Folders of a person's environments: each folder in them is one. */
const HOMES = ['.virtualenvs', '.pyenv/versions', '.conda/envs', 'miniconda3/envs', 'anaconda3/envs', 'miniforge3/envs'];
const BASES = ['miniconda3', 'anaconda3', 'miniforge3'];

export async function chooseInterpreter(interpreters: Interpreters): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  if (interpreters.pythonExtension && configuration.get('interpreter') === '') {
    await vscode.commands.executeCommand('python.setInterpreter');
    return;
  }
  const picked = await vscode.window.showQuickPick(choices(), { title: strings.whichInterpreter, matchOnDetail: true });
  const path = picked?.label === strings.browse ? await browsed() : picked?.interpreter;
  if (path !== undefined) {
    await configuration.update('interpreter', path || undefined, vscode.ConfigurationTarget.Global);
  }
}

async function choices(): Promise<Choice[]> {
  const found: Choice[] = [{ label: strings.automatic, detail: strings.automaticDetail, interpreter: '' }];
  for (const folder of await environments()) {
    const python = executable(folder);
    if (python !== folder && !found.some(({ interpreter }) => interpreter === python)) {
      found.push({ label: path.basename(folder), detail: python, interpreter: python, ...where(folder) });
    }
  }
  for (const python of onPath()) {
    if (!found.some(({ interpreter }) => interpreter === python)) {
      found.push({ label: path.basename(python), detail: python, interpreter: python });
    }
  }
  return [...found, { label: strings.browse }];
}

function where(folder: string): { description?: string } {
  if (isForbidden(executable(folder))) {
    return { description: strings.untrustedInterpreter };
  }
  const inside = (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => folder.startsWith(uri.fsPath));
  return inside ? { description: strings.inWorkspace } : {};
}

async function environments(): Promise<string[]> {
  const home = os.homedir();
  const workspaces = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const inside = workspaces.flatMap((folder) => ['.venv', 'venv', 'env'].map((name) => path.join(folder, name)));
  const named = await Promise.all(HOMES.map((each) => subfolders(path.join(home, each))));
  return [...inside, ...named.flat(), ...BASES.map((each) => path.join(home, each))];
}

async function subfolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}

function onPath(): string[] {
  const names = process.platform === 'win32' ? ['python.exe'] : ['python3', 'python'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).filter((each) => existsSync(each));
}

async function browsed(): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({ openLabel: strings.use, title: strings.whichInterpreter });
  return picked?.[0]?.fsPath;
}
