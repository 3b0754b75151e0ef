/** What is known of a document's models, told again whenever it changes. */

import * as vscode from 'vscode';
import type { Models } from './protocol';
import type { Session } from './session';

/** The server itself waits for a while before it answers that it does not know yet. */
const PAUSE = 150;

export class Feed implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  private asking = false;
  private again = false;
  private disposed = false;

  constructor(
    private readonly session: Session,
    readonly uri: vscode.Uri,
    private readonly tell: (models: Models | null) => void,
  ) {
    this.disposables = [
      session.onDidChange(() => this.ask()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.isMine(document) && this.ask()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some((each) => this.owns(each)) && this.ask()),
    ];
    void this.ask();
  }

  dispose(): void {
    this.disposed = true;
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Ask until the answer is about the newest text and final. */
  private async ask(): Promise<void> {
    this.again = true;
    if (this.asking) {
      return;
    }
    this.asking = true;
    while (this.again && !this.disposed) {
      this.again = false;
      await pause(0); // the language client hears of an edit at the same time: let it pass that on first
      const models = await this.session.models(this.uri);
      if (!this.disposed) {
        this.tell(models);
      }
      if (models !== null && !(models.final && models.current)) {
        this.again = true;
        await pause(PAUSE);
      }
    }
    this.asking = false;
  }

  private isMine(document: vscode.TextDocument): boolean {
    return this.owns(document.uri);
  }

  /** A notebook's models are asked for by any of its cells; they all share its path. */
  private owns(uri: vscode.Uri): boolean {
    return uri.path === this.uri.path;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
