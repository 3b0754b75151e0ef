/** Everything of the server, as VS Code shows it. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actions,
  at,
  diagnostics,
  extension,
  file,
  hints,
  hover,
  lenses,
  noDiagnostics,
  open,
  roundTrip,
  say,
  setting,
  until,
  type Test,
} from './suite';

/** So many round trips between the extension host and the window, each of which is a few milliseconds. */
const ACTIVATION = 60;

export const features: Readonly<Record<string, Test>> = {
  async activation() {
    await open('notes.txt');
    assert.equal(extension().isActive, false, 'no Python is open');
    const trip = await roundTrip();
    const start = performance.now();
    await extension().activate();
    const taken = performance.now() - start;
    say(`activation: ${taken.toFixed(1)} ms, ${(taken / trip).toFixed(1)} round trips of ${trip.toFixed(1)} ms`);
    assert.ok(taken < ACTIVATION * trip, `${taken} ms`);
    await until('the server', () => extension().exports.session.isRunning);
  },

  async 'inlay hints'() {
    const { document } = await open('refused.py');
    await until('hints', async () => (await hints(document)).some((hint) => hint.includes('(None, 40, 64)')));
  },

  async diagnostics() {
    const { document } = await open('refused.py');
    const [found] = await diagnostics(document.uri);
    assert.ok(found);
    assert.match(found.message, /LSTM needs \(batch, steps, features\)/);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(found.relatedInformation?.length);
    const code = found.code as { value: string; target: vscode.Uri };
    assert.equal(code.value, 'missing-return-sequences');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /missing-return-sequences/);
  },

  async 'code lens'() {
    const { document } = await open('built.py');
    const [lens] = await until('a lens', async () => {
      const found = await lenses(document.uri);
      return found.some(({ command }) => command?.title.includes('parameters')) && found;
    });
    assert.match(lens!.command!.title, /^model · \(None, .* → .*parameters/);
    assert.equal(lens!.command!.command, 'keras-shapes.openModelView');
  },

  async hover() {
    const { document } = await open('built.py');
    const text = await until('a hover', async () => {
      const found = await hover(document.uri, at(document, 'LSTM('));
      return found.includes('None') && found;
    });
    assert.match(text, /kernel/);
  },

  async 'quick fix'() {
    const { document } = await open('refused.py');
    const [found] = await diagnostics(document.uri);
    const [first] = await until('a proven fix', async () => {
      const offered = await actions(document.uri, found!.range, 'quickfix');
      return offered[0]?.isPreferred && offered;
    });
    await vscode.workspace.applyEdit(first!.edit!);
    assert.match(document.getText(), /LSTM\(64, return_sequences=True\)/);
    await noDiagnostics(document.uri);
    await open('refused.py');
    await diagnostics(document.uri);
  },

  async 'explain and ignore'() {
    const { document } = await open('refused.py');
    const [found] = await diagnostics(document.uri);
    const offered = await until('the menu', async () => {
      const some = await actions(document.uri, found!.range, 'quickfix');
      return some.some(({ title }) => title.startsWith('Ignore')) && some;
    });
    assert.match(offered[0]!.title, /\(proven with Keras 3\.\d+\)$/);
    const explain = offered.find(({ title }) => title === 'Explain missing-return-sequences')!;
    await vscode.commands.executeCommand(explain.command!.command, ...(explain.command!.arguments ?? []));
    await until('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes('missing-return-sequences'));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.applyEdit(offered.find(({ title }) => title.startsWith('Ignore'))!.edit!);
    await noDiagnostics(document.uri);
    await open('refused.py');
    await diagnostics(document.uri);
  },

  async 'fix all'() {
    const { document } = await open('refused.py');
    await diagnostics(document.uri);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const [action] = await until('the action', async () => {
      const offered = await actions(document.uri, all, 'source.fixAll.keras-shapes');
      return offered.length > 0 && offered;
    });
    await vscode.workspace.applyEdit(action!.edit!);
    assert.match(document.getText(), /return_sequences=True/);
    await noDiagnostics(document.uri);
  },

  async 'toggle inlay hints'() {
    const { document } = await open('built.py');
    const shown = () => until('hints', async () => (await hints(document)).length > 0);
    await shown();
    await vscode.commands.executeCommand('keras-shapes.toggleInlayHints');
    await until('no hints', async () => (await hints(document)).length === 0);
    await vscode.commands.executeCommand('keras-shapes.toggleInlayHints');
    await shown();
  },

  async settings() {
    const { document } = await open('refused.py');
    await diagnostics(document.uri);
    await setting('rules', { 'missing-return-sequences': 'off' });
    await noDiagnostics(document.uri);
    await setting('rules', { 'missing-return-sequences': 'warning' });
    const [found] = await diagnostics(document.uri);
    assert.equal(found!.severity, vscode.DiagnosticSeverity.Warning);
    await setting('rules', undefined);
  },

  async notebook() {
    const notebook = await vscode.workspace.openNotebookDocument(file('images.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(2).document;
    const [found] = await diagnostics(cell.uri);
    assert.match(found!.message, /Conv2D needs/);
    assert.match((await lenses(cell.uri))[0]?.command?.title ?? '', /^1 error: Input, cell 2, line 3$/);
    const offered = await until('a fix', async () => {
      const some = await actions(cell.uri, found!.range, 'quickfix');
      return some.length > 0 && some;
    });
    await vscode.workspace.applyEdit(offered[0]!.edit!);
    await noDiagnostics(cell.uri);
    await until('hints', async () => (await hints(cell)).some((hint) => hint.includes('26, 26, 32')));
    assert.match(await hover(cell.uri, at(cell, 'Conv2D')), /26, 26, 32/);
  },

  async 'check workspace'() {
    assert.equal(vscode.languages.getDiagnostics(file('elsewhere.py')).length, 0);
    await vscode.commands.executeCommand('keras-shapes.check');
    const [found] = await diagnostics(file('elsewhere.py'));
    assert.match(found!.message, /Reshape/);
  },

  async status() {
    const { status } = extension().exports;
    await open('built.py');
    await until('Keras', () => /^\S+ · Keras 3\.\d+$/.test(status.text));
    await until('counts', () => status.detail === '1 model: 1 built · sandboxed');
    await until('the status bar', () => status.barText === `$(layers) ${status.text}`);
    await open('refused.py');
    await until('the error', () => status.detail.startsWith('1 model: 1 error'));
  },

  async environment() {
    const found = await extension().exports.session.environment();
    assert.equal(found?.problem, null);
    assert.ok(found?.lines.some((line) => line.includes('Keras 3.')));
    assert.equal(found?.trusted, true);
  },

  async log() {
    await vscode.commands.executeCommand('keras-shapes.showLog');
  },

  async restart() {
    const { document } = await open('refused.py');
    await diagnostics(document.uri);
    const restart = () => vscode.commands.executeCommand('keras-shapes.restartServer');
    await Promise.all([restart(), restart(), restart()]);
    await diagnostics(document.uri);
    await until('hints', async () => (await hints(document)).length > 0);
  },

  async sample() {
    await vscode.commands.executeCommand('keras-shapes.openSample');
    const { document } = vscode.window.activeTextEditor!;
    assert.ok(document.isUntitled);
    const [found] = await diagnostics(document.uri);
    const [first] = await until('a proven fix', async () => {
      const offered = await actions(document.uri, found!.range, 'quickfix');
      return offered[0]?.isPreferred && offered;
    });
    await vscode.workspace.applyEdit(first!.edit!);
    await noDiagnostics(document.uri);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  },
};
