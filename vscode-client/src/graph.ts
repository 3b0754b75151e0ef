/** The graph that is drawn of a model: its nodes and links, with the nested models that were opened in their places. */

import type { Edge, Input, Layer, Model, Training } from './protocol';

/** What is drawn as a block. */
export type Thing = Layer | Input | Training;

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
  /** The shape, where the node that it comes from gives several. */
  readonly text: string;
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

/** `opened` are keys of nodes whose models are shown. */
export function graphOf(models: readonly Model[], chosen: number, opened: ReadonlySet<string>): Graph {
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
      exits.forEach((exit) => exit && link(exit.key, spot, ''));
    }
  }

  function draw(drawn: Model, parent: string, depth: number): Drawn {
    const keys = keysOf(drawn, parent);
    const found = new Map<number | string, Spot>();
    const insides = new Map<number | string, Drawn>();
    for (const input of drawn.inputs) {
      const spot = add(drawn, input, -1, input.name, 'none');
      if (parent !== '') {
        link(parent, spot, '');
      }
    }
    drawn.layers.forEach((layer, index) => {
      const inner = depth < DEEPEST && layer.nested !== null ? models[layer.nested] : undefined;
      const isOpen = inner !== undefined && opened.has(keys.get(index)!);
      const spot = add(drawn, layer, index, index, inner === undefined ? 'none' : isOpen ? 'open' : 'closed');
      layer.inputs.forEach((edge) => connect(edge, spot));
      if (isOpen) {
        insides.set(index, draw(inner, spot.key, depth + 1));
      }
    });
    return { keys, exits: drawn.outputs.map((output) => exit(output, 0)) };

    function add(model: Model, what: Layer | Input, index: number, id: number | string, inside: Spot['inside']): Spot {
      const key = keys.get(id)!;
      const isOutput = model.outputs.includes(id);
      const spot = { key, parent, what, index, model, isOutput, same: sameKey(model, id, keys), inside };
      found.set(id, spot);
      spots.push(spot);
      return spot;
    }

    /** From the node inside, if the model there is shown. */
    function exit(id: number | string, output: number | null): Spot | undefined {
      return insides.get(id)?.exits[output ?? 0] ?? found.get(id);
    }

    function connect(edge: Edge, to: Spot): void {
      const from = exit(edge.source, edge.output);
      if (from !== undefined) {
        link(from.key, to, edge.text === outputText(from) || edge.text === '?' ? '' : edge.text);
      }
    }
  }

  function link(from: string, to: Spot, text: string): void {
    links.set(`${from} ${to.key} ${text}`, { from, to: to.key, text });
  }
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
  return isTraining(what) ? '' : what.outputText;
}

function sameKey({ layers }: Model, id: number | string, keys: ReadonlyMap<number | string, string>): string {
  const first = typeof id === 'number' ? (layers[id]?.sameAs ?? id) : id;
  return layers.some(({ sameAs }) => sameAs === first) ? keys.get(first)! : '';
}
