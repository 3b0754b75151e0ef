/** The language status item: what is on, what is off, and why. */

import * as vscode from 'vscode';
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

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('keras-shapes.status', { language: 'python' });
  private readonly disposables: vscode.Disposable[];
  private feed: Feed | undefined;

  constructor(private readonly session: Session) {
    this.item.name = NAME;
    this.disposables = [
      this.item,
      session.onDidChange(() => this.show(null)),
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
    ];
    this.follow();
    void this.show(null);
  }

  get text(): string {
    return this.item.text;
  }

  get detail(): string {
    return this.item.detail ?? '';
  }

  dispose(): void {
    this.feed?.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private follow(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== 'python' || document.uri.toString() === this.feed?.uri.toString()) {
      return;
    }
    this.feed?.dispose();
    this.feed = new Feed(this.session, document.uri, (models) => this.show(models));
  }

  private async show(models: Models | null): Promise<void> {
    const shown = described(this.session.problem, await this.session.environment(), models);
    this.item.text = shown.text;
    this.item.detail = shown.detail;
    this.item.severity = shown.severity;
    this.item.busy = shown.busy;
    this.item.command = shown.choose
      ? { title: strings.chooseInterpreter, command: 'keras-shapes.chooseInterpreter' }
      : { title: strings.showEnvironment, command: 'keras-shapes.environment' };
  }
}

/** `Keras 3.15 · sandboxed · 4 models: 3 built, 1 unknown` */
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
    return { ...plain, text: environment.problem, severity: Warning, choose: true };
  }
  const parts = [keras(environment), environment.sandboxed ? strings.sandboxed : '', trust(environment), found(models)];
  const busy = environment.phase === 'starting';
  return { ...plain, text: parts.filter(Boolean).join(' · '), detail: environment.interpreter ?? NAME, busy };
}

function keras({ phase, keras: version }: Environment): string {
  if (phase === 'starting') {
    return strings.kerasStarting;
  }
  return version === null ? strings.notStarted : `Keras ${version.split('.').slice(0, 2).join('.')}`;
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
    kinds.map((kind) => `${counts[kind]} ${kind}`),
  );
}
