/** What VS Code calls: nothing here waits for the server. */

import * as vscode from 'vscode';
import { Commands } from './commands';
import { Interpreters } from './interpreters';
import { Session } from './session';
import { StatusItem } from './status';
import { NAME, strings } from './strings';

/** For the tests of the extension; nobody else is promised anything. */
export interface Parts {
  readonly session: Session;
  readonly interpreters: Interpreters;
  readonly status: StatusItem;
  readonly commands: Commands;
}

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): Parts {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const interpreters = new Interpreters(log);
  session = new Session(context, interpreters, log);
  const parts = {
    session,
    interpreters,
    status: new StatusItem(session),
    commands: new Commands(context, session, interpreters, log),
  };
  context.subscriptions.push(log, interpreters, session, parts.status, parts.commands);
  void begin(session);
  return parts;
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** The one failure that is shown: without a server there is no lens that could say it. */
async function begin(started: Session): Promise<void> {
  await started.restart();
  if (started.problem !== undefined) {
    const choices = [strings.chooseInterpreter, strings.showLog];
    const pressed = await vscode.window.showWarningMessage(started.problem, ...choices);
    if (pressed === strings.chooseInterpreter) {
      await vscode.commands.executeCommand('keras-shapes.chooseInterpreter');
    } else if (pressed === strings.showLog) {
      await vscode.commands.executeCommand('keras-shapes.showLog');
    }
  }
}
