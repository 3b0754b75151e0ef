/** The settings that the server is sent: what a person wrote, and what VS Code knows better. */

import * as vscode from 'vscode';

export const SECTION = 'keras-shapes';

/** For the extension alone; the server has no such settings. */
const OWN = new Set(['importStrategy', 'trace.server']);

/**
 * What is written in a settings file. A default is left out: the server has it too, and would take one that was sent
 * for a wish that is stronger than the repository's.
 */
export function written(extension: vscode.Extension<unknown>): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const found: Record<string, unknown> = {};
  for (const name of names(extension)) {
    const where = configuration.inspect(name);
    if (where?.globalValue !== undefined || where?.workspaceValue !== undefined) {
      found[name] = configuration.get(name);
    }
  }
  return found;
}

/** Shapes behind layers on or off, where the setting is written already, else for this user. */
export async function toggleInlayHints(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const workspace = configuration.inspect('inlayHints')?.workspaceValue !== undefined;
  const next = configuration.get('inlayHints') === 'off' ? 'all' : 'off';
  const target = workspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update('inlayHints', next, target);
}

function names(extension: vscode.Extension<unknown>): string[] {
  const contributed: unknown = extension.packageJSON?.contributes?.configuration?.properties ?? {};
  return Object.keys(contributed as object)
    .map((name) => name.slice(SECTION.length + 1))
    .filter((name) => !OWN.has(name));
}
