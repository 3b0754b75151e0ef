/** The model view as plain data: what the page draws, made of what the server says. */

import { graphOf, isFold, isLayer, isTraining, type Fold, type Graph, type Link, type Spot, type Thing } from './graph';
import type { Input, Kind, Layer, Model, Shape, Status, Training } from './protocol';
import { slabsOf, type Slab } from './slabs';
import { memory, strings } from './strings';

export interface Block {
  readonly key: string;
  /** Key of the opened block that it belongs to; empty outside. */
  readonly parent: string;
  readonly applied: 'input' | 'training' | 'fold' | Layer['applied'];
  readonly inside: Spot['inside'];
  /** The same for all that apply one layer; empty for a layer that is applied once. */
  readonly same: string;
  readonly title: string;
  /** What is written in its call: `3×3, relu`. */
  readonly arguments: string;
  /** Its name, where the program gives one. */
  readonly name: string;
  /** Which of the kinds of layers it is. */
  readonly kind: string;
  readonly colour: string;
  readonly tags: string;
  readonly output: string;
  readonly params: string;
  /** Its part of the model's parameters, from 0 to 1. */
  readonly share: number;
  /** The same in words; empty where there is nothing to compare with. */
  readonly shareText: string;
  /** `97.2 kFLOPs`; empty where it has none, or they are not known. */
  readonly flops: string;
  /** All that it costs. */
  readonly costs: string;
  /** What the last edit changed in it, and whether it is new. */
  readonly change: string;
  readonly isNew: boolean;
  /** What it gives as a body; undefined where that is not known. */
  readonly slab: Slab | undefined;
  /** Whether it is drawn as a strip: there is little to say. */
  readonly thin: boolean;
  readonly status: Status;
  readonly reason: string;
  /** Title of the proven fix; empty without one. */
  readonly fix: string;
  /** What a search finds it by. */
  readonly words: string;
  /** All of it for a screen reader. */
  readonly description: string;
}

export interface Picture {
  readonly names: readonly string[];
  readonly chosen: number;
  /** Name of the file. */
  readonly file: string;
  readonly total: string;
  /** What the model costs. */
  readonly costs: string;
  /** What became of the model since the last edit, or since HEAD. */
  readonly change: string;
  /** Whether layers that belong together are folded; `none` where there are no such layers. */
  readonly folded: 'none' | 'no' | 'yes';
  readonly status: Status;
  /** One sentence when there is more to say than the blocks do. */
  readonly message: string;
  /** In the order of the program. */
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** The kinds that are in the picture. */
  readonly legend: readonly Kind[];
}

/** Sent to the page. */
export type ToPage =
  | { readonly type: 'picture'; readonly picture: Picture }
  | { readonly type: 'cursor'; readonly keys: readonly string[] }
  | { readonly type: 'raster'; readonly svg: string; readonly scale: number };

/** Sent by the page. */
export type FromPage =
  | { readonly type: 'ready' | 'export' | 'fold' }
  | { readonly type: 'raster'; readonly png: string }
  | { readonly type: 'model'; readonly index: number }
  | { readonly type: 'source' | 'fix' | 'toggle'; readonly key: string };

/** What a picture is made of. */
export interface Subject {
  readonly file: string;
  readonly models: readonly Model[];
  readonly kinds: readonly Kind[];
  readonly chosen: number;
  /** Keys of blocks whose models are shown. */
  readonly opened: ReadonlySet<string>;
  readonly folded: boolean;
  /** Titles of proven fixes by key. */
  readonly fixes: ReadonlyMap<string, string>;
}

export function picture({ file, models, kinds, chosen, opened, folded, fixes }: Subject): Picture {
  const names = models.map(modelName);
  const model = models[chosen];
  if (model === undefined) {
    const texts = { total: '', costs: '', change: '', folded: 'none', message: strings.noModel } as const;
    const nothing = { ...texts, status: 'unknown', blocks: [], links: [], legend: [] } as const;
    return { names, chosen: 0, file, ...nothing };
  }
  const graph = graphOf(models, chosen, opened, folded);
  const blocks = blocksOf(graph, model, kinds, fixes);
  return {
    names,
    chosen,
    file,
    total: model.status === 'refused' ? '' : strings.total(strings.parameters(model.params), memory(model.bytes)),
    costs: model.status === 'built' ? model.costs.text : '',
    change: model.change === null ? '' : strings.changed(model.change.text),
    folded: models.every(({ blocks: each }) => each.length === 0) ? 'none' : folded ? 'yes' : 'no',
    status: model.status,
    message: model.status === 'built' ? '' : (model.reason ?? ''),
    blocks,
    links: graph.links,
    legend: kinds.filter(({ name }) => blocks.some(({ kind }) => kind === name)),
  };
}

export function modelName({ name, variant, kind }: Model): string {
  return strings.variant(name ?? strings.anonymous(kind), variant);
}

function blocksOf(graph: Graph, model: Model, kinds: readonly Kind[], fixes: ReadonlyMap<string, string>): Block[] {
  const colours = new Map(kinds.map(({ name, colour }) => [name, colour]));
  const slabs = slabsOf(new Map(graph.spots.map(({ key, what }) => [key, shapeOf(what)])));
  const counted = model.layers.filter(({ params, sameAs }) => sameAs === null && params);
  const total = counted.reduce((sum, { params }) => sum + (params ?? 0), 0);
  return graph.spots.map((spot) => {
    const said = sayAll(spot, graph, total, counted.length > 1);
    const drawn = { colour: colours.get(said.kind) ?? '', slab: slabs.get(spot.key), fix: fixes.get(spot.key) ?? '' };
    const { key, parent, inside, same } = spot;
    return { key, parent, inside, same, ...said, ...drawn };
  });
}

type Told = Omit<Block, 'key' | 'parent' | 'inside' | 'same' | 'colour' | 'slab' | 'fix'>;
type Own = Omit<Told, 'shareText' | 'tags' | 'words' | 'description' | 'thin'>;

function sayAll(spot: Spot, graph: Graph, total: number, compare: boolean): Told {
  const { key, parent, same, what, index } = spot;
  const own = ofThing(spot, total);
  const tags = strings.tags({ isOutput: spot.isOutput, isShared: same !== '' });
  const sources = graph.links.filter(({ to }) => to === key).map(({ from }) => named(graph, from));
  const place = isLayer(what) ? `${index + 1}: ${titleOf(what)}` : titleOf(what);
  const kind = isLayer(what) ? (what.name === null ? '' : what.className) : own.title;
  const within = parent === '' ? '' : strings.within(named(graph, parent));
  const counted = isLayer(what) && own.params !== '' ? strings.parameters(what.params) : '';
  const inner = isFold(what) ? what.layers.map(titleOf).join(' ') : '';
  const said = [own.reason, own.change && strings.changed(own.change), inner];
  const parts = [place, kind, own.arguments, own.output, counted, tags, strings.from(sources), ...said, within];
  const thin = isLayer(what) && own.params === '' && own.reason === '' && spot.inside === 'none';
  const shareText = compare && own.share > 0 ? strings.share(own.share) : '';
  const words = [own.title, titleOf(what), own.arguments, own.output, tags, inner].join(' ').toLowerCase();
  return { ...own, tags, thin, shareText, words, description: strings.description(parts) };
}

const WITHOUT = { flops: '', costs: '', change: '', isNew: false } as const;
const NOTHING = { ...WITHOUT, arguments: '', name: '', params: '', share: 0, reason: '', status: 'built' } as const;

function ofThing(spot: Spot, total: number): Own {
  const { what } = spot;
  if (isFold(what)) {
    return ofFold(what, spot, total);
  }
  return isLayer(what) ? ofLayer(what, spot, total) : isTraining(what) ? ofTraining(what) : ofInput(what);
}

/** Layers that are folded: what comes out of the last one, and the sum of their parameters. */
function ofFold({ title, layers, flopsText }: Fold, { model, index }: Spot, total: number): Own {
  const own = layers.filter(({ sameAs }) => sameAs === null);
  const params = own.reduce<number | null>((sum, layer) => (sum === null || layer.params === null ? null : sum + layer.params), 0);
  const refused = layers.find(({ status }) => status === 'refused');
  const changed = layers.filter(({ change }) => change !== null).length;
  const reached = isReached(model, index);
  return {
    ...WITHOUT,
    applied: 'fold',
    kind: 'model',
    title,
    arguments: strings.layersInside(layers.length),
    name: '',
    output: refused ? strings.error : reached ? layers.at(-1)!.outputText : '?',
    params: params === 0 || refused !== undefined ? '' : strings.params(params),
    share: total > 0 ? (params ?? 0) / total : 0,
    status: refused ? 'refused' : reached ? layers.at(-1)!.status : 'unknown',
    reason: refused?.reason ?? '',
    flops: refused ? '' : flopsText,
    change: changed > 0 ? strings.layersChanged(changed) : '',
  };
}

function ofInput({ name, outputText }: Input): Own {
  const given = /^input(_layer)?(_\d+)?$/.test(name) ? '' : name;
  return { ...NOTHING, applied: 'input', kind: 'input', title: strings.input, name: given, output: outputText };
}

function ofTraining({ loss, labels, labelsText, fits, reason }: Training): Own {
  const output = [labels, labelsText].filter(Boolean).join(' ');
  const told = { title: strings.loss, arguments: loss ?? '', output, reason: fits === false ? (reason ?? strings.doesNotFit) : '' };
  return { ...NOTHING, applied: 'training', kind: 'training', ...told, status: fits === false ? 'refused' : 'built' };
}

function ofLayer(layer: Layer, { index, model }: Spot, total: number): Own {
  const { status, params, sameAs } = layer;
  const reached = isReached(model, index);
  const counted = status !== 'refused' && reached && params !== 0;
  return {
    applied: layer.applied,
    kind: layer.kind,
    title: layer.className || strings.operation,
    arguments: layer.argumentsText,
    name: isGiven(layer) ? layer.name! : '',
    output: status === 'refused' ? strings.error : reached ? layer.outputText : '?',
    params: counted ? strings.params(params) : '',
    share: total > 0 && sameAs === null ? (params ?? 0) / total : 0,
    status: reached ? status : 'unknown',
    reason: status === 'built' || !reached ? '' : (layer.reason ?? ''),
    flops: status === 'refused' || !reached ? '' : layer.costs.flopsText,
    costs: status === 'refused' || !reached ? '' : layer.costs.text,
    change: layer.change?.text ?? '',
    isNew: layer.change?.new ?? false,
  };
}

/** Whether somebody chose the name: Keras makes `conv2d_3` of `Conv2D`. */
function isGiven({ name, className }: Layer): boolean {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return name !== null && plain(name.replace(/_\d+$/, '')) !== plain(className);
}

/** In a chain nothing comes to what is behind a refused layer; in other graphs the server says it of each. */
function isReached({ kind, layers }: Model, index: number): boolean {
  const refused = layers.findIndex(({ status }) => status === 'refused');
  return kind !== 'sequential' || refused < 0 || index <= refused;
}

function shapeOf(what: Thing): Shape {
  if (isFold(what)) {
    return what.layers.at(-1)!.outputShape;
  }
  return isTraining(what) ? null : what.outputShape;
}

function titleOf(what: Thing): string {
  if (isTraining(what)) {
    return strings.loss;
  }
  if (isFold(what)) {
    return what.title;
  }
  return isLayer(what) ? (what.name ?? (what.className || strings.operation)) : what.name;
}

function named({ spots }: Graph, key: string): string {
  const spot = spots.find((each) => each.key === key);
  return spot === undefined ? '' : titleOf(spot.what);
}
