/** What the server answers to its own requests. */

import type { Location } from 'vscode-languageclient';

export type Status = 'built' | 'refused' | 'unknown';

/** A size is null for `None`, a number, or a name; a shape is null where the rank is not known. */
export type Shape = readonly (number | string | null)[] | null;

export interface Input {
  /** Its own among the inputs of the model. */
  readonly name: string;
  readonly location: Location | null;
  readonly outputText: string;
  readonly outputShape: Shape;
}

/** A tensor that goes into a layer. */
export interface Edge {
  /** Index of the layer that gives it, or name of an input. */
  readonly source: number | string;
  /** Which of several outputs it is, where that is known. */
  readonly output: number | null;
  /** Its shape. */
  readonly text: string;
  /** Whether it does not fit to the others that meet there. */
  readonly clash: boolean;
  /** The shape that most of the others have, where there is one. */
  readonly against: string | null;
}

/** What a layer or a model costs, in words: in few of them for a block, and in all. */
export interface Costs {
  /** `97.2 kFLOPs`; empty where it has none, or they are not known. */
  readonly flopsText: string;
  readonly text: string;
}

/** What became of a layer or a model since the last edit, or since HEAD. */
export interface Change {
  readonly text: string;
}

export interface Layer {
  readonly className: string;
  readonly name: string | null;
  readonly location: Location;
  readonly applied: 'layer' | 'model' | 'operation';
  /** One of the kinds of the answer. */
  readonly kind: string;
  /** What is written in its call and is worth a word: `3×3, relu`. */
  readonly argumentsText: string;
  /** Index of the first layer that applies the same one. */
  readonly sameAs: number | null;
  /** Which of the models is applied, by index. */
  readonly nested: number | null;
  readonly inputs: readonly Edge[];
  readonly status: Status;
  readonly reason: string | null;
  readonly outputText: string;
  readonly outputShape: Shape;
  readonly params: number | null;
  readonly bytes: number | null;
  readonly costs: Costs;
  readonly change: (Change & { readonly new: boolean }) | null;
}

/** Layers that belong together: those of one call of a function, or of one turn of a loop. */
export interface LayerBlock {
  readonly title: string;
  /** Indices of layers. */
  readonly layers: readonly number[];
  /** The sum of theirs. */
  readonly flopsText: string;
}

/** What a model meets at its end. */
export interface Training {
  readonly loss: string | null;
  /** As the program writes them: `y_train`. */
  readonly labels: string | null;
  /** Their shape. */
  readonly labelsText: string | null;
  /** Whether Keras takes data and labels; null where it was not asked. */
  readonly fits: boolean | null;
  /** What is wrong where they do not fit. */
  readonly reason: string | null;
  readonly location: Location;
}

/** A kind of layer, and the colour of its blocks. */
export interface Kind {
  readonly name: string;
  readonly colour: string;
}

export interface Model {
  readonly kind: 'sequential' | 'functional' | 'call';
  readonly name: string | null;
  readonly variant: number;
  readonly location: Location;
  readonly status: Status;
  readonly reason: string | null;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly params: number | null;
  readonly bytes: number | null;
  readonly inputs: readonly Input[];
  readonly layers: readonly Layer[];
  /** Indices of layers, or names of inputs. */
  readonly outputs: readonly (number | string)[];
  readonly training: Training | null;
  readonly costs: Costs;
  readonly change: Change | null;
  readonly blocks: readonly LayerBlock[];
}

export interface Models {
  /** Of the file, or of the notebook's first cell. */
  readonly version: number | null;
  /** Whether this is about the newest text, and whether nothing more will be known of it. */
  readonly current: boolean;
  readonly final: boolean;
  /** Whether the fixes were tried with real Keras. */
  readonly proved?: boolean;
  readonly counts: Readonly<Record<'models' | Status, number>>;
  /** Subclassed models of which nothing can be shown. */
  readonly unread: number;
  /** Whether a statement is half typed: its models are missing. */
  readonly broken?: boolean;
  /** All of them, in the order of a legend. */
  readonly kinds: readonly Kind[];
  readonly models: readonly Model[];
}

export interface Environment {
  readonly phase: 'off' | 'cold' | 'starting' | 'ready';
  readonly problem: string | null;
  readonly keras: string | null;
  readonly sandboxed: boolean | null;
  readonly codeOff: string | null;
  readonly trusted: boolean;
  readonly interpreter: string | null;
  /** Of its environment: `.venv`. */
  readonly name: string | null;
  /** All of it in words. */
  readonly lines: readonly string[];
}

/** One of those that a person can choose. */
export interface Interpreter {
  readonly python: string;
  readonly name: string;
  readonly version: string | null;
  readonly keras: string | null;
  readonly backend: string;
  readonly backendVersion: string | null;
  /** Why no model can be judged with it, or null. */
  readonly problem: string | null;
}

export const MODELS = 'keras-shapes/models';
export const ENVIRONMENT = 'keras-shapes/environment';
export const INTERPRETERS = 'keras-shapes/interpreters';
