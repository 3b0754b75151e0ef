/** The panel of the model view: follows one document, and answers the page. */

import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient';
import { Feed } from './feed';
import { applyFix, provenFixes } from './fixes';
import { graphOf, isLayer, type Spot } from './graph';
import { markdown } from './markdown';
import { page } from './page';
import { modelName, picture, type FromPage, type Picture, type ToPage } from './picture';
import { contains, reveal, underCursor } from './places';
import type { Model, Models } from './protocol';
import type { Session } from './session';
import { strings } from './strings';

export class ModelView implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly feed: Feed;
  private readonly opened = new Set<string>();
  private models: readonly Model[] = [];
  private spots: readonly Spot[] = [];
  private fixes: ReadonlyMap<string, vscode.CodeAction> = new Map();
  private chosen = -1;
  private drawn = '';
  private newest = 0;

  /** What the server said last. */
  answer: Models | undefined;
  /** What the page shows; undefined before the first answer. */
  shown: Picture | undefined;
  /** Keys of the blocks that the cursor is in. */
  marked: readonly string[] = [];

  constructor(
    context: vscode.ExtensionContext,
    session: Session,
    readonly uri: vscode.Uri,
    private wanted: Position | undefined,
  ) {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel('keras-shapes.model', strings.viewTitle(strings.model), place, {
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
    switch (message.type) {
      case 'ready':
        this.drawn = '';
        this.draw();
        break;
      case 'copy':
        await this.copy();
        break;
      case 'source':
        await this.goTo(message.key);
        break;
      case 'fix':
        await applyFix(this.fixes.get(message.key));
        break;
      case 'toggle':
        this.toggle(message.key);
        await this.update(this.models);
        break;
      case 'model':
        this.choose(message.index);
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
    this.findWanted();
    this.draw();
    const fixes = await provenFixes(this.spots);
    if (turn === this.newest) {
      this.fixes = fixes;
      this.draw();
    }
  }

  private findWanted(): void {
    const { wanted, models, chosen } = this;
    if (wanted !== undefined && models.length > 0) {
      this.choose(models.findIndex(({ location }) => contains(location.range, wanted)));
      this.wanted = undefined;
    } else {
      this.chosen = Math.max(0, Math.min(chosen, models.length - 1));
    }
  }

  private choose(index: number): void {
    const chosen = Math.max(0, Math.min(index, this.models.length - 1));
    if (chosen !== this.chosen) {
      this.chosen = chosen;
      this.opened.clear();
    }
  }

  private toggle(key: string): void {
    if (!this.opened.delete(key)) {
      this.opened.add(key);
    }
  }

  private draw(): void {
    this.spots = graphOf(this.models, this.chosen, this.opened).spots;
    this.shown = picture(this.models, this.chosen, this.opened, this.fixesOfShown());
    const text = JSON.stringify(this.shown);
    if (text !== this.drawn) {
      this.drawn = text;
      const model = this.models[this.chosen];
      this.panel.title = strings.viewTitle(model ? modelName(model) : strings.model);
      this.post({ type: 'picture', picture: this.shown });
    }
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === this.uri.path);
    this.mark(vscode.window.activeTextEditor ?? editor);
  }

  /** Fixes of an older text are not offered, but their buttons stay where they are until the next ones are known. */
  private fixesOfShown(): ReadonlyMap<string, string> {
    const refused = this.spots.filter(({ what }) => isLayer(what) && what.status === 'refused');
    return new Map(refused.map(({ key }) => [key, this.fixes.get(key)?.title ?? '']));
  }

  private mark(editor: vscode.TextEditor | undefined): void {
    const places = this.spots.flatMap(({ key, what: { location } }) => (location === null ? [] : [{ key, location }]));
    this.marked = underCursor(places, editor).map(({ key }) => key);
    this.post({ type: 'cursor', keys: this.marked });
  }

  /** To the source of a block; what is declared nowhere belongs to its model. */
  private async goTo(key: string): Promise<void> {
    const spot = this.spots.find((each) => each.key === key);
    const location: Location | undefined = spot?.what.location ?? spot?.model.location;
    if (location !== undefined) {
      await reveal(location);
    }
  }

  private async copy(): Promise<void> {
    const model = this.models[this.chosen];
    if (model !== undefined) {
      await vscode.env.clipboard.writeText(markdown(model));
      vscode.window.setStatusBarMessage(strings.copied, 3000);
    }
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}
