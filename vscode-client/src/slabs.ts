/** The proportions of what a layer gives: as wide as its map, as thick as it has channels. */

import type { Shape } from './protocol';

/** Each from 0 to 1, of the largest in the picture. */
export interface Slab {
  /** The width of a map, the steps of a sequence, the numbers of a vector. */
  readonly across: number;
  /** The height of a map, which leads away from who looks at it. */
  readonly deep: number;
  /** Channels or features; nothing for a vector. */
  readonly high: number;
  /** Whether a size is unknown, and only drawn as one. */
  readonly vague: boolean;
}

/** Small maps stay visible beside large ones, and halves still look smaller. */
const SPATIAL = 0.7;
const FEATURES = 0.5;
const UNKNOWN = 0.6;

interface Sizes {
  readonly width?: Size | undefined;
  readonly height?: Size | undefined;
  readonly features: Size;
}
type Size = number | null;

/** One for each shape that has a size beside the batch. */
export function slabsOf(shapes: ReadonlyMap<string, Shape>): ReadonlyMap<string, Slab> {
  const all = new Map<string, Sizes>();
  shapes.forEach((shape, key) => shape !== null && shape.length > 1 && all.set(key, sizesOf(shape)));
  const maps = [...all.values()].filter(({ width }) => width !== undefined);
  const vectors = [...all.values()].filter(({ width }) => width === undefined);
  const spatial = largest(maps.flatMap(({ width, height }) => [width ?? 0, height ?? 0]));
  const features = largest(maps.map((each) => each.features));
  const numbers = largest(vectors.map((each) => each.features));
  return new Map([...all].map(([key, sizes]) => [key, slab(sizes, spatial, features, numbers)]));
}

function slab({ width, height, features }: Sizes, spatial: number, channels: number, numbers: number): Slab {
  const vague = [width, height, features].includes(null);
  if (width === undefined) {
    return { across: part(features, numbers, (size) => Math.log2(1 + size)), deep: 0, high: 0, vague };
  }
  const deep = height === undefined ? 0 : part(height, spatial, (size) => size ** SPATIAL);
  const across = part(width, spatial, (size) => size ** SPATIAL);
  return { across, deep, high: part(features, channels, (size) => size ** FEATURES), vague };
}

function part(size: Size, most: number, curve: (size: number) => number): number {
  return size === null ? UNKNOWN : curve(size) / curve(most);
}

/** The batch comes first, channels or features last. */
function sizesOf(shape: NonNullable<Shape>): Sizes {
  const [features, width, height] = shape.slice(1).reverse().map((size) => (typeof size === 'number' ? size : null));
  return { width, height, features: features! };
}

function largest(sizes: readonly Size[]): number {
  return Math.max(1, ...sizes.map((size) => size ?? 0));
}
