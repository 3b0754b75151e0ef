/** A list of tests that run one after the other, and what they share. */

import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Parts } from '../../src/extension';

export type Test = () => Promise<void>;

const PATIENCE = Number(process.env['TEST_PATIENCE'] ?? 30_000);

/** More failures have one cause. */
const MANY = Number(process.env['TEST_MANY'] ?? 4);

export const EXTENSION = 'keras-shapes.keras-shapes';

/** Run tests, write a line for each to the file that the runner reads, and fail if one failed. */
export async function run(tests: Readonly<Record<string, Test>>): Promise<void> {
  let failures = 0;
  for (const [name, test] of Object.entries(tests)) {
    const start = performance.now();
    try {
      await test();
      say(`PASS ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failures += 1;
      const { problem } = extension().exports?.session ?? {};
      if (problem !== undefined || failures > MANY) {
        say(`FAIL and no more is tried: ${problem ?? ''}`);
        break;
      }
      say(`FAIL ${name}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
}

export function say(line: string): void {
  fs.appendFileSync(process.env['TEST_OUTPUT']!, `${line}\n`);
}

/** What `find` gives as soon as it gives anything; fails when it does not for a long time. */
export async function until<Value>(
  what: string,
  find: () => Value | undefined | null | false | Promise<Value | undefined | null | false>,
  patience = PATIENCE,
): Promise<Value> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await find();
    if (found) {
      return found;
    }
    if (performance.now() > end) {
      throw new Error(`waited in vain for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Milliseconds from the extension host to the window and back: the median of many, as slow as this machine is now. */
export async function roundTrip(): Promise<number> {
  const taken: number[] = [];
  for (let trip = 0; trip < 25; trip += 1) {
    const start = performance.now();
    await vscode.commands.executeCommand('setContext', 'keras-shapes.trip', trip);
    taken.push(performance.now() - start);
  }
  return taken.sort((one, other) => one - other)[12]!;
}

export function extension(): vscode.Extension<Parts> {
  return vscode.extensions.getExtension<Parts>(EXTENSION)!;
}

export function file(name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
}

/** Open a file of the workspace as it is on the disk. */
export async function open(name: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(file(name), { viewColumn: vscode.ViewColumn.One });
  const saved = await vscode.workspace.fs.readFile(editor.document.uri);
  await replace(editor.document, new TextDecoder().decode(saved));
  return editor;
}

/** Make a text the whole text of a document. */
export async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  if (document.getText() !== text) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }
}

export function diagnostics(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return until('diagnostics', () => {
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'keras-shapes');
    return found.length > 0 && found;
  });
}

export function noDiagnostics(uri: vscode.Uri): Promise<boolean> {
  return until('no diagnostics', () => vscode.languages.getDiagnostics(uri).length === 0);
}

export async function hints({ uri, lineCount }: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, all);
  return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

export function lenses(uri: vscode.Uri): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 10);
}

export async function hover(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return found.flatMap(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value))).join();
}

export function actions(uri: vscode.Uri, range: vscode.Range, kind: string): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind, 20);
}

/** The place of a text in a document. */
export function at(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) {
    throw new Error(`no ${text} in ${document.uri}`);
  }
  return document.positionAt(offset + 1);
}

export async function setting(name: string, value: unknown): Promise<void> {
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('keras-shapes').update(name, value, target);
}
