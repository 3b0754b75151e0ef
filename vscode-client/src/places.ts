/** Places in texts: which of them the cursor is in, and how to show one. */

import * as vscode from 'vscode';
import type { Location, Position, Range } from 'vscode-languageclient';
import type { Model } from './protocol';

export function contains(range: Range, { line, character }: Position): boolean {
  const { start, end } = range;
  const after = line > start.line || (line === start.line && character >= start.character);
  const before = line < end.line || (line === end.line && character <= end.character);
  return after && before;
}

export function sameUri(first: string, second: string | undefined): boolean {
  return second !== undefined && vscode.Uri.parse(first).toString() === vscode.Uri.parse(second).toString();
}

/**
 * The index of the model that a position belongs to: the one whose call is around it, else the one that has a layer in
 * that line; of several the one that is `shown`, as it is where no model is.
 */
export function modelAt(models: readonly Model[], uri: vscode.Uri, position: Position, shown: number): number {
  const place = uri.toString();
  const here = ({ location }: { readonly location: Location }): boolean =>
    sameUri(location.uri, place) && contains(location.range, position);
  const inLine = ({ layers }: Model): boolean =>
    layers.some(({ location }) => sameUri(location.uri, place) && location.range.start.line === position.line);
  for (const belongs of [here, inLine]) {
    const found = models.flatMap((model, index) => (belongs(model) ? [index] : []));
    if (found.length > 0) {
      return found.includes(shown) ? shown : found[0]!;
    }
  }
  return shown;
}

/** Those of the places that the cursor of an editor is in: the innermost, or else the first of its line. */
export function underCursor<Place extends { readonly location: Location }>(
  places: readonly Place[],
  editor: vscode.TextEditor | undefined,
): readonly Place[] {
  if (editor === undefined) {
    return [];
  }
  const cursor = editor.selection.active;
  const uri = editor.document.uri.toString();
  const mine = places.filter(({ location }) => sameUri(location.uri, uri));
  const around = mine.filter(({ location }) => contains(location.range, cursor));
  const innermost = around.reduce<Place | undefined>((best, each) => (best && encloses(each, best) ? best : each), undefined);
  const chosen = innermost ?? mine.find(({ location }) => location.range.start.line === cursor.line);
  return chosen === undefined ? [] : mine.filter((each) => encloses(each, chosen) && encloses(chosen, each));
}

/** Put the cursor there, in the editor that shows the text, or in a new one. */
export async function reveal(location: Location): Promise<void> {
  const uri = vscode.Uri.parse(location.uri);
  const { start, end } = location.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const caret = new vscode.Range(selection.start, selection.start);
  const open = vscode.window.visibleTextEditors.find(({ document }) => sameUri(document.uri.toString(), uri.toString()));
  if (open !== undefined) {
    open.selection = new vscode.Selection(selection.start, selection.start);
    open.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  if (uri.scheme !== 'vscode-notebook-cell') {
    const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(uri, { viewColumn, selection: caret });
  }
}

function encloses(outer: { readonly location: Location }, inner: { readonly location: Location }): boolean {
  const { range } = outer.location;
  return contains(range, inner.location.range.start) && contains(range, inner.location.range.end);
}
