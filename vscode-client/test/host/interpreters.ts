/** The wrong interpreter, none at all, and the Python extension's choice. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { choice } from '../../src/choosing';
import { executable } from '../../src/launching';
import { diagnostics, extension, lenses, open, say, setting, until, type Test } from './suite';

const KERAS = process.env['TEST_KERAS']!;
const OTHER = process.env['TEST_OTHER']!;
/** A lens that tells of a model in error, in words of its own. */
const RIGHT = /^1 error: /;

export const interpreters: Readonly<Record<string, Test>> = {
  async 'an interpreter without Keras'() {
    await setting('interpreter', OTHER);
    const { document } = await open('refused.py');
    const [lens] = await until('the lens', async () => {
      const found = await lenses(document.uri);
      return found.some(({ command }) => command?.title.includes('no TensorFlow')) && found;
    });
    assert.match(lens!.command!.title, /^choose interpreter · /);
    assert.equal(lens!.command!.command, 'keras-shapes.chooseInterpreter');
    await until('the status', () => extension().exports.status.text.includes('no TensorFlow'));
  },

  async 'the lens is right as soon as Keras is there'() {
    const { document } = await open('refused.py');
    const { session } = extension().exports;
    const start = performance.now();
    await setting('interpreter', KERAS);
    const ready = until('Keras', async () => (await session.environment())?.phase === 'ready').then(() => performance.now() - start);
    const titles: string[] = [];
    await until('the lens', async () => {
      titles.push(...(await lenses(document.uri)).map(({ command }) => command?.title ?? ''));
      return RIGHT.test(titles.at(-1) ?? '');
    });
    const taken = performance.now() - start;
    const started = await ready;
    const wrong = titles.filter((title) => title.includes('no TensorFlow')).length;
    say(`lens ${Math.round(taken)} ms after the choice, Keras ${Math.round(started)} ms; ${wrong} of ${titles.length} looks saw the old lens`);
    assert.ok(taken <= 1.2 * started, `${taken} ms`);
    await diagnostics(document.uri);
  },

  async 'all interpreters are listed, with what they have'() {
    const all = (await extension().exports.session.choices())!;
    const has = all.find(({ python }) => executable(python) === executable(KERAS));
    const [lacks] = all.filter(({ python }) => executable(python) === executable(OTHER));
    say(all.map(({ name, version, keras }) => `${name} ${version} ${keras}`).join(', '));
    assert.ok(lacks?.problem?.startsWith('no TensorFlow'), JSON.stringify(all));
    assert.equal(choice(lacks!).label.slice(0, 1), '✗');
    assert.ok(all.every(({ version }) => version === null || !/^(2|3\.[0-8])\b/.test(version)));
    assert.equal(has === undefined || has.problem === null, true);
    await setting('interpreter', undefined);
  },

  async 'the choice of the Python extension'() {
    const { document } = await open('refused.py');
    await vscode.commands.executeCommand('pythonForTests.choose', OTHER);
    await until('the other', () => extension().exports.interpreters.current === OTHER);
    await until('no shapes', async () => {
      return (await lenses(document.uri)).some(({ command }) => command?.title.includes('no TensorFlow'));
    });
    await vscode.commands.executeCommand('pythonForTests.choose', KERAS);
    await until('shapes', async () => {
      return (await lenses(document.uri)).some(({ command }) => RIGHT.test(command?.title ?? ''));
    });
    assert.equal(extension().exports.interpreters.current, KERAS);
  },

  async "the environment's own server"() {
    await open('refused.py');
    await setting('importStrategy', 'fromEnvironment');
    const { session } = extension().exports;
    await vscode.commands.executeCommand('keras-shapes.restartServer');
    const installed = process.env['TEST_INSTALLED'] === 'yes';
    assert.equal(session.isRunning, installed);
    assert.equal(session.problem, installed ? undefined : `keras-shapes is not installed in ${executable(KERAS)}.`);
    await setting('importStrategy', undefined);
    await vscode.commands.executeCommand('keras-shapes.restartServer');
    assert.ok(session.isRunning);
  },
};
