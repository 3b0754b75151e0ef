/** The page of the model view. Everything is in its text: it may load nothing, and run only the one script that is ours. */

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as vscode from 'vscode';

export function page(extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = read(extension, 'dist', 'view.js').replaceAll('</', '<\\/');
  const style = read(extension, 'media', 'view.css');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none';">
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
