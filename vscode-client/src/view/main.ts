/** The page of the model view: the line above, and the graph. */

import type { FromPage, Picture, ToPage } from '../picture';
import { strings } from '../strings';
import { element, reconcile, setText } from './dom';
import { Stage } from './stage';

interface Host {
  postMessage(message: FromPage): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('view')!;
const models = element('select', 'models', { 'aria-label': strings.whichModel });
const total = element('span', 'total');
const copy = element('button', 'copy');
const message = element('p', 'message', { role: 'status', 'aria-live': 'polite' });
const stage = new Stage((asked) => host.postMessage(asked));

copy.textContent = strings.copy;
const header = element('header', '');
header.append(models, total, copy);
root.append(header, message, stage.root);

copy.addEventListener('click', () => host.postMessage({ type: 'copy' }));
models.addEventListener('change', () => host.postMessage({ type: 'model', index: models.selectedIndex }));
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'picture') {
    draw(data.picture);
  } else {
    stage.mark(data.keys);
  }
});
host.postMessage({ type: 'ready' });

function draw(picture: Picture): void {
  const names = picture.names.map((name, index) => ({ name, key: `${index}` }));
  const options = reconcile(models, names, ({ key }) => key, () => element('option', ''));
  names.forEach(({ name, key }) => setText(options.get(key)!, name));
  models.selectedIndex = picture.chosen;
  models.hidden = names.length < 2;
  copy.hidden = names.length === 0;
  setText(total, picture.total);
  setText(message, picture.message);
  message.className = `message ${picture.status}`;
  stage.draw(picture);
}
