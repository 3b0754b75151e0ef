/** The page of the model view: the line above, the legend, and the graph. */

import type { FromPage, Picture, ToPage } from '../picture';
import { strings } from '../strings';
import { element, part, reconcile, setText } from './dom';
import { rasterised } from './raster';
import { Search } from './search';
import { Stage } from './stage';

interface Host {
  postMessage(message: FromPage): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('view')!;
const models = element('select', 'models', { 'aria-label': strings.whichModel });
const file = element('span', 'file');
const total = element('span', 'total');
const change = element('span', 'change', { 'aria-live': 'polite' });
const costs = element('p', 'costs');
const tools = element('span', 'tools');
const message = element('p', 'message', { role: 'status', 'aria-live': 'polite' });
const legend = element('ul', 'legend', { 'aria-label': strings.legend });
const factor = element('span', 'factor', { 'aria-live': 'off' });
const stage = new Stage(
  (asked) => host.postMessage(asked),
  (value) => setText(factor, strings.percent(value)),
);

const save = button(strings.export, strings.exportTip, () => host.postMessage({ type: 'export' }));
const out = button('−', strings.zoomOut, () => stage.zoom.out());
const enlarge = button('+', strings.zoomIn, () => stage.zoom.in());
const fit = button(strings.fit, strings.zoomFit, () => stage.zoom.fit());
const search = new Search((text, number) => stage.find(text, number));
const fold = button(strings.fold, strings.foldTip, () => host.postMessage({ type: 'fold' }));
tools.append(search.root, fold, save);
const zoom = element('div', 'zoom');
zoom.append(out, factor, enlarge, fit);
const below = element('div', 'below');
below.append(costs, change);
const header = element('header', '');
header.append(models, file, total, tools);
root.append(header, below, message, legend, stage.root, zoom);

models.addEventListener('change', () => host.postMessage({ type: 'model', index: models.selectedIndex }));
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'picture':
      draw(data.picture);
      break;
    case 'cursor':
      stage.mark(data.keys);
      break;
    case 'raster':
      void rasterised(data.svg, data.scale).then((png) => host.postMessage({ type: 'raster', png }));
      break;
  }
});
host.postMessage({ type: 'ready' });

function draw(picture: Picture): void {
  const names = picture.names.map((name, index) => ({ name, key: `${index}` }));
  const options = reconcile(models, names, ({ key }) => key, () => element('option', ''));
  names.forEach(({ name, key }) => setText(options.get(key)!, name));
  models.selectedIndex = picture.chosen;
  models.hidden = names.length < 2;
  tools.hidden = names.length === 0;
  setText(file, picture.file);
  setText(total, picture.total);
  total.hidden = picture.total === '';
  setText(change, picture.change);
  change.hidden = picture.change === '';
  setText(costs, picture.costs);
  costs.title = picture.costs;
  below.hidden = picture.costs === '' && picture.change === '';
  zoom.hidden = names.length === 0;
  fold.hidden = picture.folded === 'none';
  setText(fold, picture.folded === 'yes' ? strings.unfold : strings.fold);
  setText(message, picture.message);
  message.hidden = picture.message === '';
  message.className = `message ${picture.status}`;
  drawLegend(picture);
  stage.draw(picture);
  search.renew();
}

function drawLegend({ legend: kinds }: Picture): void {
  const items = reconcile(legend, kinds, ({ name }) => name, makeKind);
  legend.hidden = kinds.length === 0;
  kinds.forEach(({ name, colour }) => {
    const item = items.get(name) as HTMLElement;
    item.style.setProperty('--kind', colour);
    setText(part(item, 'name'), name);
  });
}

function makeKind(): HTMLElement {
  const item = element('li', '');
  item.append(element('span', 'swatch', { 'aria-hidden': 'true' }), element('span', 'name'));
  return item;
}

function button(text: string, tip: string, press: () => void): HTMLButtonElement {
  const made = element('button', 'tool', { title: tip, 'aria-label': tip });
  made.textContent = text;
  made.addEventListener('click', press);
  return made;
}
