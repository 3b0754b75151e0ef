/** The panel of the model view: follows the active editor and its cursor, and answers the page. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient';
import { activePlace, isPython, type Place } from './active';
import { exportModel } from './exporting';
import { Feed } from './feed';
import { applyFix, provenFixes } from './fixes';
import { graphOf, isLayer, type Spot } from './graph';
import { page } from './page';
import { modelName, picture, type FromPage, type Picture, type ToPage } from './picture';
import { modelAt, reveal, underCursor } from './places';
import type { Model, Models } from './protocol';
import type { Session } from './session';
import { strings } from './strings';

export class ModelView implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly opened = new Set<string>();
  private feed: Feed;
  private models: readonly Model[] = [];
  private spots: readonly Spot[] = [];
  private fixes: ReadonlyMap<string, vscode.CodeAction> = new Map();
  private chosen = -1;
  private folded = false;
  private drawn = '';
  private newest = 0;
  private rastered: (png: string) => void = () => undefined;
  private told: () => void = () => undefined;
  /** Comes to an end with the first answer of the server. */
  private readonly known = new Promise<void>((resolve) => (this.told = resolve));

  /** What the server said last. */
  answer: Models | undefined;
  /** What the page shows; undefined before the first answer. */
  shown: Picture | undefined;
  /** Keys of the blocks that the cursor is in. */
  marked: readonly string[] = [];

  constructor(
    context: vscode.ExtensionContext,
    private readonly session: Session,
    private place: Place,
  ) {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel('keras-shapes.model', strings.model, column, {
      enableScripts: true,
      localResourceRoots: [],
    });
    this.panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    this.panel.webview.html = page(context.extensionUri);
    this.disposables.push(
      this.panel.webview.onDidReceiveMessage((message: FromPage) => this.receive(message)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.follow(editor)),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.show(activePlace() ?? this.place)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach((file) => this.rename(file))),
    );
    this.feed = this.listen();
    this.panel.onDidDispose(() => this.dispose());
  }

  /** Of the document that is shown; in a notebook of one of its cells. */
  get uri(): vscode.Uri {
    return this.place.uri;
  }

  /** Called when the panel is closed. */
  get onDidDispose(): vscode.Event<void> {
    return this.panel.onDidDispose;
  }

  /** Show the model that stands at a place. */
  show(place: Place): void {
    const other = place.uri.path !== this.place.uri.path;
    this.place = place;
    if (other) {
      this.feed.dispose();
      this.models = [];
      this.chosen = -1;
      this.opened.clear();
      this.feed = this.listen();
    } else if (this.answer) {
      void this.update(this.models);
    }
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** What the page asks for. */
  async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.drawn = '';
        this.draw();
        break;
      case 'export':
        await this.export();
        break;
      case 'fold':
        this.folded = !this.folded;
        await this.update(this.models);
        break;
      case 'raster':
        this.rastered(message.png);
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

  /** Ask for a format where none is given, and write the model in it. */
  async export(label?: string): Promise<void> {
    this.reveal(); // only what is shown can make points of a drawing
    await this.known;
    const model = this.models[this.chosen];
    if (model !== undefined) {
      await exportModel(this.session, model, (svg, scale) => this.raster(svg, scale), label);
    }
  }

  close(): void {
    this.panel.dispose();
  }

  dispose(): void {
    this.feed.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private listen(): Feed {
    return new Feed(this.session, this.place.uri, (answer) => answer && this.take(answer));
  }

  /** A text that holds no Python says nothing of models: what is shown stays. */
  private follow(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    if (isPython(document) && editor === vscode.window.activeTextEditor) {
      const moved = document.uri.toString() !== this.place.uri.toString() || !this.showsModelAt(selection.active);
      if (moved) {
        this.show({ uri: document.uri, position: selection.active });
      }
    }
    this.mark(editor);
  }

  private showsModelAt(position: Position): boolean {
    return modelAt(this.models, this.place.uri, position, this.chosen) === this.chosen;
  }

  private rename({ oldUri, newUri }: { oldUri: vscode.Uri; newUri: vscode.Uri }): void {
    const { path: mine } = this.place.uri;
    if (mine === oldUri.path || mine.startsWith(`${oldUri.path}/`)) {
      this.show({ uri: this.place.uri.with({ path: newUri.path + mine.slice(oldUri.path.length) }), position: undefined });
    }
  }

  private take(answer: Models): void {
    this.answer = answer;
    this.told();
    if (!answer.broken || !this.isLess(answer.models)) {
      void this.update(answer.models);
    }
  }

  /** What is half typed takes models and layers away: their last picture stays meanwhile. */
  private isLess(models: readonly Model[]): boolean {
    const layers = (all: readonly Model[]): number => all[this.chosen]?.layers.length ?? 0;
    return models.length < this.models.length || layers(models) < layers(this.models);
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
    const { place, models, chosen } = this;
    if (place.position !== undefined && models.length > 0) {
      this.choose(modelAt(models, place.uri, place.position, chosen));
      this.place = { uri: place.uri, position: undefined };
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
    const { models, chosen, opened, folded } = this;
    const file = path.basename(this.place.uri.path);
    this.spots = graphOf(models, chosen, opened, folded).spots;
    const kinds = this.answer?.kinds ?? [];
    this.shown = picture({ file, models, chosen, opened, folded, kinds, fixes: this.fixesOfShown() });
    const text = JSON.stringify(this.shown);
    if (text !== this.drawn) {
      this.drawn = text;
      const model = models[chosen];
      this.panel.title = strings.viewTitle(model ? modelName(model) : strings.model, file);
      this.post({ type: 'picture', picture: this.shown });
    }
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === this.uri.path);
    this.mark(vscode.window.activeTextEditor ?? editor);
  }

  /** Fixes of an older text are not offered, but their buttons stay where they are until the next ones are known. */
  private fixesOfShown(): ReadonlyMap<string, string> {
    const refused = this.spots.filter(({ what }) => isLayer(what) && what.status === 'refused');
    return new Map(refused.map(({ key }) => [key, strings.fix(this.fixes.get(key)?.title ?? '')]));
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

  /** The page makes points of a drawing. */
  private raster(svg: string, scale: number): Promise<string> {
    return new Promise((resolve) => {
      this.rastered = resolve;
      this.post({ type: 'raster', svg, scale });
    });
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}
