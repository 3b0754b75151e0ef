/** The page of the model view. Text arrives as data and is only ever shown as text. */

import type { Block, FromPage, Picture, ToPage } from '../picture';
import { strings } from '../strings';

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
const input = element('p', 'input');
const list = element('ol', 'layers', { 'aria-label': strings.layers });
let marked: number | null = null;

copy.textContent = strings.copy;
const header = element('header', '');
header.append(models, total, copy);
root.append(header, message, input, list);

copy.addEventListener('click', () => host.postMessage({ type: 'copy' }));
models.addEventListener('change', () => host.postMessage({ type: 'model', index: models.selectedIndex }));
input.addEventListener('click', () => host.postMessage({ type: 'source', index: -1 }));
list.addEventListener('keydown', move);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'picture') {
    draw(data.picture);
  } else {
    mark(data.layer);
  }
});
host.postMessage({ type: 'ready' });

/** Nodes stay; only what is different changes. */
function draw(picture: Picture): void {
  fit(models, picture.names.length, () => element('option', ''));
  picture.names.forEach((name, index) => setText(models.children[index]!, name));
  models.selectedIndex = picture.chosen;
  models.hidden = picture.names.length < 2;
  copy.hidden = picture.names.length === 0;
  setText(total, picture.total);
  setText(message, picture.message);
  message.className = `message ${picture.status}`;
  setText(input, picture.blocks.length > 0 ? `${strings.input} ${picture.input}` : '');
  fit(list, picture.blocks.length, newLayer);
  picture.blocks.forEach((block, index) => drawLayer(list.children[index]!, block));
  mark(marked);
}

function newLayer(index: number): HTMLElement {
  const item = element('li', '');
  const go = element('button', 'block', { tabindex: index === 0 ? '0' : '-1' });
  const first = element('span', 'row');
  first.append(element('span', 'title'), element('span', 'kind'), element('span', 'output'));
  const second = element('span', 'row small');
  second.append(element('span', 'params'), element('span', 'memory'), element('span', 'share'));
  const bar = element('span', 'bar', { 'aria-hidden': 'true' });
  go.append(first, second, bar);
  const fix = element('button', 'fix');
  item.append(go, element('p', 'reason'), fix);
  go.addEventListener('click', () => host.postMessage({ type: 'source', index }));
  fix.addEventListener('click', () => {
    go.focus(); // the button goes away with the mistake, and must not take the keyboard with it
    host.postMessage({ type: 'fix', index });
  });
  return item;
}

function drawLayer(item: Element, block: Block): void {
  setAttribute(item, 'class', block.status);
  const go = part(item, 'block');
  setAttribute(go, 'aria-label', block.description);
  setText(part(item, 'title'), block.title);
  setText(part(item, 'kind'), block.kind);
  setText(part(item, 'output'), block.output);
  setText(part(item, 'params'), block.params);
  setText(part(item, 'memory'), block.memory);
  setText(part(item, 'share'), block.share > 0 ? strings.share(block.share) : '');
  setText(part(item, 'reason'), block.reason);
  setText(part(item, 'fix'), block.fix);
  part(item, 'fix').hidden = block.fix === '';
  part(item, 'reason').hidden = block.reason === '';
  go.style.setProperty('--share', block.share.toFixed(4));
  go.style.setProperty('--root', Math.sqrt(block.share).toFixed(4));
}

function mark(layer: number | null): void {
  [...list.children].forEach((item, index) => {
    const here = index === layer;
    item.toggleAttribute('data-here', here);
    setAttribute(part(item, 'block'), 'aria-current', here ? 'true' : 'false');
    if (here && marked !== layer) {
      item.scrollIntoView({ block: 'nearest' });
    }
  });
  marked = layer;
}

/** Arrow keys, Home and End go through the layers; Tab leaves them. */
function move(event: KeyboardEvent): void {
  const blocks = [...list.querySelectorAll<HTMLElement>('.block')];
  const here = blocks.indexOf(document.activeElement as HTMLElement);
  const last = blocks.length - 1;
  const target = { ArrowDown: Math.min(here + 1, last), ArrowUp: Math.max(here - 1, 0), Home: 0, End: last }[event.key];
  if (here >= 0 && target !== undefined) {
    blocks.forEach((block, index) => (block.tabIndex = index === target ? 0 : -1));
    blocks[target]?.focus();
    event.preventDefault();
  }
}

function fit(parent: Element, count: number, make: (index: number) => HTMLElement): void {
  while (parent.children.length > count) {
    parent.lastElementChild!.remove();
  }
  while (parent.children.length < count) {
    parent.append(make(parent.children.length));
  }
}

function part(item: Element, name: string): HTMLElement {
  return item.getElementsByClassName(name)[0] as HTMLElement;
}

function setText(node: Element, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  return made;
}
