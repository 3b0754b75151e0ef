/** The language client: one at a time, started, restarted and asked. */

import * as vscode from 'vscode';
import type { Location, ShowDocumentParams } from 'vscode-languageclient';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { withoutDoubles } from './completing';
import { Interpreters } from './interpreters';
import { launch } from './launching';
import { WITHOUT_CALL_HIERARCHY } from './leaving';
import { ENVIRONMENT, INTERPRETERS, MODELS, type Environment, type Interpreter, type Models } from './protocol';
import { SECTION, written } from './settings';
import { NAME, strings } from './strings';

const DOCUMENTS = ['file', 'untitled', 'vscode-notebook-cell'].map((scheme) => ({ scheme, language: 'python' }));

/** How often it is looked whether other settings have come to something, and how long is waited before, in milliseconds. */
const LOOKS = 25;
const PAUSE = 200;

/** Commands of the server's lenses, and what the extension does instead. */
const LENSES: Readonly<Record<string, string>> = {
  'keras-shapes.summary': 'keras-shapes.openModelView',
  'keras-shapes.showEnvironment': 'keras-shapes.chooseInterpreter',
  'keras-shapes.showPlace': 'keras-shapes.goTo',
};

export class Session implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private client: LanguageClient | undefined;
  private running: Promise<void> = Promise.resolve();
  private queued: Promise<void> | undefined;
  private failure: string | undefined;

  /** Fires when the server starts or ends, and when what it works with changes. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly interpreters: Interpreters,
    private readonly log: vscode.LogOutputChannel,
  ) {
    context.subscriptions.push(
      interpreters.onDidChange(() => this.reconfigure()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reconfigure()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.importStrategy`)) {
          void this.restart();
        }
      }),
    );
  }

  /** Why there is no server; undefined while there is one. */
  get problem(): string | undefined {
    return this.failure;
  }

  get isRunning(): boolean {
    return this.client?.isRunning() ?? false;
  }

  /** Start the server, or start it again. While one start runs, further ones become a single next one. */
  restart(): Promise<void> {
    this.queued ??= this.running.then(() => {
      this.queued = undefined;
      return this.start();
    });
    this.running = this.queued;
    return this.queued;
  }

  models(uri: vscode.Uri): Promise<Models | null> {
    return this.ask<Models>(MODELS, { textDocument: { uri: uri.toString() } });
  }

  environment(): Promise<Environment | null> {
    return this.ask<Environment>(ENVIRONMENT, {});
  }

  /** What there is to choose from. */
  choices(): Promise<readonly Interpreter[] | null> {
    return this.ask<readonly Interpreter[]>(INTERPRETERS, {});
  }

  /** The model at a place as a text in a format: `svg`, `mermaid`, `dot`, `markdown`. */
  drawn({ uri, range }: Location, format: string): Promise<unknown> {
    return this.execute('keras-shapes.picture', uri, range.start, format);
  }

  /** What changed is told of git's HEAD from now on, and the next time of the last edit again. */
  async compareWithHead(uri: vscode.Uri | undefined): Promise<unknown> {
    const said = uri && (await this.execute('keras-shapes.compareWithHead', uri.toString()));
    this.changed.fire();
    return said;
  }

  /** Run a command of the server; null where it is not running. */
  execute(command: string, ...given: readonly unknown[]): Promise<unknown> {
    return this.ask('workspace/executeCommand', { command, arguments: given });
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose().catch((error: unknown) => this.log.warn(`${error}`));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async start(): Promise<void> {
    await this.stop();
    this.failure = undefined;
    try {
      await this.interpreters.look();
      const command = await launch(this.context.extensionUri, this.interpreters.current);
      this.log.info(`starting ${command.command} ${command.args.join(' ')}`);
      const { LanguageClient } = await import('vscode-languageclient/node'); // large: nobody waits for it to be read
      const options = { documentSelector: DOCUMENTS, outputChannel: this.log, middleware: this.middleware() };
      this.client = new LanguageClient(SECTION, NAME, { ...command, args: [...command.args] }, options);
      this.client.registerFeature(WITHOUT_CALL_HIERARCHY);
      this.client.onDidChangeState(() => this.changed.fire());
      await this.client.start();
    } catch (error) {
      this.failure = error instanceof Error ? error.message : strings.doesNotStart;
      this.log.error(`${error}`);
    }
    this.changed.fire();
  }

  private middleware(): Middleware {
    return {
      window: { showDocument: (params, token, next) => (isPage(params) ? preview(params) : next(params, token)) },
      provideCompletionItem: async (document, position, context, token, next) =>
        withoutDoubles(await next(document, position, context, token)),
      provideCodeLenses: async (document, token, next) => (await next(document, token))?.map(withOwnCommand) ?? null,
      workspace: {
        configuration: ({ items }) => items.map(({ section }) => (section === SECTION ? this.values() : null)),
        didChangeConfiguration: () => this.reconfigure(),
      },
    };
  }

  private values(): Record<string, unknown> {
    return {
      ...written(this.context.extension),
      interpreter: this.interpreters.current,
      trusted: vscode.workspace.isTrusted,
    };
  }

  /** The server asks for its settings when it is told that they changed; what it works with is another a little later. */
  private async reconfigure(): Promise<void> {
    if (!this.isRunning) {
      return;
    }
    const before = what(await this.environment());
    await this.client?.sendNotification('workspace/didChangeConfiguration', { settings: null });
    this.changed.fire();
    for (let look = 0; look < LOOKS; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (what(await this.environment()) !== before) {
        this.changed.fire();
        return;
      }
    }
  }

  private async ask<Answer>(method: string, params: object): Promise<Answer | null> {
    try {
      return this.isRunning ? ((await this.client?.sendRequest<Answer>(method, params)) ?? null) : null;
    } catch (error) {
      this.log.debug(`${method}: ${error}`);
      return null;
    }
  }
}

function what(environment: Environment | null): string {
  return JSON.stringify([environment?.interpreter, environment?.trusted]);
}

/** The page of a rule, which is Markdown. */
function isPage({ uri, external }: ShowDocumentParams): boolean {
  return !external && uri.startsWith('file:') && uri.endsWith('.md');
}

async function preview({ uri }: ShowDocumentParams): Promise<{ success: boolean }> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(uri));
  return { success: true };
}

function withOwnCommand(lens: vscode.CodeLens): vscode.CodeLens {
  const own = lens.command && LENSES[lens.command.command];
  if (lens.command && own) {
    lens.command = { ...lens.command, command: own };
  }
  return lens;
}
