/** Proportions follow sizes. */

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Shape } from '../../src/protocol';
import { slabsOf } from '../../src/slabs';

test('a map is as wide and deep as it is large, and as thick as it has channels', () => {
  const [first, second, third] = slabs([null, 28, 28, 32], [null, 14, 14, 64], [null, 7, 14, 16]);
  assert.deepEqual([first!.across, first!.deep, second!.high], [1, 1, 1]);
  assert.ok(second!.across < first!.across && second!.high > first!.high && third!.high < first!.high);
  assert.equal(third!.across, second!.across);
  assert.ok(third!.deep < second!.deep);
});

test('a sequence has steps and features, a vector only numbers, and each is compared with its like', () => {
  const [sequence, long, vector, small] = slabs([null, 10, 8], [null, 20, 8], [null, 1000], [null, 10]);
  assert.deepEqual([sequence!.deep, sequence!.high, long!.across], [0, 1, 1]);
  assert.ok(sequence!.across < 1);
  assert.deepEqual([vector!.across, vector!.high], [1, 0]);
  assert.ok(small!.across > 0.1 && small!.across < 0.5);
});

test('what is unknown is drawn as something, and said to be', () => {
  const [named, none, known] = slabs([null, 'num_classes'], [null, null, null, 3], [null, 10]);
  assert.ok(named!.vague && none!.vague && !known!.vague);
  assert.ok(none!.across > 0 && none!.high === 1);
});

test('without a shape there is no body', () => {
  assert.deepEqual([...slabsOf(new Map<string, Shape>([['a', null], ['b', [null]]]))], []);
});

function slabs(...shapes: readonly Shape[]): readonly ReturnType<typeof first>[] {
  const found = slabsOf(new Map(shapes.map((shape, index) => [`${index}`, shape])));
  return shapes.map((_, index) => first(found, `${index}`));
}

function first(found: ReturnType<typeof slabsOf>, key: string) {
  return found.get(key);
}
