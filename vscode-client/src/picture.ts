/** The model view as plain data: what the page draws, made of what the server says. */

import { graphOf, isLayer, type Graph, type Link, type Spot } from './graph';
import type { Input, Layer, Model, Shape, Status } from './protocol';
import { memory, strings } from './strings';

export interface Block {
  readonly key: string;
  /** Key of the opened block that it belongs to; empty outside. */
  readonly parent: string;
  readonly applied: 'input' | Layer['applied'];
  readonly inside: Spot['inside'];
  /** The same for all that apply one layer; empty for a layer that is applied once. */
  readonly same: string;
  readonly title: string;
  readonly kind: string;
  readonly tags: string;
  readonly output: string;
  readonly params: string;
  /** Its part of the model's parameters, from 0 to 1. */
  readonly share: number;
  readonly status: Status;
  readonly reason: string;
  /** Title of the proven fix; empty without one. */
  readonly fix: string;
  /** All of it for a screen reader. */
  readonly description: string;
}

export interface Picture {
  readonly names: readonly string[];
  readonly chosen: number;
  readonly total: string;
  readonly status: Status;
  /** One sentence when there is more to say than the blocks do. */
  readonly message: string;
  /** In the order of the program. */
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
}

/** Sent to the page. */
export type ToPage =
  | { readonly type: 'picture'; readonly picture: Picture }
  | { readonly type: 'cursor'; readonly keys: readonly string[] };

/** Sent by the page. */
export type FromPage =
  | { readonly type: 'ready' | 'copy' }
  | { readonly type: 'model'; readonly index: number }
  | { readonly type: 'source' | 'fix' | 'toggle'; readonly key: string };

/** Of the chosen model. `opened` are the keys of blocks whose models are shown, `fixes` titles of proven fixes by key. */
export function picture(
  models: readonly Model[],
  chosen: number,
  opened: ReadonlySet<string>,
  fixes: ReadonlyMap<string, string>,
): Picture {
  const names = models.map(modelName);
  const model = models[chosen];
  if (model === undefined) {
    const message = strings.noModel;
    return { names, chosen: 0, total: '', status: 'unknown', message, blocks: [], links: [] };
  }
  const graph = graphOf(models, chosen, opened);
  const total = model.layers.reduce((sum, { params, sameAs }) => sum + (sameAs === null ? (params ?? 0) : 0), 0);
  return {
    names,
    chosen,
    total: model.status === 'refused' ? '' : strings.total(strings.parameters(model.params), memory(model.bytes)),
    status: model.status,
    message: model.status === 'built' ? '' : (model.reason ?? ''),
    blocks: graph.spots.map((spot) => block(spot, graph, total, fixes.get(spot.key) ?? '')),
    links: graph.links,
  };
}

export function modelName({ name, variant, kind }: Model): string {
  return strings.variant(name ?? strings.anonymous(kind), variant);
}

export function shapesText(shapes: readonly Shape[]): string {
  return shapes.length === 0 ? '?' : shapes.map(shapeText).join(', ');
}

export function titleOf(what: Layer | Input): string {
  return isLayer(what) ? (what.name ?? (what.className || strings.operation)) : what.name;
}

function shapeText(shape: Shape): string {
  if (shape === null) {
    return '?';
  }
  const sizes = shape.map((size) => (size === null ? 'None' : `${size}`));
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
}

function block(spot: Spot, graph: Graph, total: number, fix: string): Block {
  const { key, parent, inside, same, what } = spot;
  const said = isLayer(what) ? ofLayer(what, spot, total) : ofInput(what);
  const title = titleOf(what);
  const tags = strings.tags({ isOutput: spot.isOutput, isShared: same !== '' });
  const sources = graph.links.filter(({ to }) => to === key).map(({ from }) => named(graph, from));
  const place = isLayer(what) ? `${spot.index + 1}: ${title}` : title;
  const parts = [place, said.kind, said.output, said.params, tags, strings.from(sources), said.reason];
  const within = parent === '' ? '' : strings.within(named(graph, parent));
  return { key, parent, inside, same, title, tags, fix, ...said, description: strings.description([...parts, within]) };
}

type Said = Pick<Block, 'applied' | 'kind' | 'output' | 'params' | 'share' | 'status' | 'reason'>;

function ofInput({ outputText }: Input): Said {
  return { applied: 'input', kind: strings.input, output: outputText, params: '', share: 0, status: 'built', reason: '' };
}

function ofLayer(layer: Layer, { index, model }: Spot, total: number): Said {
  const { status, className, params, sameAs } = layer;
  const reached = isReached(model, index);
  const counted = status !== 'refused' && reached && params !== 0;
  return {
    applied: layer.applied,
    kind: layer.name === null ? '' : className,
    output: status === 'refused' ? strings.refused : reached ? layer.outputText : strings.notReached,
    params: counted ? strings.total(strings.parameters(params), memory(layer.bytes)) : '',
    share: total > 0 && sameAs === null ? (params ?? 0) / total : 0,
    status: reached ? status : 'unknown',
    reason: status === 'built' || !reached ? '' : (layer.reason ?? ''),
  };
}

/** In a chain nothing comes to what is behind a refused layer; in other graphs the server says it of each. */
function isReached({ kind, layers }: Model, index: number): boolean {
  const refused = layers.findIndex(({ status }) => status === 'refused');
  return kind !== 'sequential' || refused < 0 || index <= refused;
}

function named({ spots }: Graph, key: string): string {
  const spot = spots.find((each) => each.key === key);
  return spot === undefined ? '' : titleOf(spot.what);
}
