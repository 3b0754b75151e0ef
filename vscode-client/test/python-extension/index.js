const vscode = require('vscode');

/** The command `pythonForTests.choose` chooses an interpreter, as a person would. */
exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  let path = 'python3';
  const choose = (chosen) => {
    path = chosen;
    changed.fire({ id: path, path, resource: undefined });
  };
  context.subscriptions.push(vscode.commands.registerCommand('pythonForTests.choose', choose));
  const resolved = (chosen) => ({ id: chosen, path: chosen, executable: { uri: vscode.Uri.file(chosen) } });
  return {
    ready: Promise.resolve(),
    environments: {
      getActiveEnvironmentPath: () => ({ id: path, path }),
      resolveEnvironment: async (asked) => (path.startsWith('/') ? resolved(asked.path ?? asked) : undefined),
      updateActiveEnvironmentPath: async (chosen) => choose(chosen.path ?? chosen),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
