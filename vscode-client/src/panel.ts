/** The panel of the model view: follows one document, and answers the page. */

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Position, Range } from 'vscode-languageclient';
import { Feed } from './feed';
import { applyFix, provenFixes } from './fixes';
import { markdown } from './markdown';
import { modelName, picture, type FromPage, type Picture, type ToPage } from './picture';
import type { Model, Models } from './protocol';
import type { Session } from './session';
import { strings } from './strings';

export class ModelView implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly feed: Feed;
  private models: readonly Model[] = [];
  private fixes: ReadonlyMap<number, vscode.CodeAction> = new Map();
  private chosen = -1;
  private drawn = '';
  private newest = 0;

  /** What the server said last. */
  answer: Models | undefined;
  /** What the page shows; undefined before the first answer. */
  shown: Picture | undefined;
  /** The layer that the cursor is in. */
  marked: number | null = null;

  constructor(
    context: vscode.ExtensionContext,
    session: Session,
    readonly uri: vscode.Uri,
    private wanted: Position | undefined,
  ) {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const title = strings.viewTitle(strings.anonymous);
    this.panel = vscode.window.createWebviewPanel('keras-shapes.model', title, place, {
      enableScripts: true,
      localResourceRoots: [],
    });
    this.panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    this.panel.webview.html = page(context.extensionUri);
    this.disposables.push(
      this.panel.webview.onDidReceiveMessage((message: FromPage) => this.receive(message)),
      vscode.window.onDidChangeTextEditorSelection((change) => this.mark(change.textEditor)),
    );
    this.feed = new Feed(session, uri, (answer) => answer && this.take(answer));
    this.panel.onDidDispose(() => this.dispose());
  }

  /** Called when the panel is closed. */
  get onDidDispose(): vscode.Event<void> {
    return this.panel.onDidDispose;
  }

  /** Show the model that stands at a position of the document. */
  show(position: Position | undefined): void {
    this.wanted = position;
    this.panel.reveal(undefined, true);
    void this.update(this.models);
  }

  /** What the page asks for. */
  async receive(message: FromPage): Promise<void> {
    const model = this.models[this.chosen];
    switch (message.type) {
      case 'ready':
        this.drawn = '';
        this.draw();
        break;
      case 'copy':
        if (model !== undefined) {
          await vscode.env.clipboard.writeText(markdown(model));
          vscode.window.setStatusBarMessage(strings.copied, 3000);
        }
        break;
      case 'source':
        await this.reveal(model?.layers[message.index]?.location ?? model?.location);
        break;
      case 'fix':
        await applyFix(this.fixes.get(message.index));
        break;
      case 'model':
        this.chosen = message.index;
        await this.update(this.models);
        break;
    }
  }

  close(): void {
    this.panel.dispose();
  }

  dispose(): void {
    this.feed.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** What is half typed keeps its last picture. */
  private take(answer: Models): void {
    this.answer = answer;
    if (!answer.broken || answer.models.length >= this.models.length) {
      void this.update(answer.models);
    }
  }

  private async update(models: readonly Model[]): Promise<void> {
    const turn = ++this.newest;
    this.models = models;
    this.choose();
    const model = models[this.chosen];
    this.draw();
    const fixes = model ? await provenFixes(model) : new Map<number, vscode.CodeAction>();
    if (turn === this.newest) {
      this.fixes = fixes;
      this.draw();
    }
  }

  private choose(): void {
    const { wanted, models } = this;
    if (wanted !== undefined && models.length > 0) {
      this.chosen = models.findIndex(({ location }) => contains(location.range, wanted));
      this.wanted = undefined;
    }
    this.chosen = Math.max(0, Math.min(this.chosen, models.length - 1));
  }

  private draw(): void {
    this.shown = picture(this.models, this.chosen, this.fixesOfShown());
    const text = JSON.stringify(this.shown);
    if (text !== this.drawn) {
      this.drawn = text;
      const model = this.models[this.chosen];
      this.panel.title = strings.viewTitle(model ? modelName(model) : strings.anonymous);
      this.post({ type: 'picture', picture: this.shown });
    }
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === this.uri.path);
    this.mark(vscode.window.activeTextEditor ?? editor);
  }

  /** Fixes of an older text are not offered, but their buttons stay where they are until the next ones are known. */
  private fixesOfShown(): ReadonlyMap<number, vscode.CodeAction> {
    const layers = this.models[this.chosen]?.layers ?? [];
    return new Map([...this.fixes].filter(([index]) => layers[index]?.status === 'refused'));
  }

  private mark(editor: vscode.TextEditor | undefined): void {
    const uri = editor?.document.uri.toString();
    const line = editor?.selection.active;
    const layers = this.models[this.chosen]?.layers ?? [];
    const here = layers.findIndex(
      ({ location }) => line && sameUri(location.uri, uri) && contains(location.range, line),
    );
    const onLine = layers.findIndex(
      ({ location }) => line && sameUri(location.uri, uri) && location.range.start.line === line.line,
    );
    this.marked = here >= 0 ? here : onLine >= 0 ? onLine : null;
    this.post({ type: 'cursor', layer: this.marked });
  }

  private async reveal(location: Model['location'] | undefined): Promise<void> {
    if (location === undefined) {
      return;
    }
    const uri = vscode.Uri.parse(location.uri);
    const { start, end } = location.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const open = vscode.window.visibleTextEditors.find(({ document }) => sameUri(document.uri.toString(), uri.toString()));
    if (open !== undefined) {
      open.selection = new vscode.Selection(selection.start, selection.start);
      open.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
    if (uri.scheme !== 'vscode-notebook-cell') {
      const caret = new vscode.Range(selection.start, selection.start);
      await vscode.window.showTextDocument(uri, { viewColumn, selection: caret });
    }
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

function contains(range: Range, { line, character }: Position): boolean {
  const { start, end } = range;
  const after = line > start.line || (line === start.line && character >= start.character);
  const before = line < end.line || (line === end.line && character <= end.character);
  return after && before;
}

function sameUri(first: string, second: string | undefined): boolean {
  return second !== undefined && vscode.Uri.parse(first).toString() === vscode.Uri.parse(second).toString();
}

/** Everything of the page is in its text: it may load nothing, and run only the one script that is ours. */
function page(extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = read(extension, 'dist', 'view.js').replaceAll('</', '<\\/');
  const style = read(extension, 'media', 'view.css');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Model</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="view"></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

function read(extension: vscode.Uri, ...names: string[]): string {
  return fs.readFileSync(vscode.Uri.joinPath(extension, ...names).fsPath, 'utf8');
}
