/** The model view, up to its page: that is looked at in the run of the user interface. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Picture } from '../../src/picture';
import type { ModelView } from '../../src/panel';
import { at, diagnostics, extension, lenses, noDiagnostics, open, replace, until, type Test } from './suite';

export const model: Readonly<Record<string, Test>> = {
  async 'model view of a built model'() {
    const { document } = await open('built.py');
    const [lens] = await until('a lens', async () => {
      const found = await lenses(document.uri);
      return found.length > 0 && found;
    });
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
    assert.equal(picture.blocks[refused]!.title, 'lstm_1');
    assert.match(picture.blocks[refused]!.reason, /LSTM needs/);
    assert.equal(picture.blocks[refused + 1]!.output, 'not reached');
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
      blocks.filter(({ tags }) => tags !== '').map(({ title, tags }) => [title, tags]),
      [['gru', 'output'], ['encoder', 'shared'], ['encoder', 'shared'], ['score', 'output']],
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

  async 'summary as Markdown'() {
    await open('hostile.py');
    await vscode.commands.executeCommand('keras-shapes.openModelView');
    await drawn(({ blocks, status }) => status === 'built' && blocks.some(({ title }) => title.startsWith('<img')));
    await view().receive({ type: 'copy' });
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /\| Layer \(type\) \| Output shape \| Parameters \| Memory \|/);
    assert.ok(text.includes('\\<img'), text);
    assert.ok(!/[^\\]</.test(text), text);
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
