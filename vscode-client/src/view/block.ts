/** One block of the graph: an input, a layer, a model, an operation, or the training at the end. */

import type { Block, FromPage } from '../picture';
import { strings } from '../strings';
import { element, part, setAttribute, setPart, setText } from './dom';
import { drawSlab, makeSlab } from './slab';

type Post = (message: FromPage) => void;

export function makeBlock({ key }: Block, post: Post): HTMLElement {
  const item = element('li', '');
  const go = element('button', 'block', { tabindex: '-1' });
  const words = element('span', 'words');
  const second = row('row', 'output');
  second.append(row('size', 'params', 'share'));
  words.append(row('row', 'title', 'arguments', 'name', 'tags', 'flops'), second);
  go.append(makeSlab(), words, element('span', 'bar', { 'aria-hidden': 'true' }));
  const open = element('button', 'open', { tabindex: '-1', 'aria-hidden': 'true' });
  const fix = element('button', 'fix');
  item.append(go, element('span', 'change', { 'aria-hidden': 'true' }), open, element('p', 'reason'), fix);
  go.addEventListener('click', () => post({ type: 'source', key }));
  open.addEventListener('click', () => post({ type: 'toggle', key }));
  go.addEventListener('keydown', (event) => {
    if (event.key === ' ' && !open.hidden) {
      event.preventDefault(); // the button would be pressed, which goes to the source
      post({ type: 'toggle', key });
    }
  });
  fix.addEventListener('click', () => {
    go.focus(); // the button goes away with the mistake, and must not take the keyboard with it
    post({ type: 'fix', key });
  });
  return item;
}

export function drawBlock(item: HTMLElement, block: Block): void {
  const thin = block.thin ? 'thin' : 'full';
  setAttribute(item, 'class', ['node', block.applied, block.status, block.inside, thin].join(' '));
  setAttribute(item, 'data-same', block.same);
  setAttribute(item, 'data-parent', block.parent);
  setAttribute(item, 'data-words', block.words);
  item.style.setProperty('--kind', block.colour || null);
  const go = part(item, 'block');
  setAttribute(go, 'aria-label', block.description);
  setAttribute(go, 'aria-expanded', block.inside === 'none' ? null : `${block.inside === 'open'}`);
  setAttribute(go, 'title', block.costs || null);
  part(item, 'change').toggleAttribute('data-new', block.isNew);
  drawSlab(part(item, 'slab'), block.slab, block.thin);
  setText(part(item, 'title'), block.title);
  for (const name of ['arguments', 'name', 'output', 'tags', 'flops', 'params', 'change', 'reason', 'fix'] as const) {
    setPart(item, name, block[name]);
  }
  setPart(item, 'share', block.shareText);
  go.style.setProperty('--share', block.shareText === '' ? '0' : block.share.toFixed(4));
  drawOpen(part(item, 'open'), block.inside);
}

function drawOpen(open: HTMLElement, inside: Block['inside']): void {
  open.hidden = inside === 'none';
  setText(open, inside === 'open' ? '−' : '+');
  setAttribute(open, 'title', inside === 'open' ? strings.close : strings.open);
}

function row(className: string, ...parts: readonly string[]): HTMLElement {
  const made = element('span', className);
  made.append(...parts.map((name) => element('span', name)));
  return made;
}
