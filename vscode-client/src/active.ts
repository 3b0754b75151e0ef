/** Where a person is: the document and the position of the cursor, in a file or in a notebook. */

import * as vscode from 'vscode';
import type { Position } from 'vscode-languageclient';

/** Without a position it is about the whole document. */
export interface Place {
  readonly uri: vscode.Uri;
  readonly position: Position | undefined;
}

export function isPython({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'python' && ['file', 'untitled', 'vscode-notebook-cell'].includes(uri.scheme);
}

/** Undefined where no Python is. A notebook whose cells are not being edited has a selected cell. */
export function activePlace(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined && isPython(editor.document)) {
    return { uri: editor.document.uri, position: editor.selection.active };
  }
  const notebook = vscode.window.activeNotebookEditor;
  const cells = notebook?.notebook.getCells().map(({ document }) => document) ?? [];
  const selected = cells[notebook?.selection.start ?? 0];
  const cell = selected && isPython(selected) ? selected : cells.find(isPython);
  return cell && { uri: cell.uri, position: cell === selected ? new vscode.Position(0, 0) : undefined };
}
