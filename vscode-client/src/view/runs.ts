/** Boxes that follow each other without a branch: they are laid out as one, which is straight, and fast. */

import type { Box, Line } from './geometry';

/** Boxes from above to below; a box with branches on both sides is a run of its own. */
export type Run = readonly [Box, ...Box[]];

/** `frameOf` says which frame a box is in: no run leaves its frame. Lines with a text need more room than there is in one. */
export function runsOf(boxes: readonly Box[], lines: readonly Line[], frameOf: (box: Box) => string): readonly Run[] {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const leaving = grouped(lines, ({ from }) => from);
  const coming = grouped(lines, ({ to }) => to);
  const follower = (box: Box): Box | undefined => {
    const [line, ...others] = leaving.get(box.key) ?? [];
    const next = line && byKey.get(line.to);
    const alone = others.length === 0 && next !== undefined && coming.get(next.key)?.length === 1;
    return alone && line?.text === '' && frameOf(next) === frameOf(box) ? next : undefined;
  };
  const followers = new Set(boxes.map(follower));
  return boxes.filter((box) => !followers.has(box)).map((first) => [first, ...after(first, follower)]);
}

function* after(first: Box, follower: (box: Box) => Box | undefined): Iterable<Box> {
  for (let box = follower(first); box !== undefined; box = follower(box)) {
    yield box;
  }
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const group = found.get(keyOf(item)) ?? [];
    found.set(keyOf(item), group);
    group.push(item);
  }
  return found;
}
