/** The model view, up to its page: that is looked at in the run of the user interface. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Picture } from '../../src/picture';
import type { ModelView } from '../../src/panel';
import { at, diagnostics, extension, file, lenses, noDiagnostics, open, replace, until, type Test } from './suite';

export const model: Readonly<Record<string, Test>> = {
  async 'model view of a built model'() {
    const { document } = await open('built.py');
    const [lens] = await until('a lens', async () => {
      const found = await lenses(document.uri);
      return found.length > 0 && found;
    });
    assert.equal(lens!.command!.command, 'keras-shapes.openModelView');
    await vscode.commands.executeCommand(lens!.command!.command, ...(lens!.command!.arguments ?? []));
    const picture = await drawn(({ status, blocks }) => status === 'built' && blocks.length > 0);
    assert.ok(picture.blocks.every(({ status }) => status === 'built'));
    assert.match(picture.total, /parameters · .*B$/);
    assert.ok(Math.abs(picture.blocks.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-6);
  },

  async 'model view follows the text'() {
    const editor = await open('built.py');
    await drawn(({ status }) => status === 'built');
    const before = editor.document.getText();
    const line = editor.document.positionAt(editor.document.getText().indexOf('Dense('));
    await editor.edit((edit) => edit.insert(line, 'Dense(7), layers.'));
    await drawn(({ blocks }) => blocks.some(({ output }) => output === '(None, 7)'));
    await replace(editor.document, before);
    await drawn(({ blocks }) => !blocks.some(({ output }) => output === '(None, 7)'));
  },

  async 'model view stays while a statement is half typed'() {
    const { document } = await open('built.py');
    const before = document.getText();
    const { blocks } = await drawn(({ status }) => status === 'built');
    await replace(document, before.replace('Dense(', 'Half typed Dense('));
    await until('the half typed text', () => view().answer?.current && view().answer?.broken);
    assert.deepEqual(view().shown?.blocks, blocks);
    await replace(document, before);
    await drawn(({ status }) => status === 'built');
  },

  async 'model view and cursor'() {
    const editor = await open('built.py');
    await drawn(({ status }) => status === 'built');
    for (const name of ['Embedding', 'LSTM']) {
      const position = at(editor.document, `${name}(`);
      editor.selection = new vscode.Selection(position, position);
      await until('the mark', () => view().marked.join() === `/${name}#0`);
    }
    await view().receive({ type: 'source', key: '/Embedding#0' });
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, at(editor.document, 'Embedding(').line);
  },

  async 'model view of a refused model'() {
    const { document } = await open('refused.py');
    await diagnostics(document.uri);
    await vscode.commands.executeCommand('keras-shapes.openModelView');
    const picture = await drawn(({ blocks }) => blocks.some(({ fix }) => fix !== ''));
    const refused = picture.blocks.findIndex(({ status }) => status === 'refused');
    assert.match(picture.blocks[refused]!.description, /^3: lstm_1, LSTM, 32, error, /);
    assert.match(picture.blocks[refused]!.reason, /LSTM needs/);
    assert.equal(picture.blocks[refused + 1]!.output, '?');
    await view().receive({ type: 'fix', key: picture.blocks[refused]!.key });
    await noDiagnostics(document.uri);
    await drawn(({ status }) => status === 'built');
  },

  async 'model view of a graph'() {
    await open('graph.py');
    await vscode.commands.executeCommand('keras-shapes.openModelView');
    const chosen = (await drawn(({ names }) => names.includes('model'))).names.indexOf('model');
    await view().receive({ type: 'model', index: chosen });
    const { blocks, links } = await drawn((picture) => picture.chosen === chosen && picture.status === 'built');
    assert.deepEqual(
      blocks.filter(({ tags }) => tags !== '').map(({ title, name, tags }) => [title, name, tags]),
      [['GRU', '', 'output'], ['Functional', 'encoder', 'shared'], ['Functional', 'encoder', 'shared'], ['Dense', 'score', 'output']],
    );
    const added = blocks.find(({ applied }) => applied === 'operation')!;
    assert.equal(links.filter(({ to }) => to === added.key).length, 2);
    assert.deepEqual(links.filter(({ text }) => text !== '').map(({ text }) => text), ['(None, 4)']);
  },

  async 'model view opens a model inside'() {
    const closed = view().shown!;
    const nested = closed.blocks.filter(({ inside }) => inside === 'closed');
    assert.equal(nested.length, 2);
    await view().receive({ type: 'toggle', key: nested[0]!.key });
    const { blocks, links } = await drawn((picture) => picture.blocks.some(({ inside }) => inside === 'open'));
    const inner = blocks.filter(({ parent }) => parent === nested[0]!.key);
    assert.deepEqual(inner.map(({ applied }) => applied), ['input', 'layer', 'layer']);
    assert.ok(!links.some(({ from, to }) => from === nested[0]!.key && !inner.some(({ key }) => key === to)));
    const document = vscode.window.activeTextEditor!.document;
    const text = document.getText();
    await replace(document, text.replace('Dense(4)', 'Dense(6)'));
    await drawn((picture) => picture.blocks.some(({ parent, output }) => parent !== '' && output === '(None, 6)'));
    await view().receive({ type: 'toggle', key: nested[0]!.key });
    await replace(document, text);
    await drawn((picture) => picture.blocks.length === closed.blocks.length);
  },

  async 'model view of names'() {
    await open('typing.py');
    await vscode.commands.executeCommand('keras-shapes.openModelView');
    await drawn(({ blocks }) => blocks.some(({ output }) => output === '(None, num_classes)'));
  },

  async 'model view follows the editor and the cursor'() {
    const editor = await open('graph.py');
    for (const [text, name] of [['keras.Model([left', 'model'], ['keras.Model(given', 'encoder']] as const) {
      const position = at(editor.document, text);
      editor.selection = new vscode.Selection(position, position);
      await drawn(({ file, names, chosen }) => file === 'graph.py' && names[chosen] === name);
    }
    await open('built.py');
    await drawn(({ file, blocks }) => file === 'built.py' && blocks.some(({ title }) => title === 'Embedding'));
    await open('notes.txt');
    await open('built.py');
    assert.equal(view().shown?.file, 'built.py');
  },

  async 'model view survives a rename'() {
    await open('built.py');
    await drawn(({ file }) => file === 'built.py');
    const renamed = async (from: string, to: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(file(from), file(to));
      await vscode.workspace.applyEdit(edit);
      await drawn((picture) => picture.file === to && picture.status === 'built');
    };
    await renamed('built.py', 'renamed.py');
    const { document } = await open('renamed.py');
    const text = document.getText();
    await replace(document, text.replace('Dense(1', 'Dense(9'));
    await drawn(({ blocks }) => blocks.some(({ output }) => output === '(None, 9)'));
    await replace(document, text);
    await document.save();
    await renamed('renamed.py', 'built.py');
  },

  async 'model view has proportions, colours and the loss'() {
    await open('digits.py');
    const { blocks, legend } = await drawn((picture) => picture.file === 'digits.py' && picture.status === 'built');
    assert.deepEqual(legend.map(({ name }) => name), ['input', 'convolution', 'pooling', 'dense', 'regularization', 'shape']);
    const [, first, pooled, second] = blocks;
    assert.ok(first!.slab!.across > pooled!.slab!.across && second!.slab!.high > first!.slab!.high);
    assert.deepEqual([first!.title, first!.arguments, pooled!.thin], ['Conv2D', '3×3, relu', true]);
    const { title, arguments: loss, output } = blocks.at(-1)!;
    assert.deepEqual([title, loss, output], ['Loss', 'sparse_categorical_crossentropy', 'y_train (60000,)']);
  },

  async 'model view is copied'() {
    await open('digits.py');
    await drawn((picture) => picture.file === 'digits.py' && picture.status === 'built');
    const formats = { Mermaid: /^flowchart [\s\S]*Conv2D/, DOT: /^digraph [\s\S]*Conv2D/, Markdown: /\| .*Conv2D.* \|/ };
    for (const [format, expected] of Object.entries(formats)) {
      await vscode.env.clipboard.writeText('nothing yet');
      await view().export(format);
      assert.match(await vscode.env.clipboard.readText(), expected);
    }
  },

  async 'model view is closed'() {
    view().close();
    await until('no view', () => extension().exports.commands.view === undefined);
  },
};

function view(): ModelView {
  return extension().exports.commands.view!;
}

function drawn(wanted: (picture: Picture) => boolean): Promise<Picture> {
  return until('the picture', () => {
    const picture = extension().exports.commands.view?.shown;
    return picture && wanted(picture) && picture;
  });
}
