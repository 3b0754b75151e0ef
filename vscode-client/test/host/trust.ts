/** Restricted Mode, and what changes when trust is granted. */

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, hints, open, say, until, type Test } from './suite';

export const trust: Readonly<Record<string, Test>> = {
  async 'in a workspace that is not trusted'() {
    assert.equal(vscode.workspace.isTrusted, false);
    const { document } = await open('custom.py');
    const { session, status } = extension().exports;
    await until('the status', () => status.detail.includes('Restricted Mode: custom layers off'));
    const environment = await until('Keras', async () => {
      const found = await session.environment();
      return found?.phase === 'ready' && found;
    });
    assert.equal(environment.trusted, false);
    assert.notEqual(environment.codeOff, null);
    await until('the unknown layer', async () => (await hints(document)).some((hint) => hint.includes('?')));
  },

  async 'the shapes of Keras’ own layers are shown'() {
    const { document } = await open('built.py');
    await until('hints', async () => (await hints(document)).some((hint) => hint.includes('None')));
  },

  async 'settings of the workspace that choose what is run are not taken'() {
    const { workspaceValue } = vscode.workspace.getConfiguration('keras-shapes').inspect('interpreter')!;
    say(`workspace's interpreter: ${workspaceValue}`);
    assert.notEqual(extension().exports.interpreters.current, '/workspace/python');
  },

  async 'when trust is granted'() {
    const { document } = await open('custom.py');
    void vscode.commands.executeCommand('workbench.trust.manage');
    await until('trust', () => vscode.workspace.isTrusted);
    await until('the server to know', async () => (await extension().exports.session.environment())?.trusted);
    await until('the custom layer', async () => (await hints(document)).some((hint) => hint.includes('(None, 8)')));
    assert.ok(!extension().exports.status.detail.includes('Restricted'));
  },
};
