/** A person types 200 characters into a model, ten a second. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, hints, lenses, open, say, until, type Test } from './suite';

const LINE = '\n        layers.Dense(64, activation="relu"),';
const TEXT = `,${LINE.repeat(4)}\n        layers.Dense(7)`;
const PAUSE = 100;
/** A model that was typed in one go is as soon there as one that was changed in one place, or nearly. */
const SOON = 4;
const GROWTH = 32 << 20;

export const typing: Readonly<Record<string, Test>> = {
  async 'typing in a model'() {
    const editor = await open('typing.py');
    const { document } = editor;
    await until('hints', async () => (await hints(document)).length === 5);
    const before = document.getText();
    const place = document.positionAt(before.indexOf('layers.Flatten()') + 'layers.Flatten()'.length);
    editor.selection = new vscode.Selection(place, place);
    await type(document, 'x'); // what is loaded at the first key is not the typing's
    await vscode.commands.executeCommand('deleteLeft');
    const alone = await oneChange(editor);
    editor.selection = new vscode.Selection(place, place);
    const memory = heap();
    const flickers: string[] = [];
    const start = performance.now();
    for (const [index, character] of [...TEXT].entries()) {
      const due = start + index * PAUSE;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      await type(document, character);
      void look(document, flickers, index);
    }
    const last = performance.now();
    await until('the new shape', async () => (await hints(document)).some((hint) => hint.includes('(None, 7)')));
    const taken = performance.now() - last;
    const expected = `${before.slice(0, document.offsetAt(place))}${TEXT}${before.slice(document.offsetAt(place))}`;
    const grown = heap() - memory;
    say(`typing: ${TEXT.length} keys in ${Math.round(last - start)} ms, shape ${Math.round(taken)} ms after the last; ${Math.round(alone)} ms after a change alone`);
    say(`typing: flickers ${flickers.length ? flickers.join('; ') : 'none'}; heap grew ${(grown / 2 ** 20).toFixed(1)} MB`);
    assert.equal(document.getText(), expected, 'no key was lost');
    assert.deepEqual(flickers, []);
    assert.ok(grown < GROWTH);
    assert.ok(taken < SOON * alone, `${taken} ms`);
  },
};

/** Milliseconds from one change, while nobody types, to its shape: the median of five. */
async function oneChange(editor: vscode.TextEditor): Promise<number> {
  const { document } = editor;
  const place = at(document, 'Dense(64)').translate(0, 'Dense(64'.length - 1);
  const taken: number[] = [];
  for (let turn = 1; turn <= 5; turn += 1) {
    editor.selection = new vscode.Selection(place, place);
    const start = performance.now();
    await type(document, `${turn}`);
    await until('the changed shape', async () => (await hints(document)).some((hint) => hint.includes(`(None, 64${turn})`)));
    taken.push(performance.now() - start);
    await vscode.commands.executeCommand('deleteLeft');
    await until('the shape as before', async () => (await hints(document)).some((hint) => hint.includes('(None, 64)')));
  }
  return taken.sort((one, other) => one - other)[2]!;
}

async function type(document: vscode.TextDocument, text: string): Promise<void> {
  const { version } = document;
  await vscode.commands.executeCommand('type', { text });
  await until('the key', () => document.version > version);
}

/** The lens and the hints of the lines above never go away. */
async function look(document: vscode.TextDocument, flickers: string[], index: number): Promise<void> {
  const [shown, above] = await Promise.all([hints(document), lenses(document.uri)]);
  if (above.length !== 1) {
    flickers.push(`no lens at key ${index}`);
  }
  if (!shown.some((hint) => hint.includes('(None, 5408)'))) {
    flickers.push(`no hint at key ${index}`);
  }
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
