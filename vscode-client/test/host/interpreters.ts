/** The wrong interpreter, none at all, and the Python extension's choice. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { executable } from '../../src/launching';
import { diagnostics, extension, lenses, open, setting, until, type Test } from './suite';

const KERAS = process.env['TEST_KERAS']!;
const OTHER = process.env['TEST_OTHER']!;

export const interpreters: Readonly<Record<string, Test>> = {
  async 'an interpreter without Keras'() {
    await setting('interpreter', OTHER);
    const { document } = await open('refused.py');
    const [lens] = await until('the lens', async () => {
      const found = await lenses(document.uri);
      return found.some(({ command }) => command?.title.includes('no TensorFlow')) && found;
    });
    assert.match(lens!.command!.title, /choose interpreter$/);
    assert.equal(lens!.command!.command, 'keras-shapes.chooseInterpreter');
    await until('the status', () => extension().exports.status.text.includes('no TensorFlow'));
  },

  async 'another interpreter by the setting'() {
    const { document } = await open('refused.py');
    await setting('interpreter', KERAS);
    await diagnostics(document.uri);
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
      return (await lenses(document.uri)).some(({ command }) => command?.title.includes('refused'));
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
