/** The proven fixes of a model's refused layers. */

import * as vscode from 'vscode';
import type { Layer, Model } from './protocol';

/** The preferred quick-fix of each refused layer, by the layer's index: such a fix has been proven with real Keras. */
export async function provenFixes(model: Model): Promise<Map<number, vscode.CodeAction>> {
  const found = new Map<number, vscode.CodeAction>();
  for (const [index, layer] of model.layers.entries()) {
    const fix = layer.status === 'refused' ? await provenFix(layer) : undefined;
    if (fix !== undefined) {
      found.set(index, fix);
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
