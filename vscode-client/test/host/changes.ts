/** What models cost, what an edit changed, and how the model view shows it: up to its page, like its other tests. */

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Picture } from '../../src/picture';
import { at, extension, hover, lenses, open, replace, until, type Test } from './suite';

const ONE_EDIT = 3500;

export const changes: Readonly<Record<string, Test>> = {
  async 'costs in a hover'() {
    const { document } = await open('blocks.py');
    const text = await until('a hover with costs', async () => {
      const found = await hover(document.uri, at(document, 'Dense(10'));
      return found.includes('FLOPs') && found;
    });
    assert.match(text, /1\\\.28 kFLOPs a sample · output 1\.25 KB for a batch of 32 \(assumed\)/);
  },

  async 'costs in the model view'() {
    await open('blocks.py');
    await vscode.commands.executeCommand('keras-shapes.openModelView');
    const { blocks, costs } = await drawn((picture) => picture.file === 'blocks.py' && picture.status === 'built');
    assert.match(costs, /^22\.4 MFLOPs a sample · training holds .* for a batch of 32 \(assumed\)$/);
    const first = blocks.find(({ title }) => title === 'Conv2D')!;
    assert.equal(first.flops, '3.54 MFLOPs');
    assert.match(first.costs, /receptive field 3×3, stride 1$/);
    assert.equal(blocks.find(({ title }) => title === 'ReLU')!.flops, '');
  },

  async 'layers of a call are folded'() {
    await open('blocks.py');
    const before = await drawn((picture) => picture.file === 'blocks.py' && picture.folded === 'no');
    await view().receive({ type: 'fold' });
    const { blocks, links } = await drawn(({ folded }) => folded === 'yes');
    const folds = blocks.filter(({ applied }) => applied === 'fold');
    assert.deepEqual(folds.map(({ title, arguments: count, output }) => [title, count, output]), [
      ['block(given, 16)', '4 layers', '(None, 32, 32, 16)'],
      ['block(x, 32)', '4 layers', '(None, 16, 16, 32)'],
      ['block(x, 64)', '4 layers', '(None, 8, 8, 64)'],
    ]);
    assert.equal(links.length, blocks.length - 1);
    await view().receive({ type: 'toggle', key: folds[1]!.key });
    const opened = await drawn((picture) => picture.blocks.some(({ inside }) => inside === 'open'));
    const inside = opened.blocks.filter(({ parent }) => parent === folds[1]!.key);
    assert.deepEqual(inside.map(({ title }) => title), ['Conv2D', 'BatchNormalization', 'ReLU', 'MaxPooling2D']);
    await view().receive({ type: 'fold' });
    assert.equal((await drawn(({ folded }) => folded === 'no')).blocks.length, before.blocks.length);
  },

  async 'the branch that clashes'() {
    await open('clash.py');
    const { blocks, links } = await drawn(({ file, status }) => file === 'clash.py' && status === 'refused');
    const named = (key: string): string => blocks.find((each) => each.key === key)!.title;
    assert.deepEqual(links.filter(({ clash }) => clash).map(({ from, to, text }) => [from, named(to), text]), [
      ['/Conv2D#0', 'add', '(None, 30, 30, 8) ≠ (None, 32, 32, 8)'],
    ]);
  },

  async 'what an edit changed'() {
    const { document } = await open('blocks.py');
    const before = document.getText();
    await drawn((picture) => picture.file === 'blocks.py' && picture.status === 'built');
    await new Promise((resolve) => setTimeout(resolve, ONE_EDIT)); // what was edited before is another edit
    const [lens] = await until('the lens', async () => withParameters(await lenses(document.uri)));
    await replace(document, before.replace('block(x, 64)', 'block(x, 72)'));
    const said = await until('the sum in the lens', async () =>
      (await lenses(document.uri)).find(({ command }) => command?.title.includes(' · +')),
    );
    assert.equal(said.range.start.line, lens!.range.start.line, 'the line was there before');
    const { blocks, change } = await drawn((picture) => picture.change !== '');
    assert.match(change, /^changed: \d layers changed, \+[\d,]+ parameters$/);
    const conv = blocks.filter(({ title }) => title === 'Conv2D')[2]!;
    assert.match(conv.change, /^\(None, 16, 16, 64\) → \(None, 16, 16, 72\), \+2,312 parameters$/);
    assert.equal(blocks.filter(({ title }) => title === 'Conv2D')[0]!.change, '');
    assert.match(await hover(document.uri, at(document, 'Dense(10')), /changed: \+80 parameters/);
    await until('the lens without it', async () =>
      (await lenses(document.uri)).every(({ command }) => !command?.title.includes(' · +')),
    );
    await replace(document, before);
    await drawn((picture) => picture.change.includes('layers changed, -')); // after a pause, that is an edit of its own
  },

  async 'what changed since HEAD'() {
    const { document } = await open('blocks.py');
    const folder = path.dirname(document.uri.fsPath);
    const git = (...given: string[]): unknown => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...given], { cwd: folder });
    git('init', '-q');
    git('add', 'blocks.py');
    git('commit', '-qm', 'one');
    const before = document.getText();
    await replace(document, before.replace('Dense(10', 'Dense(11'));
    await drawn(({ blocks }) => blocks.some(({ output }) => output === '(None, 11)'));
    await vscode.commands.executeCommand('keras-shapes.compare');
    const { change } = await drawn((picture) => picture.change.includes('HEAD'));
    assert.match(change, /^changed: 1 layer changed, \+65 parameters since HEAD [0-9a-f]+$/);
    await vscode.commands.executeCommand('keras-shapes.compare');
    await drawn((picture) => !picture.change.includes('HEAD'));
    await replace(document, before);
    view().close();
    await until('no view', () => extension().exports.commands.view === undefined);
  },
};

function withParameters(found: readonly vscode.CodeLens[]): readonly vscode.CodeLens[] | undefined {
  return found.some(({ command }) => command?.title.includes('parameters')) ? found : undefined;
}

function view(): NonNullable<ReturnType<typeof extension>['exports']['commands']['view']> {
  return extension().exports.commands.view!;
}

function drawn(wanted: (picture: Picture) => boolean): Promise<Picture> {
  return until('the picture', () => {
    const picture = extension().exports.commands.view?.shown;
    return picture && wanted(picture) && picture;
  });
}
