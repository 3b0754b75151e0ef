/** `Choose Interpreter`: what there is, which of it has TensorFlow, and a path that is typed or looked for. */

import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Interpreters } from './interpreters';
import type { Interpreter } from './protocol';
import type { Session } from './session';
import { SECTION } from './settings';
import { strings } from './strings';

interface Choice extends vscode.QuickPickItem {
  /** What is chosen: the text of the setting, or a dialog. */
  readonly value?: string;
  readonly browse?: true;
}

export async function chooseInterpreter(interpreters: Interpreters, session: Session): Promise<void> {
  const picked = await pick(session);
  const value = picked?.browse ? await browsed() : picked?.value;
  if (value !== undefined && !(await interpreters.tellPythonExtension(value))) {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    await configuration.update('interpreter', value || undefined, vscode.ConfigurationTarget.Global);
  }
}

/** The list is there at once, and filled when the environments have been looked at. */
function pick(session: Session): Promise<Choice | undefined> {
  const list = vscode.window.createQuickPick<Choice>();
  list.title = strings.whichInterpreter;
  list.placeholder = strings.typedInterpreter;
  list.matchOnDescription = list.matchOnDetail = true;
  list.busy = true;
  let found: readonly Choice[] = [];
  const show = (): void => {
    list.items = [...typed(list.value), ...FIRST, ...found];
  };
  show();
  void session.choices().then((all) => {
    found = [SEPARATOR, ...(all ?? []).map(choice)];
    list.busy = false;
    show();
  });
  list.onDidChangeValue(show);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

const FIRST: readonly Choice[] = [
  { label: `$(folder-opened) ${strings.browse}`, detail: strings.browseDetail, browse: true },
  { label: `$(sparkle) ${strings.automatic}`, detail: strings.automaticDetail, value: '' },
];
const SEPARATOR: Choice = { label: strings.found, kind: vscode.QuickPickItemKind.Separator };

/** `✓ .venv`, `Python 3.12 · Keras 3.15 · TensorFlow 2.20`, and where it is. */
export function choice({ python, name, problem, version, keras, backend, backendVersion }: Interpreter): Choice {
  const parts = [
    version ? `Python ${short(version)}` : '',
    keras ? `Keras ${short(keras)}` : '',
    backendVersion ? `${backend} ${short(backendVersion)}` : strings.without(backend),
    problem !== null && keras !== null && backendVersion !== null ? problem : '',
  ];
  const mark = problem === null ? '✓' : '✗';
  return { label: `${mark} ${name}`, description: parts.filter(Boolean).join(' · '), detail: shown(python), value: python };
}

/** A path that somebody types, or pastes. */
function typed(text: string): readonly Choice[] {
  const written = text.trim().replace(/^~(?=[/\\]|$)/, os.homedir());
  return path.isAbsolute(written) ? [{ label: strings.usePath(text.trim()), value: written, alwaysShow: true }] : [];
}

function shown(python: string): string {
  const inside = path.relative(os.homedir(), python);
  return inside.startsWith('..') || path.isAbsolute(inside) ? python : path.join('~', inside);
}

function short(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

async function browsed(): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const picked = await vscode.window.showOpenDialog({
    openLabel: strings.use,
    title: strings.whichInterpreter,
    canSelectFolders: true,
    canSelectFiles: true,
    ...(folder && { defaultUri: folder }),
  });
  return picked?.[0]?.fsPath;
}
