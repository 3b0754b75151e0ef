/** Completion beside other extensions: what another one lists already is not listed twice. */

import * as vscode from 'vscode';

const PYLANCE = 'ms-python.vscode-pylance';

type Answer = vscode.CompletionItem[] | vscode.CompletionList | null | undefined;

/** Pylance lists names of arguments, and no values of Keras. */
export function withoutDoubles(answer: Answer): Answer {
  if (!answer || !vscode.extensions.getExtension(PYLANCE)?.isActive) {
    return answer;
  }
  const items = Array.isArray(answer) ? answer : answer.items;
  return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Field);
}
