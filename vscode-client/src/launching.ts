/** How the server is started: with which Python, and from the extension's own packages or the user's. */

import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { SECTION } from './settings';
import { strings } from './strings';

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
}

const WINDOWS = process.platform === 'win32';
const OLDEST = [3, 10] as const;
const PATIENCE = 20_000;
const run = promisify(execFile);

/** The command that starts the server. Throws with a sentence for people where there is none. */
export async function launch(extension: vscode.Uri, interpreter: string): Promise<Launch> {
  // Never the workspace: a program or module that lies there must not be found first.
  const options = { cwd: extension.fsPath, env: environment() };
  if (vscode.workspace.getConfiguration(SECTION).get('importStrategy') === 'fromEnvironment') {
    return { command: await installed(interpreter, options), args: ['-m', 'keras_shapes', 'server'], options };
  }
  const start = vscode.Uri.joinPath(extension, 'bundled', 'start.py').fsPath;
  for (const python of candidates(interpreter)) {
    if (await isRecent(python, options)) {
      return { command: python, args: [start, 'server'], options };
    }
  }
  throw new Error(strings.noPython);
}

/** The interpreter in an environment's folder; a file stands for itself. */
export function executable(interpreter: string): string {
  const inside = WINDOWS ? ['Scripts/python.exe', 'python.exe'] : ['bin/python', 'bin/python3'];
  const found = inside.map((each) => path.join(interpreter, each)).find((each) => fs.existsSync(each));
  return found ?? interpreter;
}

/** Whether starting it would run files of a workspace that is not trusted. */
export function isForbidden(python: string): boolean {
  if (vscode.workspace.isTrusted) {
    return false;
  }
  const places = [python, resolved(python), path.join(resolved(path.dirname(python)), path.basename(python))];
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => resolved(folder.uri.fsPath));
  return folders.some((folder) => places.some((place) => !path.relative(folder, place).startsWith('..')));
}

async function installed(interpreter: string, options: Launch['options']): Promise<string> {
  const python = interpreter ? executable(interpreter) : fallbacks()[0]!;
  if (isForbidden(python) || !(await succeeds(python, 'import keras_shapes', options))) {
    throw new Error(strings.notInstalled(python));
  }
  return python;
}

function candidates(interpreter: string): string[] {
  const python = executable(interpreter);
  return interpreter && !isForbidden(python) ? [python, ...fallbacks()] : fallbacks();
}

function fallbacks(): string[] {
  return WINDOWS ? ['py', 'python'] : ['python3', 'python'];
}

function isRecent(python: string, options: Launch['options']): Promise<boolean> {
  return succeeds(python, `import sys; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`, options);
}

async function succeeds(python: string, program: string, options: Launch['options']): Promise<boolean> {
  try {
    await run(python, ['-c', program], { ...options, timeout: PATIENCE, windowsHide: true });
    return true;
  } catch {
    return false;
  }
}

/** Without what makes a Python run something else than is installed. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON'));
  return Object.fromEntries(own);
}

function resolved(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
