/** What helps while somebody writes: the outline, references, and what a half-typed call takes. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actions, at, extension, file, open, until, type Test } from './suite';

export const writing: Readonly<Record<string, Test>> = {
  async outline() {
    const { document } = await open('built.py');
    const [model] = await until('the symbols', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
      return found?.some(({ detail }) => detail.includes('parameters')) && found;
    });
    assert.equal(model!.name, 'model');
    assert.deepEqual(model!.children.map(({ name, detail }) => `${name} ${detail}`).slice(0, 3), [
      'Input (None, 40)',
      'Embedding (None, 40, 64)',
      'LSTM (None, 40, 64)',
    ]);
  },

  async 'signature and completion'() {
    const editor = await open('built.py');
    const { document } = editor;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await until('Keras', async () => (await extension().exports.session.environment())?.phase === 'ready');
    await editor.edit((edit) => edit.insert(end, "model.add(layers.Dense(3, activation='so"));
    const caret = document.lineAt(document.lineCount - 1).range.end;
    const help = await until('the signature', async () =>
      vscode.commands.executeCommand<vscode.SignatureHelp>('vscode.executeSignatureHelpProvider', document.uri, caret),
    );
    assert.match(help.signatures[0]!.label, /^Dense\(units, activation=None, /);
    assert.equal(help.activeParameter, 1);
    const provider = 'vscode.executeCompletionItemProvider';
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(provider, document.uri, caret);
    assert.ok(list.items.some(({ label }) => label === 'softmax'), JSON.stringify(list.items.slice(0, 3)));
    await open('built.py');
    await editor.edit((edit) => edit.insert(end, 'model.add(layers.Dense('));
    const sizes = await until('the sizes', async () => {
      const behind = document.lineAt(document.lineCount - 1).range.end;
      const found = await vscode.commands.executeCommand<vscode.CompletionList>(provider, document.uri, behind);
      return found.items.some(({ detail }) => detail?.startsWith('→')) && found.items;
    });
    assert.equal(sizes.find(({ label }) => label === '16')?.detail, '→ (None, 16)');
    await open('built.py');
  },

  async 'layers that may come next'() {
    const editor = await open('built.py');
    const { document } = editor;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, 'model.add('));
    const items = await until('the layers', async () => {
      const caret = document.lineAt(document.lineCount - 1).range.end;
      const provider = 'vscode.executeCompletionItemProvider';
      const found = await vscode.commands.executeCommand<vscode.CompletionList>(provider, document.uri, caret);
      return found.items.some(({ label }) => label === 'Dropout(0.5)') && found.items;
    });
    assert.match(items.find(({ label }) => label === 'Dropout(0.5)')!.detail!, /^→ \(None, /);
    assert.ok(!items.some(({ label }) => `${label}`.startsWith('Conv2D(')), 'Keras would refuse it');
    await open('built.py');
  },

  async 'a model of another file'() {
    const { document } = await open('uses_chain.py');
    const [place] = await until('the model', async () => {
      const provider = 'vscode.executeDefinitionProvider';
      const found = await vscode.commands.executeCommand<vscode.Location[]>(provider, document.uri, at(document, 'model.summary'));
      return found.length > 0 && found;
    });
    assert.equal(`${place!.uri.path.split('/').at(-1)}:${place!.range.start.line}`, 'chain.py:3');
  },

  async 'other forms of a model'() {
    const { document } = await open('chain.py');
    const place = at(document, 'Sequential([');
    const here = new vscode.Range(place, place);
    const offered = await until('the forms', async () => {
      const found = await actions(document.uri, here, 'refactor');
      return found?.length > 0 && found;
    });
    assert.deepEqual(offered.map(({ title }) => title), ['Write with model.add(…)', 'Write as a functional model']);
    await vscode.workspace.applyEdit(offered[1]!.edit!);
    assert.match(document.getText(), /\ninputs = keras\.Input\(\(4,\)\)  # four\noutputs = layers\.Dense\(2\)\(inputs\)\nmodel = keras\.Model\(inputs, outputs\)\n/);
    const elsewhere = new vscode.Range(0, 0, 0, 0);
    assert.deepEqual(await actions(document.uri, elsewhere, 'refactor'), []);
    await open('chain.py');
  },

  async 'the shape of data from their file'() {
    const { document } = await open('unknown_data.py');
    const place = at(document, 'images =');
    const offered = await until('the menu', async () => {
      const found = await actions(document.uri, new vscode.Range(place, place), 'quickfix');
      return found?.some(({ title }) => title.startsWith('Declare')) && found;
    });
    assert.ok(offered.some(({ title }) => title === 'Declare the shape of images (line 4): # keras-shapes: shape (?, 4)'));
    const header = "\u0093NUMPY\u0001\u0000";
    const said = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4), }\n";
    const bytes = [...header, String.fromCharCode(said.length), '\u0000', ...said, ...'12345678'].map((each) => each.charCodeAt(0));
    await vscode.workspace.fs.writeFile(file('images.npy'), Uint8Array.from(bytes));
    const read = offered.find(({ title }) => title === 'Read the shape of images from images.npy')!;
    await vscode.commands.executeCommand(read.command!.command, ...(read.command!.arguments ?? []));
    await until('the comment', () => document.getText().includes("np.load('images.npy')  # keras-shapes: shape (2, 4) uint8\n"));
    await open('unknown_data.py');
  },

  async references() {
    const { document } = await open('graph.py');
    const places = await until('the places', async () => {
      const provider = 'vscode.executeReferenceProvider';
      const found = await vscode.commands.executeCommand<vscode.Location[]>(provider, document.uri, at(document, 'encoder(left)'));
      return found.length > 0 && found;
    });
    assert.deepEqual(places.map(({ range }) => document.getText(range)), ['encoder(left)', 'encoder(right)']);
  },

  async 'callers and folding are left to others'() {
    const { document } = await open('blocks.py');
    const name = at(document, 'block(');
    const provider = vscode.languages.registerCallHierarchyProvider('python', {
      prepareCallHierarchy: (_document, position) => {
        const range = new vscode.Range(position, position);
        return new vscode.CallHierarchyItem(vscode.SymbolKind.Function, 'of another', '', document.uri, range, range);
      },
      provideCallHierarchyIncomingCalls: () => [],
      provideCallHierarchyOutgoingCalls: () => [],
    });
    const ask = () => vscode.commands.executeCommand<vscode.CallHierarchyItem[]>('vscode.prepareCallHierarchy', document.uri, name);
    assert.deepEqual((await ask()).map((each) => each.name), ['of another']);
    provider.dispose();
    assert.deepEqual(await ask(), []);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.deepEqual(folds.map(({ start, end }) => [start, end]), [[4, 7]], 'the function, by its indentation');
  },
};
