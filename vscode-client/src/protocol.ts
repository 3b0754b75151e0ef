/** What the server answers to its own requests, `keras-shapes/models` and `keras-shapes/environment`. */

import type { Location } from 'vscode-languageclient';

export type Status = 'built' | 'refused' | 'unknown';

/** A size is null for `None`, a number, or a name; a shape is null where the rank is not known. */
export type Shape = readonly (number | string | null)[] | null;

export interface Layer {
  readonly className: string;
  readonly name: string | null;
  readonly location: Location;
  /** Indices of layers of the model, or names of inputs. */
  readonly inputs: readonly (number | string)[];
  readonly status: Status;
  readonly reason: string | null;
  readonly outputText: string;
  readonly params: number | null;
  readonly bytes?: number | null;
}

export interface Model {
  readonly kind: 'sequential' | 'functional' | 'call' | 'open';
  readonly name: string | null;
  readonly variant: number;
  readonly location: Location;
  readonly status: Status;
  readonly reason: string | null;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly params: number | null;
  readonly bytes: number | null;
  readonly layers: readonly Layer[];
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
  /** All of it in words. */
  readonly lines: readonly string[];
}

export const MODELS = 'keras-shapes/models';
export const ENVIRONMENT = 'keras-shapes/environment';
