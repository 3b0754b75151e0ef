/** The model view as plain data: what the page draws, made of what the server says. */

import type * as vscode from 'vscode';
import type { Layer, Model, Shape, Status } from './protocol';
import { memory, strings } from './strings';

export interface Block {
  readonly title: string;
  readonly kind: string;
  readonly output: string;
  readonly params: string;
  readonly memory: string;
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
  readonly input: string;
  readonly total: string;
  readonly status: Status;
  /** One sentence when there is more to say than the blocks do. */
  readonly message: string;
  readonly blocks: readonly Block[];
}

/** Sent to the page. */
export type ToPage =
  | { readonly type: 'picture'; readonly picture: Picture }
  | { readonly type: 'cursor'; readonly layer: number | null };

/** Sent by the page. */
export type FromPage =
  | { readonly type: 'ready' | 'copy' }
  | { readonly type: 'source' | 'fix' | 'model'; readonly index: number };

/** `fixes` are the proven fixes of the layers, by their index. */
export function picture(
  models: readonly Model[],
  chosen: number,
  fixes: ReadonlyMap<number, vscode.CodeAction>,
): Picture {
  const names = models.map(modelName);
  const model = models[chosen];
  if (model === undefined) {
    const message = strings.noModel;
    return { names, chosen: 0, input: '', total: '', status: 'unknown', message, blocks: [] };
  }
  const refused = model.layers.findIndex(({ status }) => status === 'refused');
  const total = model.layers.reduce((sum, { params }) => sum + (params ?? 0), 0);
  return {
    names,
    chosen,
    input: shapesText(model.inputShapes),
    total: model.status === 'refused' ? '' : strings.total(strings.parameters(model.params), memory(model.bytes)),
    status: model.status,
    message: model.status === 'built' ? '' : (model.reason ?? ''),
    blocks: model.layers.map((layer, index) => {
      const reached = refused < 0 || index <= refused;
      return block(layer, index, total, reached, fixes.get(index)?.title ?? '');
    }),
  };
}

export function modelName({ name, variant }: Model): string {
  return strings.variant(name ?? strings.anonymous, variant);
}

export function shapesText(shapes: readonly Shape[]): string {
  return shapes.length === 0 ? '?' : shapes.map(shapeText).join(', ');
}

function shapeText(shape: Shape): string {
  if (shape === null) {
    return '?';
  }
  const sizes = shape.map((size) => (size === null ? 'None' : `${size}`));
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
}

function block(layer: Layer, index: number, total: number, reached: boolean, fix: string): Block {
  const { status, className, params } = layer;
  const title = layer.name ?? className;
  const kind = layer.name === null ? '' : className;
  const counted = status === 'refused' || !reached ? '' : strings.parameters(params);
  const output = status === 'refused' ? strings.refused : reached ? layer.outputText : strings.notReached;
  const reason = status === 'built' || !reached ? '' : (layer.reason ?? '');
  return {
    title,
    kind,
    output,
    params: counted,
    memory: params ? memory(layer.bytes ?? null) : '',
    share: total > 0 ? (params ?? 0) / total : 0,
    status: reached ? status : 'unknown',
    reason,
    fix,
    description: strings.description([`${index + 1}: ${title}`, kind, output, counted, reason]),
  };
}
