/** The graph that is drawn of a model: its nodes and links, with the nested models that were opened in their places. */

import type { Edge, Input, Layer, LayerBlock, Model, Training } from './protocol';
import { strings } from './strings';

/** Layers that are folded into one block. */
export interface Fold {
  readonly title: string;
  /** Of the first layer. */
  readonly location: Layer['location'];
  readonly layers: readonly Layer[];
  readonly flopsText: string;
}

/** What is drawn as a block. */
export type Thing = Layer | Input | Training | Fold;

/** A place for a node. Its key stays while the text around it changes. */
export interface Spot {
  readonly key: string;
  /** Key of the opened node that it belongs to; empty outside. */
  readonly parent: string;
  /** What it is, and where among the layers of its model. */
  readonly what: Thing;
  readonly index: number;
  readonly model: Model;
  readonly isOutput: boolean;
  /** Key of the first node that applies the same layer, where there are several. */
  readonly same: string;
  /** Whether there is a model inside, and whether it is shown. */
  readonly inside: 'none' | 'closed' | 'open';
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** The shape, where the node that it comes from gives several, or where it does not fit. */
  readonly text: string;
  readonly clash: boolean;
}

export interface Graph {
  readonly spots: readonly Spot[];
  readonly links: readonly Link[];
}

interface Drawn {
  /** The key of each layer and input. */
  readonly keys: ReadonlyMap<number | string, string>;
  /** The nodes that the outputs come from. */
  readonly exits: readonly (Spot | undefined)[];
}

const DEEPEST = 8;
const TRAINING = '/training';

export function isLayer(what: Thing): what is Layer {
  return 'className' in what;
}

export function isTraining(what: Thing): what is Training {
  return 'loss' in what;
}

export function isFold(what: Thing): what is Fold {
  return 'layers' in what;
}

/** `opened` are keys of nodes whose models or layers are shown; with `folded`, layers that belong together are one node. */
export function graphOf(models: readonly Model[], chosen: number, opened: ReadonlySet<string>, folded = false): Graph {
  const spots: Spot[] = [];
  const links = new Map<string, Link>();
  const model = models[chosen];
  if (model !== undefined) {
    train(model, draw(model, '', 0));
  }
  return { spots, links: [...links.values()] };

  /** Loss and labels, below all that the model gives. */
  function train(trained: Model, { exits }: Drawn): void {
    if (trained.training !== null) {
      const what = { what: trained.training, index: trained.layers.length, model: trained };
      const spot: Spot = { key: TRAINING, parent: '', ...what, isOutput: false, same: '', inside: 'none' };
      spots.push(spot);
      exits.forEach((exit) => exit && link(exit.key, spot));
    }
  }

  function draw(drawn: Model, parent: string, depth: number): Drawn {
    const keys = keysOf(drawn, parent);
    const found = new Map<number | string, Spot>();
    const insides = new Map<number | string, Drawn>();
    for (const input of drawn.inputs) {
      const spot = add(drawn, input, -1, input.name, 'none');
      if (parent !== '') {
        link(parent, spot);
      }
    }
    const folds = foldsOf(drawn, parent, folded ? drawn.blocks : []);
    drawn.layers.forEach((layer, index) => {
      const fold = folds.get(index);
      if (fold !== undefined) {
        enter(fold, index);
        if (!opened.has(fold.key)) {
          found.set(index, fold);
          layer.inputs.forEach((edge) => connect(edge, fold));
          return;
        }
      }
      const inner = depth < DEEPEST && layer.nested !== null ? models[layer.nested] : undefined;
      const isOpen = inner !== undefined && opened.has(keys.get(index)!);
      const inside = inner === undefined ? 'none' : isOpen ? 'open' : 'closed';
      const spot = add(drawn, layer, index, index, inside, fold?.key ?? parent);
      layer.inputs.forEach((edge) => connect(edge, spot, fold));
      if (isOpen) {
        insides.set(index, draw(inner, spot.key, depth + 1));
      }
    });
    return { keys, exits: drawn.outputs.map((output) => exit(output, 0)) };

    /** The node of a fold stands where its first layer does. */
    function enter(fold: Spot, index: number): void {
      if (folds.get(index - 1) !== fold) {
        spots.push({ ...fold, inside: opened.has(fold.key) ? 'open' : 'closed' });
      }
    }

    function add(model: Model, what: Layer | Input, index: number, id: number | string, inside: Spot['inside'], within = parent): Spot {
      const key = keys.get(id)!;
      const isOutput = model.outputs.includes(id);
      const spot = { key, parent: within, what, index, model, isOutput, same: sameKey(model, id, keys), inside };
      found.set(id, spot);
      spots.push(spot);
      return spot;
    }

    /** From the node inside, if the model there is shown. */
    function exit(id: number | string, output: number | null): Spot | undefined {
      return insides.get(id)?.exits[output ?? 0] ?? found.get(id);
    }

    /** What comes from outside of an opened fold goes through its node; what stays inside of a closed one is not drawn. */
    function connect(edge: Edge, to: Spot, fold?: Spot): void {
      const from = exit(edge.source, edge.output);
      if (from === undefined || from.key === to.key) {
        return;
      }
      const known = edge.text === outputText(from) || edge.text === '?';
      const text = edge.clash ? strings.clash(edge.text, edge.against) : known ? '' : edge.text;
      if (fold !== undefined && from.parent !== fold.key) {
        link(from.key, fold);
        link(fold.key, to, text, edge.clash);
      } else {
        link(from.key, to, text, edge.clash);
      }
    }
  }

  function link(from: string, to: Spot, text = '', clash = false): void {
    links.set(`${from} ${to.key} ${text}`, { from, to: to.key, text, clash });
  }
}

/** The node of each layer that is folded. Its key stays while the layers in it change. */
function foldsOf(model: Model, parent: string, blocks: readonly LayerBlock[]): ReadonlyMap<number, Spot> {
  return new Map(
    blocks.flatMap(({ title, layers: indices, flopsText }, place) => {
      const layers = indices.map((index) => model.layers[index]!);
      const isOutput = indices.some((index) => model.outputs.includes(index));
      const what = { title, location: layers[0]!.location, layers, flopsText };
      const spot: Spot = { key: `${parent}/fold#${place}`, parent, what, index: indices[0]!, model, isOutput, same: '', inside: 'closed' };
      return indices.map((index) => [index, spot] as const);
    }),
  );
}

/** By class, and counted: what is put in elsewhere changes few of them. */
function keysOf({ inputs, layers }: Model, parent: string): ReadonlyMap<number | string, string> {
  const counts = new Map<string, number>();
  const key = (kind: string): string => {
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return `${parent}/${kind}#${count}`;
  };
  return new Map<number | string, string>([
    ...inputs.map(({ name }) => [name, key('input')] as const),
    ...layers.map(({ className }, index) => [index, key(className)] as const),
  ]);
}

function outputText({ what }: Spot): string {
  if (isFold(what)) {
    return what.layers.at(-1)!.outputText;
  }
  return isTraining(what) ? '' : what.outputText;
}

function sameKey({ layers }: Model, id: number | string, keys: ReadonlyMap<number | string, string>): string {
  const first = typeof id === 'number' ? (layers[id]?.sameAs ?? id) : id;
  return layers.some(({ sameAs }) => sameAs === first) ? keys.get(first)! : '';
}
