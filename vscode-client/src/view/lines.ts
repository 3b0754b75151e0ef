/** The lines between the blocks, and the frames around opened models: one drawing behind the blocks. */

import { reconcile, setAttribute, setText } from './dom';
import { lineKey, type Layout, type Path, type Point, type Rectangle } from './geometry';

const SVG = 'http://www.w3.org/2000/svg';
const ARROW = 'arrow';
const TURN = 14;
const ROUND = 6;

export function makeDrawing(): SVGSVGElement {
  const drawing = svg('svg', { class: 'lines', 'aria-hidden': 'true' });
  const size = { viewBox: '0 0 8 8', refX: '7', refY: '4', markerWidth: '8', markerHeight: '8' };
  const arrow = svg('marker', { id: ARROW, ...size, markerUnits: 'userSpaceOnUse', orient: 'auto' });
  arrow.append(svg('path', { d: 'M 0 0 L 8 4 L 0 8 z' }));
  const definitions = svg('defs', {});
  definitions.append(arrow);
  drawing.append(definitions, svg('g', { class: 'frames' }), svg('g', { class: 'paths' }));
  return drawing;
}

export function drawLines(drawing: SVGSVGElement, layout: Layout): void {
  setAttribute(drawing, 'width', `${layout.width}`);
  setAttribute(drawing, 'height', `${layout.height}`);
  const frames = [...layout.frames].map(([key, frame]) => ({ key, frame }));
  const rectangles = reconcile(drawing.querySelector('.frames')!, frames, ({ key }) => key, () => svg('rect', { rx: '8' }));
  frames.forEach(({ key, frame }) => drawFrame(rectangles.get(key)!, frame));
  const groups = reconcile(drawing.querySelector('.paths')!, layout.paths, lineKey, makePath);
  layout.paths.forEach((path) => drawPath(groups.get(lineKey(path))!, path));
}

/** Make the lines from and to a block stand out; those of no block with null. */
export function emphasise(drawing: SVGSVGElement, block: string | null): void {
  for (const group of drawing.querySelectorAll('.paths > g')) {
    const near = block !== null && [group.getAttribute('data-from'), group.getAttribute('data-to')].includes(block);
    group.classList.toggle('near', near);
  }
}

function makePath({ from, to }: Path): SVGElement {
  const group = svg('g', { 'data-from': from, 'data-to': to });
  group.append(svg('path', { 'marker-end': `url(#${ARROW})` }), svg('text', {}));
  return group;
}

function drawPath(group: Element, { points, label, text, clash }: Path): void {
  const [line, name] = group.children;
  group.classList.toggle('clash', clash);
  setAttribute(line!, 'd', curve(points));
  setText(name!, text);
  setAttribute(name!, 'x', `${label.x}`);
  setAttribute(name!, 'y', `${label.y}`);
}

function drawFrame(rectangle: Element, { x, y, width, height }: Rectangle): void {
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    setAttribute(rectangle, name, `${value}`);
  }
}

/** From point to point, downwards: aside only in one straight piece, soon after a point, with round corners. */
export function curve([first, ...rest]: readonly Point[]): string {
  if (first === undefined) {
    return '';
  }
  const steps = rest.map((point, index) => step(rest[index - 1] ?? first, point));
  return [`M ${at(first)}`, ...steps].join(' ');
}

function step(from: Point, to: Point): string {
  const aside = to.x - from.x;
  if (Math.abs(aside) < 1) {
    return `L ${at(to)}`;
  }
  const y = from.y + Math.min((to.y - from.y) / 2, TURN);
  const round = Math.min(ROUND, Math.abs(aside) / 2, Math.abs(y - from.y)) * Math.sign(aside);
  const [above, below] = [y - Math.abs(round), y + Math.abs(round)];
  return [
    `L ${at({ x: from.x, y: above })} Q ${at({ x: from.x, y })} ${at({ x: from.x + round, y })}`,
    `L ${at({ x: to.x - round, y })} Q ${at({ x: to.x, y })} ${at({ x: to.x, y: below })} L ${at(to)}`,
  ].join(' ');
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
  return made;
}
