/** What is drawn of what the server says. */

import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../src/picture';
import type { Edge, Layer, Model } from '../../src/protocol';

const location = { uri: 'file:///m.py', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };

test('a refused layer of a chain leaves those behind it unreached', () => {
  const layers = [layer('Dense', ['in']), layer('LSTM', [0], { status: 'refused', reason: 'no' }), layer('Dense', [1])];
  const { blocks, links } = drawn([model(layers, { kind: 'sequential', status: 'refused' })]);
  assert.deepEqual(blocks.map(({ output }) => output), ['(4,)', '(1,)', 'error', '?']);
  assert.deepEqual(blocks.map(({ key }) => key), ['/input#0', '/Dense#0', '/LSTM#0', '/Dense#1']);
  assert.equal(links.length, 3);
});

test('in a graph only what is refused is', () => {
  const layers = [layer('Dense', ['in'], { status: 'refused', reason: 'no' }), layer('Dense', ['in'])];
  const { blocks } = drawn([model(layers, { status: 'refused' })]);
  assert.deepEqual(blocks.map(({ output, reason }) => [output, reason]), [['(4,)', ''], ['error', 'no'], ['(1,)', '']]);
});

test('parameters of a shared layer count once', () => {
  const { blocks } = drawn([model([layer('Dense', ['in']), layer('Dense', [0], { sameAs: 0 })])]);
  assert.deepEqual(blocks.map(({ share }) => share), [0, 1, 0]);
  assert.deepEqual(blocks.map(({ same }) => same), ['', '/Dense#0', '/Dense#0']);
  assert.match(blocks[2]!.description, /^2: d, Dense, \(1,\), 5 parameters, shared, output, from d$/);
});

test('a shape stands on a line only where its layer gives several', () => {
  const several = layer('GRU', ['in'], { outputText: '(2,), (3,)' });
  const { links } = drawn([model([several, layer('Dense', [edge(0, '(3,)', 1)])])]);
  assert.deepEqual(links.map(({ text }) => text), ['', '(3,)']);
});

test('a model inside is drawn in its place when it is opened', () => {
  const inner = model([layer('Dense', ['in']), layer('Conv2D', [0])], { outputs: [1, 0] });
  const outer = model([layer('Functional', ['in'], { nested: 1 }), layer('Add', [edge(0, '(1,)', 1), edge(0, '(1,)', 0)])]);
  const closed = drawn([outer, inner]);
  assert.deepEqual(closed.blocks.map(({ inside }) => inside), ['none', 'closed', 'none']);
  const { blocks, links } = drawn([outer, inner], ['/Functional#0']);
  const prefix = '/Functional#0/';
  assert.deepEqual(blocks.map(({ key }) => key), [
    ...['/input#0', '/Functional#0'],
    ...[`${prefix}input#0`, `${prefix}Dense#0`, `${prefix}Conv2D#0`, '/Add#0'],
  ]);
  assert.deepEqual(links.filter(({ to }) => to === '/Add#0').map(({ from }) => from), [`${prefix}Dense#0`, `${prefix}Conv2D#0`]);
  assert.match(blocks[3]!.description, /, in d$/);
});

test('a model that would be inside itself is drawn and no more', () => {
  const keys = Array.from({ length: 20 }, (_, depth) => '/Functional#0'.repeat(depth + 1));
  const { blocks } = drawn([model([layer('Functional', ['in'], { nested: 0 })])], keys);
  assert.equal(blocks.length, 18);
  assert.equal(blocks.at(-1)!.inside, 'none');
});

test('a share stands only where there is something to compare with', () => {
  const alone = drawn([model([layer('Dense', ['in']), layer('Flatten', [0], { params: 0 })])]);
  assert.deepEqual(alone.blocks.map(({ shareText }) => shareText), ['', '', '']);
  const two = drawn([model([layer('Dense', ['in'], { params: 15 }), layer('Dense', [0])])]);
  assert.deepEqual(two.blocks.map(({ shareText }) => shareText), ['', '75 %', '25 %']);
});

test('what has no parameters is a strip, and what is in error is none', () => {
  const layers = [layer('Conv2D', ['in']), layer('Flatten', [0], { params: 0 }), layer('Add', [1], { params: 0, status: 'refused', reason: 'no' })];
  assert.deepEqual(drawn([model(layers)]).blocks.map(({ thin }) => thin), [false, false, true, false]);
});

test('a name that somebody chose is shown, and not what Keras makes of the class', () => {
  const names = [['Conv2D', 'conv2d_3'], ['MaxPooling2D', 'max_pooling2d'], ['Dense', 'head'], ['Dense', 'dense_2_out']];
  const { blocks } = drawn([model(names.map(([className, name]) => layer(className!, ['in'], { name: name! })))]);
  assert.deepEqual(blocks.slice(1).map(({ name }) => name), ['', '', 'head', 'dense_2_out']);
});

test('loss and labels come last, behind all outputs', () => {
  const training = { loss: 'mse', labels: 'y', labelsText: '(9,)', fits: true, reason: null, location };
  const { blocks, links, legend } = drawn([model([layer('Dense', ['in']), layer('Dense', [0])], { training, outputs: [0, 1] })]);
  const { title, arguments: loss, output, status } = blocks.at(-1)!;
  assert.deepEqual([title, loss, output, status], ['Loss', 'mse', 'y (9,)', 'built']);
  assert.deepEqual(links.filter(({ to }) => to === '/training').map(({ from }) => from), ['/Dense#0', '/Dense#1']);
  assert.deepEqual(legend.map(({ name }) => name), ['input', 'dense']);
  const refused = drawn([model([layer('Dense', ['in'])], { training: { ...training, fits: false, reason: 'the output is (None, 3)' } })]);
  assert.equal(refused.blocks.at(-1)!.status, 'refused');
  assert.equal(refused.blocks.at(-1)!.reason, 'the output is (None, 3)');
});

test('layers that belong together are one block, and stand in a frame when it is opened', () => {
  const layers = ['Dense', 'Conv2D', 'ReLU', 'Add'].map((name, index) => layer(name, [index === 0 ? 'in' : index - 1]));
  const skipping = [...layers.slice(0, 3), layer('Add', [edge(2), edge(0)])];
  const models = [model(skipping, { blocks: [{ title: 'block(x)', layers: [1, 2], flopsText: '4 FLOPs' }] })];
  const closed = drawn(models, [], true);
  assert.deepEqual(closed.blocks.map(({ key }) => key), ['/input#0', '/Dense#0', '/fold#0', '/Add#0']);
  assert.equal(closed.blocks[2]!.flops, '4 FLOPs');
  assert.deepEqual(closed.links.map(({ from, to }) => `${from} ${to}`), [
    ...['/input#0 /Dense#0', '/Dense#0 /fold#0', '/fold#0 /Add#0', '/Dense#0 /Add#0'],
  ]);
  const { blocks, links } = drawn(models, ['/fold#0'], true);
  assert.deepEqual(blocks.map(({ key, parent }) => [key, parent]), [
    ...[['/input#0', ''], ['/Dense#0', ''], ['/fold#0', ''], ['/Conv2D#0', '/fold#0'], ['/ReLU#0', '/fold#0']],
    ['/Add#0', ''],
  ]);
  assert.deepEqual(links.map(({ from, to }) => `${from} ${to}`), [
    ...['/input#0 /Dense#0', '/Dense#0 /fold#0', '/fold#0 /Conv2D#0', '/Conv2D#0 /ReLU#0', '/ReLU#0 /Add#0', '/Dense#0 /Add#0'],
  ]);
  assert.deepEqual([drawn(models).folded, closed.folded, drawn([model(layers)]).folded], ['no', 'yes', 'none']);
});

test('the tensor that does not fit has its shape on the line', () => {
  const clashing = { ...edge(1), clash: true, against: '(2,)' };
  const layers = [layer('Dense', ['in']), layer('Dense', ['in']), layer('Add', [edge(0), clashing], { status: 'refused' })];
  const { links } = drawn([model(layers, { status: 'refused' })]);
  assert.deepEqual(links.filter(({ clash }) => clash).map(({ from, text }) => [from, text]), [['/Dense#1', '(1,) ≠ (2,)']]);
});

test('without a model there is a sentence', () => {
  assert.match(drawn([]).message, /no Keras model/);
});

function drawn(models: readonly Model[], opened: readonly string[] = [], folded = false): ReturnType<typeof picture> {
  const kinds = ['input', 'dense', 'shape'].map((name, index) => ({ name, colour: `#00000${index}` }));
  return picture({ file: 'm.py', models, kinds, chosen: 0, opened: new Set(opened), folded, fixes: new Map() });
}

function edge(source: number | string, text = '(1,)', output = 0): Edge {
  return { source, output, text, clash: false, against: null };
}

function layer(className: string, inputs: readonly (Edge | number | string)[], more: Partial<Layer> = {}): Layer {
  return {
    ...{ className, name: 'd', location, applied: 'layer', sameAs: null, nested: null, status: 'built', reason: null },
    ...{ outputText: '(1,)', outputShape: [1], params: 5, bytes: 20, kind: 'dense', argumentsText: '' },
    ...{ costs: { flopsText: '2 FLOPs', text: '2 FLOPs a sample' }, change: null },
    inputs: inputs.map((each) => (typeof each === 'object' ? each : edge(each, each === 'in' ? '(4,)' : '(1,)'))),
    ...more,
  };
}

function model(layers: readonly Layer[], more: Partial<Model> = {}): Model {
  return {
    ...{ kind: 'functional', name: 'm', variant: 1, location, status: 'built', reason: null, params: 5, bytes: 20 },
    ...{ inputShapes: [], outputShapes: [], layers, outputs: [layers.length - 1] },
    inputs: [{ name: 'in', location, outputText: '(4,)', outputShape: [4] }],
    ...{ training: null, costs: { flopsText: '2 FLOPs', text: '2 FLOPs a sample' }, change: null, blocks: [] },
    ...more,
  };
}
