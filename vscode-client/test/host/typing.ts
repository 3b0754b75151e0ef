/** A person types 200 characters into a model, ten a second. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hints, lenses, open, say, until, type Test } from './suite';

const LINE = '\n        layers.Dense(64, activation="relu"),';
const TEXT = `,${LINE.repeat(4)}\n        layers.Dense(7)`;
const PAUSE = 100;
const SOON = 100;
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
    say(`typing: ${TEXT.length} keys in ${Math.round(last - start)} ms, shape ${Math.round(taken)} ms after the last`);
    say(`typing: flickers ${flickers.length ? flickers.join('; ') : 'none'}; heap grew ${(grown / 2 ** 20).toFixed(1)} MB`);
    assert.equal(document.getText(), expected, 'no key was lost');
    assert.deepEqual(flickers, []);
    assert.ok(grown < GROWTH);
    assert.ok(taken < SOON * Number(process.env['TEST_SLOWNESS'] ?? 1), `${taken} ms`);
  },
};

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
