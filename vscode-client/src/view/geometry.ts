/** What is to be placed, and where it is then. */

export interface Box {
  readonly key: string;
  /** Key of the box whose frame it is in; empty outside. */
  readonly parent: string;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly clash: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are those of the upper left corner. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Path extends Line {
  readonly points: readonly Point[];
  readonly label: Point;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** In the order of the boxes. */
  readonly boxes: ReadonlyMap<string, Rectangle>;
  /** Around each box that has others in it, and these. */
  readonly frames: ReadonlyMap<string, Rectangle>;
  /** One for each line. */
  readonly paths: readonly Path[];
}

/** Two lines between the same boxes differ in their text. */
export function lineKey({ from, to, text }: Line): string {
  return `${from} ${to} ${text}`;
}
