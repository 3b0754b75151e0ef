/** Where an arrow key leads: up and down along the lines, sideways to the next block there. */

import type { Line, Rectangle } from './geometry';

/** `boxes` are in the order of the program. */
export function target(
  key: string,
  here: string,
  boxes: ReadonlyMap<string, Rectangle>,
  lines: readonly Line[],
): string | undefined {
  const order = [...boxes.keys()];
  const place = order.indexOf(here);
  switch (key) {
    case 'ArrowDown':
      return lines.find(({ from }) => from === here)?.to ?? order[place + 1];
    case 'ArrowUp':
      return lines.find(({ to }) => to === here)?.from ?? order[place - 1];
    case 'ArrowLeft':
      return beside(here, boxes, -1);
    case 'ArrowRight':
      return beside(here, boxes, 1);
    case 'Home':
      return order[0];
    case 'End':
      return order.at(-1);
    default:
      return undefined;
  }
}

/** The nearest block on that side; one at the same height is nearer than one above or below. */
function beside(here: string, boxes: ReadonlyMap<string, Rectangle>, side: number): string | undefined {
  const start = middle(boxes.get(here)!);
  const found = [...boxes]
    .map(([key, box]) => ({ key, across: (middle(box).x - start.x) * side, along: Math.abs(middle(box).y - start.y) }))
    .filter(({ across }) => across > 1)
    .sort((one, other) => one.across + 2 * one.along - other.across - 2 * other.along);
  return found[0]?.key;
}

function middle({ x, y, width, height }: Rectangle): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
