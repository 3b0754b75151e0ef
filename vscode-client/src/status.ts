/** What is on, what is off, and why: behind `{}` for every Python file, and in the status bar where there is a model. */

import * as vscode from 'vscode';
import { activePlace } from './active';
import { Feed } from './feed';
import type { Environment, Models } from './protocol';
import type { Session } from './session';
import { NAME, strings } from './strings';

export interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly busy: boolean;
  readonly choose: boolean;
}

/** Set where the active editor has a model: buttons are shown by it. */
const HAS_MODELS = 'keras-shapes.hasModels';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('keras-shapes.status', { language: 'python' });
  private readonly bar = vscode.window.createStatusBarItem('keras-shapes.interpreter', vscode.StatusBarAlignment.Right, 90);
  private readonly disposables: vscode.Disposable[];
  private feed: Feed | undefined;
  private models: Models | null = null;

  constructor(private readonly session: Session) {
    this.item.name = this.bar.name = NAME;
    this.bar.command = 'keras-shapes.chooseInterpreter';
    this.disposables = [
      this.item,
      this.bar,
      session.onDidChange(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.follow()),
    ];
    this.follow();
    void this.show();
  }

  get text(): string {
    return this.item.text;
  }

  get detail(): string {
    return this.item.detail ?? '';
  }

  /** What stands in the status bar; empty where nothing does. */
  get barText(): string {
    return this.bar.text;
  }

  dispose(): void {
    this.feed?.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private follow(): void {
    const uri = activePlace()?.uri;
    if (uri?.toString() === this.feed?.uri.toString()) {
      return;
    }
    this.feed?.dispose();
    this.models = null;
    this.feed = uri && new Feed(this.session, uri, (models) => this.take(models));
    void this.show();
  }

  private take(models: Models | null): void {
    this.models = models;
    void this.show();
  }

  private async show(): Promise<void> {
    const environment = await this.session.environment();
    const shown = described(this.session.problem, environment, this.models);
    this.item.text = shown.text;
    this.item.detail = shown.detail;
    this.item.severity = shown.severity;
    this.item.busy = shown.busy;
    this.item.command = shown.choose
      ? { title: strings.chooseInterpreter, command: 'keras-shapes.chooseInterpreter' }
      : { title: strings.showEnvironment, command: 'keras-shapes.environment' };
    this.showBar(environment);
  }

  /** Nobody who does not write models is told of Keras. */
  private showBar(environment: Environment | null): void {
    const hasModels = (this.models?.counts.models ?? 0) > 0;
    void vscode.commands.executeCommand('setContext', HAS_MODELS, hasModels);
    if (environment === null || !hasModels) {
      this.bar.hide();
      return;
    }
    const wrong = environment.problem !== null;
    this.bar.text = `$(${wrong ? 'warning' : 'layers'}) ${using(environment)}`;
    this.bar.tooltip = environment.problem ?? strings.usingTip(environment.name ?? '', keras(environment));
    this.bar.backgroundColor = wrong ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.bar.show();
  }
}

/** `.venv · Keras 3.15`, and `4 models: 3 built, 1 error · sandboxed`: short, as what is long is cut off. */
export function described(problem: string | undefined, environment: Environment | null, models: Models | null): Shown {
  const { Information, Warning, Error } = vscode.LanguageStatusSeverity;
  const plain = { detail: NAME, severity: Information, busy: false, choose: false };
  if (problem !== undefined) {
    return { ...plain, text: problem, severity: Error, choose: true };
  }
  if (environment === null) {
    return { ...plain, text: strings.starting, busy: true };
  }
  if (environment.problem !== null) {
    return { ...plain, text: using(environment), severity: Warning, choose: true };
  }
  const parts = [found(models), environment.sandboxed ? strings.sandboxed : '', trust(environment)];
  const busy = environment.phase === 'starting';
  return { ...plain, text: using(environment), detail: parts.filter(Boolean).join(' · '), busy };
}

/** Which Python, and what it has. */
function using(environment: Environment): string {
  const { name, problem } = environment;
  return strings.using(name ?? 'python', problem === null ? keras(environment) : withoutPlace(problem));
}

/** `no TensorFlow` of `no TensorFlow in /usr/bin/python3 (Python 3.11): pip install tensorflow`. */
function withoutPlace(problem: string): string {
  return problem.split(/ in |: /)[0]!;
}

function keras({ phase, keras: version }: Environment): string {
  if (version === null) {
    return phase === 'starting' ? strings.kerasStarting : strings.notStarted;
  }
  return `Keras ${version.split('.').slice(0, 2).join('.')}`;
}

function trust({ trusted, codeOff, phase }: Environment): string {
  if (!trusted) {
    return strings.restricted;
  }
  return codeOff !== null && phase === 'ready' ? strings.customLayersOff(codeOff) : '';
}

function found(models: Models | null): string {
  if (models === null) {
    return '';
  }
  const { counts } = models;
  if (counts.models === 0) {
    if (models.broken) {
      return '';
    }
    return models.unread ? strings.unread : strings.noModels;
  }
  const kinds = (['built', 'refused', 'unknown'] as const).filter((kind) => counts[kind] > 0);
  return strings.counts(
    counts.models,
    kinds.map((kind) => strings.count(counts[kind], kind)),
  );
}
