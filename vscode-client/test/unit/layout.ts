/** Where blocks and lines are put. */

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Box, Layout, Line } from '../../src/view/geometry';
import { layout } from '../../src/view/layout';
import { curve } from '../../src/view/lines';

test('a chain is one straight column', () => {
  const placed = layout(['a', 'b', 'c'].map((key) => box(key)), [line('a', 'b'), line('b', 'c')]);
  assert.equal(new Set(middles(placed).map(({ x }) => x)).size, 1);
  assertApart(placed);
});

test('branches are side by side, and a skip goes around them', () => {
  const lines = ['in>a', 'in>b', 'a>c', 'b>out', 'c>out', 'in>out'].map(parsed);
  const placed = layout(['in', 'a', 'b', 'c', 'out'].map((key) => box(key)), lines);
  assertApart(placed);
  assert.notEqual(placed.boxes.get('a')!.x, placed.boxes.get('b')!.x);
  lines.forEach(({ from, to }) => assert.ok(bottom(placed, from) < placed.boxes.get(to)!.y));
  const skip = placed.paths.at(-1)!;
  for (const key of ['a', 'b', 'c']) {
    const { x, y, width, height } = placed.boxes.get(key)!;
    assert.ok(!skip.points.some((point) => point.x > x && point.x < x + width && point.y > y && point.y < y + height));
  }
});

test('a line with a text has room for it', () => {
  const plain = layout([box('a'), box('b')], [line('a', 'b')]);
  const told = layout([box('a'), box('b')], [line('a', 'b', '(None, 3)'), line('a', 'b', '(None, 4)')]);
  assert.ok(told.height > plain.height);
  const [first, second] = told.paths.map(({ label }) => label);
  assert.ok(Math.abs(first!.x - second!.x) > 60);
});

test('what is in a frame is in it, and nothing else is', () => {
  const boxes = [box('in'), box('open'), box('x', 'open'), box('deep', 'open'), box('y', 'deep'), box('side'), box('out')];
  const placed = layout(boxes, ['in>open', 'open>x', 'x>deep', 'deep>y', 'y>out', 'in>side', 'side>out'].map(parsed));
  assertApart(placed);
  assert.deepEqual(inFrame(placed, 'open'), ['open', 'x', 'deep', 'y']);
  assert.deepEqual(inFrame(placed, 'deep'), ['deep', 'y']);
});

test('blocks without lines, and no blocks at all', () => {
  assertApart(layout([box('a'), box('b')], []));
  assert.equal(layout([box('a')], []).boxes.size, 1);
});

test('two hundred blocks are placed in far less than a tenth of a second', () => {
  const boxes = Array.from({ length: 200 }, (_, index) => box(`${index}`));
  const next = boxes.slice(1).map((_, index) => line(`${index}`, `${index + 1}`));
  const skips = Array.from({ length: 24 }, (_, index) => line(`${8 * index}`, `${8 * index + 7}`));
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    layout(boxes, [...next, ...skips]);
    return process.cpuUsage(start).user / 1000;
  });
  assert.ok(Math.min(...times) < 100, `${times}`);
});

test('lines turn with round corners, and go down at both ends', () => {
  assert.equal(curve([{ x: 0, y: 0 }, { x: 0, y: 10 }]), 'M 0.0 0.0 L 0.0 10.0');
  assert.match(curve([{ x: 0, y: 0 }, { x: 50, y: 30 }]), /^M 0.0 0.0 L 0.0 8.0 Q 0.0 14.0 6.0 14.0 .* L 50.0 30.0$/);
  assert.equal(curve([]), '');
});

function box(key: string, parent = '', height = 50): Box {
  return { key, parent, width: 200, height };
}

function line(from: string, to: string, text = ''): Line {
  return { from, to, text, clash: false };
}

function parsed(text: string): Line {
  const [from, to] = text.split('>');
  return line(from!, to!);
}

function bottom({ boxes }: Layout, key: string): number {
  return boxes.get(key)!.y + boxes.get(key)!.height;
}

function middles({ boxes }: Layout): { x: number; y: number }[] {
  return [...boxes.values()].map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
}

function assertApart({ boxes, width, height }: Layout): void {
  const all = [...boxes];
  for (const [key, one] of all) {
    assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height, key);
    for (const [other, two] of all.filter(([each]) => each !== key)) {
      const across = one.x < two.x + two.width && two.x < one.x + one.width;
      const along = one.y < two.y + two.height && two.y < one.y + one.height;
      assert.ok(!(across && along), `${key} is over ${other}`);
    }
  }
}

function inFrame({ boxes, frames }: Layout, frame: string): string[] {
  const around = frames.get(frame)!;
  const inside = [...boxes].filter(([, { x, y, width, height }]) => {
    const across = x < around.x + around.width && around.x < x + width;
    return across && y < around.y + around.height && around.y < y + height;
  });
  return inside.map(([key]) => key);
}
