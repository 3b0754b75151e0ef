/** A model as a file or text for papers, slides and documents, in the format that a person chooses. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Model } from './protocol';
import type { Session } from './session';
import { strings } from './strings';

type Format = 'svg' | 'mermaid' | 'dot' | 'markdown';

interface Choice extends vscode.QuickPickItem {
  readonly format: Format;
  /** Points for each unit of the drawing, where it becomes one of points. */
  readonly scale?: number;
  /** Of the file; what has none goes to the clipboard. */
  readonly ending?: string;
}

const CHOICES: readonly Choice[] = [
  { label: 'SVG', description: strings.svg, format: 'svg', ending: 'svg' },
  { label: 'PNG', description: strings.png, format: 'svg', ending: 'png', scale: 4 },
  { label: 'Mermaid', description: strings.mermaid, format: 'mermaid' },
  { label: 'DOT', description: strings.dot, format: 'dot' },
  { label: 'Markdown', description: strings.markdown, format: 'markdown' },
];

/** Makes a PNG in base64 of an SVG. */
export type Raster = (svg: string, scale: number) => Promise<string>;

/** `label` is that of a choice that was made already. */
export async function exportModel(session: Session, model: Model, raster: Raster, label?: string): Promise<void> {
  const choice = CHOICES.find((each) => each.label === label) ?? (await choose());
  const text = choice && (await session.drawn(model.location, choice.format));
  if (choice === undefined) {
    return;
  }
  if (typeof text !== 'string' || text === '') {
    void vscode.window.showWarningMessage(strings.nothingToExport);
  } else if (choice.ending === undefined) {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(strings.copied(choice.label), 5000);
  } else {
    const scale = choice.scale;
    await save(model, choice.ending, async () =>
      scale === undefined ? Buffer.from(text) : Buffer.from(await raster(text, scale), 'base64'),
    );
  }
}

function choose(): Thenable<Choice | undefined> {
  return vscode.window.showQuickPick(CHOICES, { title: strings.exportTitle, matchOnDescription: true });
}

/** Where a person says; beside the program if they say nothing else. */
async function save(model: Model, ending: string, content: () => Promise<Buffer>): Promise<void> {
  const uri = vscode.Uri.parse(model.location.uri);
  const name = `${model.name?.replace(/\W+/g, '_') ?? path.parse(uri.path).name}.${ending}`;
  const beside = vscode.Uri.joinPath(vscode.Uri.file(uri.path), '..', name);
  const chosen = await vscode.window.showSaveDialog({ defaultUri: beside, filters: { [ending.toUpperCase()]: [ending] } });
  if (chosen !== undefined) {
    await vscode.workspace.fs.writeFile(chosen, await content());
    vscode.window.setStatusBarMessage(strings.exported(path.basename(chosen.path)), 5000);
  }
}
