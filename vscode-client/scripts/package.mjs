/**
 * Make the package: `node scripts/package.mjs [--release] [--check]`.
 *
 * One for a marketplace (`--release`) needs the project's address: the pictures of the README are there. `--check` only
 * says whether it could be made.
 */

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CLIENT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** No address at all (RFC 2606): it stands in for one that is not known yet. */
const NOWHERE = 'example.invalid';

const release = process.argv.includes('--release');
const text = fs.readFileSync(path.join(CLIENT, 'package.json'), 'utf8');
if (release && text.includes(NOWHERE)) {
  console.error(`not packaged: ${NOWHERE} is no address. Write the project's into pyproject.toml, and run python -m scripts.vscode_settings`);
  process.exit(1);
}
if (!process.argv.includes('--check')) {
  const { url } = JSON.parse(text).repository;
  const links = release
    ? ['--baseContentUrl', `${url}/blob/HEAD/vscode-client`, '--baseImagesUrl', `${url}/raw/HEAD/vscode-client`]
    : ['--no-rewrite-relative-links'];
  const vsce = path.join(CLIENT, 'node_modules', '@vscode', 'vsce', 'vsce');
  const options = ['package', '--no-dependencies', ...links, '--out', 'keras-shapes.vsix'];
  execFileSync(process.execPath, [vsce, ...options], { cwd: CLIENT, stdio: 'inherit' });
}
