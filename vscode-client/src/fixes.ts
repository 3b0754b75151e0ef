/** The proven fixes of a model's refused layers. */

import * as vscode from 'vscode';
import { isLayer, type Spot } from './graph';
import type { Layer } from './protocol';

/** The preferred quick-fix of each refused layer, by its key: such a fix has been proven with real Keras. */
export async function provenFixes(spots: readonly Spot[]): Promise<Map<string, vscode.CodeAction>> {
  const found = new Map<string, vscode.CodeAction>();
  for (const { key, what } of spots) {
    const fix = isLayer(what) && what.status === 'refused' ? await provenFix(what) : undefined;
    if (fix !== undefined) {
      found.set(key, fix);
    }
  }
  return found;
}

export async function applyFix(fix: vscode.CodeAction | undefined): Promise<void> {
  if (fix?.edit !== undefined) {
    await vscode.workspace.applyEdit(fix.edit);
  }
}

/** The reason of a refused layer is the message of its diagnostic, whose mark may be elsewhere: on the cause. */
async function provenFix({ location, reason }: Layer): Promise<vscode.CodeAction | undefined> {
  const path = vscode.Uri.parse(location.uri).path;
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    const told = uri.path === path ? diagnostics.find(({ message }) => message === reason) : undefined;
    if (told !== undefined) {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        told.range,
        vscode.CodeActionKind.QuickFix.value,
        10,
      );
      return actions.find(({ isPreferred }) => isPreferred);
    }
  }
  return undefined;
}
