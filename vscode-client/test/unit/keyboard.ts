/** Where the arrow keys lead. */

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rectangle } from '../../src/view/geometry';
import { target } from '../../src/view/keyboard';

const at = (x: number, y: number): Rectangle => ({ x, y, width: 10, height: 10 });
const BOXES = new Map([
  ['in', at(20, 0)],
  ['a', at(0, 20)],
  ['b', at(40, 20)],
  ['far', at(80, 200)],
  ['out', at(20, 40)],
]);
const LINES = ['in a', 'in b', 'a out', 'b out'].map((line) => {
  const [from, to] = line.split(' ');
  return { from: from!, to: to!, text: '', clash: false };
});

test('arrow keys follow the lines, and go sideways between branches', () => {
  const ways = { in: 'ArrowDown a', a: 'ArrowRight b', b: 'ArrowLeft a', out: 'ArrowUp a' };
  for (const [here, way] of Object.entries(ways)) {
    const [key, there] = way.split(' ');
    assert.equal(target(key!, here, BOXES, LINES), there);
  }
});

test('what has no line is reached in the order of the program', () => {
  assert.equal(target('ArrowDown', 'far', BOXES, LINES), 'out');
  assert.equal(target('ArrowUp', 'far', BOXES, LINES), 'b');
  assert.deepEqual(['Home', 'End'].map((key) => target(key, 'b', BOXES, LINES)), ['in', 'out']);
});

test('there is an end to every way', () => {
  assert.equal(target('ArrowUp', 'in', BOXES, LINES), undefined);
  assert.equal(target('ArrowDown', 'out', BOXES, LINES), undefined);
  assert.equal(target('ArrowLeft', 'a', BOXES, LINES), undefined);
  assert.equal(target('x', 'a', BOXES, LINES), undefined);
});
