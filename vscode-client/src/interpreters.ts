/** Which Python has the user's Keras: the setting, else the Python extension's choice, else nobody says. */

import { PythonExtension } from '@vscode/python-extension';
import * as vscode from 'vscode';
import { SECTION } from './settings';

const PYTHON_EXTENSION = 'ms-python.python';

export class Interpreters implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly disposables: vscode.Disposable[] = [this.changed];
  private api: PythonExtension | undefined;
  private path = '';

  /** Fires with the new path when another interpreter was chosen. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.disposables.push(
      vscode.extensions.onDidChange(() => this.look()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.interpreter`)) {
          void this.look();
        }
      }),
    );
  }

  /** Path of an interpreter or of its environment's folder; empty where nobody says. */
  get current(): string {
    return this.path;
  }

  /** Whether the Python extension is there to choose with. */
  get pythonExtension(): boolean {
    return vscode.extensions.getExtension(PYTHON_EXTENSION) !== undefined;
  }

  /** Find out; tell those who listen when it is another than before. */
  async look(): Promise<void> {
    const path = configured() || (await this.fromPythonExtension()) || '';
    if (path !== this.path) {
      this.path = path;
      this.log.info(path ? `interpreter: ${path}` : 'interpreter: the first that has TensorFlow');
      this.changed.fire(path);
    }
  }

  /** Where the Python extension chooses, programs are to run with the same one; whether it does. */
  async tellPythonExtension(python: string): Promise<boolean> {
    if (python === '' || configured() !== '' || !this.pythonExtension) {
      return false;
    }
    try {
      const { environments } = await this.connected();
      await environments.updateActiveEnvironmentPath(python, vscode.workspace.workspaceFolders?.[0]?.uri);
      return true;
    } catch (error) {
      this.log.info(`the Python extension does not take ${python}: ${error}`);
      return false;
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async fromPythonExtension(): Promise<string | undefined> {
    if (!this.pythonExtension) {
      return undefined;
    }
    try {
      const { environments } = await this.connected();
      const active = environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
      const resolved = await environments.resolveEnvironment(active);
      return resolved?.executable.uri?.fsPath ?? active.path;
    } catch (error) {
      this.log.info(`the Python extension does not answer: ${error}`);
      return undefined;
    }
  }

  private async connected(): Promise<PythonExtension> {
    if (this.api === undefined) {
      this.api = await PythonExtension.api();
      await this.api.ready;
      this.disposables.push(this.api.environments.onDidChangeActiveEnvironmentPath(() => this.look()));
    }
    return this.api;
  }
}

function configured(): string {
  return vscode.workspace.getConfiguration(SECTION).get('interpreter', '');
}
