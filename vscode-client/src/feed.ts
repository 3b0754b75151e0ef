/** What is known of a document's models, told again whenever it changes. */

import * as vscode from 'vscode';
import type { Models } from './protocol';
import type { Session } from './session';

/** The server itself waits for a while before it answers that it does not know yet. */
const PAUSE = 150;
/** The language client hears of an edit at the same time: let it pass that on first. */
const HEAD_START = 5;
const CELL = 'vscode-notebook-cell';

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

  /** Ask until the answer is about the newest text and nothing more will be known. */
  private async ask(): Promise<void> {
    this.again = true;
    if (this.asking) {
      return;
    }
    this.asking = true;
    while (this.again && !this.disposed) {
      this.again = false;
      await pause(HEAD_START);
      const models = await this.session.models(this.uri);
      if (!this.disposed) {
        this.tell(models);
      }
      if (models !== null && !this.isSettled(models)) {
        this.again = true;
        await pause(PAUSE);
      }
    }
    this.asking = false;
  }

  private isSettled({ version, current, final, proved }: Models): boolean {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.uri.toString());
    const newest = version === null || this.uri.scheme === CELL || document === undefined || version >= document.version;
    return newest && current && final && proved !== false;
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
