/** The blocks on the page. Elements stay while the picture changes, and are placed anew only when their sizes or lines do. */

import type { Block, FromPage, Picture } from '../picture';
import { strings } from '../strings';
import { drawBlock, makeBlock } from './block';
import { element, part, reconcile, setAttribute } from './dom';
import type { Box, Layout, Line } from './geometry';
import { target } from './keyboard';
import { layout } from './layout';
import { drawLines, emphasise, makeDrawing } from './lines';
import { Zoom } from './zoom';

const NOWHERE: Layout = { width: 0, height: 0, boxes: new Map(), frames: new Map(), paths: [] };

export class Stage {
  /** What scrolls. */
  readonly root = element('div', 'scroll');
  readonly zoom: Zoom;
  private readonly room = element('div', 'room');
  private readonly stage = element('div', 'stage');
  private readonly drawing = makeDrawing();
  private readonly list = element('ol', 'blocks', { 'aria-label': strings.layers });
  private items: ReadonlyMap<string, Element> = new Map();
  private placed = NOWHERE;
  private reason = '';
  private marked: readonly string[] = [];
  /** A larger font makes larger blocks. */
  private readonly sizes = new ResizeObserver(() => this.place(this.placed.paths));

  constructor(
    private readonly post: (message: FromPage) => void,
    zoomed: (factor: number) => void,
  ) {
    this.zoom = new Zoom(this.root, this.room, this.stage, zoomed);
    this.root.append(this.room);
    this.room.append(this.stage);
    this.stage.append(this.drawing, this.list);
    this.list.addEventListener('keydown', (event) => this.move(event));
    this.list.addEventListener('focusin', ({ target }) => this.focus(target));
    this.list.addEventListener('focusout', () => this.emphasise(null));
    this.list.addEventListener('mouseover', ({ target }) => this.emphasise(keyOf(target)));
    this.list.addEventListener('mouseleave', () => this.emphasise(keyOf(document.activeElement)));
  }

  draw({ blocks, links }: Picture): void {
    this.items = reconcile(this.list, blocks, ({ key }) => key, (block) => this.make(block));
    blocks.forEach((block) => drawBlock(this.items.get(block.key) as HTMLElement, block));
    const buttons = [...this.items.keys()].map((key) => this.button(key));
    if (buttons[0] !== undefined && buttons.every(({ tabIndex }) => tabIndex < 0)) {
      buttons[0].tabIndex = 0;
    }
    this.place(links);
    this.mark(this.marked);
  }

  mark(keys: readonly string[]): void {
    this.items.forEach((item, key) => {
      const here = keys.includes(key);
      item.toggleAttribute('data-here', here);
      setAttribute(part(item, 'block'), 'aria-current', `${here}`);
    });
    if (keys.join() !== this.marked.join() && keys.length > 0) {
      this.items.get(keys[0]!)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    this.marked = keys;
  }

  /** Let the blocks stand out that have a text in their words, and go to the one of that number; how many there are. */
  find(text: string, number: number): number {
    const wanted = text.trim().toLowerCase();
    const all = [...this.items.values()];
    const found = wanted === '' ? [] : all.filter((item) => item.getAttribute('data-words')?.includes(wanted));
    this.items.forEach((item) => {
      item.toggleAttribute('data-found', found.includes(item));
      item.toggleAttribute('data-missed', wanted !== '' && !found.includes(item));
    });
    const here = found[number % found.length];
    this.items.forEach((item) => item.toggleAttribute('data-hit', item === here));
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return found.length;
  }

  private make(block: Block): HTMLElement {
    const item = makeBlock(block, this.post);
    this.sizes.observe(item);
    return item;
  }

  private place(lines: readonly Line[]): void {
    const boxes = [...this.items].map(([key, item]) => boxOf(key, item as HTMLElement));
    const reason = JSON.stringify([boxes, lines.map(({ from, to, text, clash }) => [from, to, text, clash])]);
    if (reason !== this.reason) {
      const anchor = this.items.get(this.anchor() ?? '');
      const before = anchor?.getBoundingClientRect();
      this.reason = reason;
      this.placed = boxes.length > 0 ? layout(boxes, lines) : NOWHERE;
      this.show();
      if (anchor && before) {
        const after = anchor.getBoundingClientRect();
        this.root.scrollBy(after.x - before.x, after.y - before.y);
      }
    }
  }

  private show(): void {
    const { width, height, boxes } = this.placed;
    this.stage.style.width = `${width}px`;
    this.stage.style.height = `${height}px`;
    boxes.forEach(({ x, y }, key) => {
      const { style } = this.items.get(key) as HTMLElement;
      style.left = `${x}px`;
      style.top = `${y}px`;
    });
    drawLines(this.drawing, this.placed);
    this.zoom.show(this.placed);
  }

  /** What a person looks at, and must stay where it is: the block with the keyboard, the cursor's, or the first one seen. */
  private anchor(): string | null | undefined {
    const seen = [...this.items].filter(([key]) => this.isSeen(key)).map(([key]) => key);
    const wanted = [keyOf(document.activeElement), ...this.marked].find((key) => key !== null && seen.includes(key));
    return wanted ?? seen[0];
  }

  private isSeen(key: string): boolean {
    const box = this.placed.boxes.get(key);
    const { scrollTop, clientHeight } = this.root;
    const { value } = this.zoom;
    return box !== undefined && (box.y + box.height) * value > scrollTop && box.y * value < scrollTop + clientHeight;
  }

  private move(event: KeyboardEvent): void {
    const here = keyOf(event.target);
    const key = here === null ? undefined : target(event.key, here, this.placed.boxes, this.placed.paths);
    if (key !== undefined) {
      this.button(key).focus();
      event.preventDefault();
    }
  }

  /** One block can be reached with Tab: the one that had the keyboard last. */
  private focus(target: EventTarget | null): void {
    const here = keyOf(target);
    this.items.forEach((_, key) => (this.button(key).tabIndex = key === here ? 0 : -1));
    this.emphasise(here);
  }

  private emphasise(key: string | null): void {
    emphasise(this.drawing, key);
    const same = key === null ? '' : (this.items.get(key)?.getAttribute('data-same') ?? '');
    this.items.forEach((item) => item.toggleAttribute('data-together', same !== '' && item.getAttribute('data-same') === same));
  }

  private button(key: string): HTMLElement {
    return part(this.items.get(key)!, 'block');
  }
}

function boxOf(key: string, { offsetWidth, offsetHeight, dataset }: HTMLElement): Box {
  return { key, parent: dataset['parent'] ?? '', width: offsetWidth, height: offsetHeight };
}

function keyOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null) : null;
}
