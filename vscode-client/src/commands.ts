/** The commands of the palette and of the lenses. */

import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Position, Range } from 'vscode-languageclient';
import { activePlace } from './active';
import { chooseInterpreter } from './choosing';
import type { Interpreters } from './interpreters';
import { ModelView } from './panel';
import { reveal } from './places';
import type { Session } from './session';
import { toggleInlayHints } from './settings';
import { strings } from './strings';

export class Commands implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];

  /** The one panel; opening another model shows that in it. */
  view: ModelView | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: Session,
    private readonly interpreters: Interpreters,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const commands: Record<string, (...args: never[]) => unknown> = {
      openModelView: (uri?: unknown, position?: Position) => this.openModelView(uri, position),
      exportModel: () => this.exportModel(),
      goTo: (uri: string, range: Range) => reveal({ uri, range }),
      check: () => this.session.execute('keras-shapes.checkWorkspace'),
      compare: () => this.session.compareWithHead(activePlace()?.uri),
      toggleInlayHints,
      chooseInterpreter: () => chooseInterpreter(this.interpreters, this.session),
      environment: () => this.showEnvironment(),
      restartServer: () => this.session.restart(),
      showLog: () => this.log.show(),
      openSample: () => this.openSample(),
    };
    this.disposables = Object.entries(commands).map(([name, command]) =>
      vscode.commands.registerCommand(`keras-shapes.${name}`, command),
    );
  }

  dispose(): void {
    this.view?.close();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** A lens says which model; a button and the palette mean the one where the person is. */
  private openModelView(uri?: unknown, position?: Position): void {
    const place = typeof uri === 'string' ? { uri: vscode.Uri.parse(uri), position } : activePlace();
    if (place === undefined) {
      return;
    }
    if (this.view !== undefined) {
      this.view.show(place);
      this.view.reveal();
      return;
    }
    const view = new ModelView(this.context, this.session, place);
    this.view = view;
    view.onDidDispose(() => {
      this.view = undefined;
    });
  }

  private async exportModel(): Promise<void> {
    if (this.view === undefined) {
      this.openModelView();
    }
    await this.view?.export();
  }

  /** In the log, where it can be copied. */
  private async showEnvironment(): Promise<void> {
    const environment = await this.session.environment();
    const lines = environment?.lines ?? [this.session.problem ?? strings.notRunning];
    for (const line of lines) {
      this.log.info(line);
    }
    const pressed = await vscode.window.showInformationMessage(
      lines.join('\n'),
      { modal: true },
      strings.chooseInterpreter,
      strings.showLog,
    );
    if (pressed === strings.chooseInterpreter) {
      await vscode.commands.executeCommand('keras-shapes.chooseInterpreter');
    } else if (pressed === strings.showLog) {
      this.log.show();
    }
  }

  /** In a text of its own: the sample stays as it is for the next time. */
  private async openSample(): Promise<void> {
    const file = vscode.Uri.joinPath(this.context.extensionUri, 'samples', 'first_minute.py');
    const content = await fs.promises.readFile(file.fsPath, 'utf8');
    const document = await vscode.workspace.openTextDocument({ language: 'python', content });
    await vscode.window.showTextDocument(document);
  }
}
