/** Where the blocks and the lines between them are: from above to below, branches side by side. */

import { Graph, layout as place } from '@dagrejs/dagre';
import { lineKey, type Box, type Layout, type Line, type Path, type Point, type Rectangle } from './geometry';
import { runsOf, type Run } from './runs';

const GAP = 16;
const SPACE = { nodesep: 24, edgesep: 16, ranksep: 28, marginx: 12, marginy: 8 };
const CHARACTER = 7.5;
const LINE_HEIGHT = 18;
const CORNER = 24;

export function layout(boxes: readonly Box[], lines: readonly Line[]): Layout {
  const framed = new Set(boxes.map(({ parent }) => parent).filter(Boolean));
  const frameOf = ({ key, parent }: Box): string => frameName(framed.has(key) ? key : parent);
  const runs = runsOf(boxes, lines, frameOf);
  const graph = new Graph({ compound: framed.size > 0, multigraph: true });
  graph.setGraph({ ...SPACE, rankdir: 'TB', ranker: 'tight-tree', align: 'UR' });
  runs.forEach((run) => graph.setNode(run[0].key, sizeOf(run)));
  putIntoFrames(graph, boxes.filter(({ key }) => framed.has(key)), runs, frameOf);
  const heads = new Map(runs.flatMap((run) => run.map(({ key }) => [key, run[0].key])));
  linesBetween(runs, heads, lines).forEach((line) => graph.setEdge(heads.get(line.from)!, heads.get(line.to)!, labelled(line), lineKey(line)));
  place(graph);
  const placed = new Map(runs.flatMap((run) => [...membersOf(run, rectangle(graph, run[0].key))]));
  return {
    ...(graph.graph() as { width: number; height: number }),
    boxes: new Map(boxes.map(({ key }) => [key, placed.get(key)!])),
    frames: new Map([...framed].map((key) => [key, rectangle(graph, frameName(key))])),
    paths: lines.map((line) => {
      const told = graph.edge(heads.get(line.from)!, heads.get(line.to)!, lineKey(line)) as Partial<Path & Point> | undefined;
      return pathOf(line, placed.get(line.from)!, placed.get(line.to)!, told);
    }),
  };
}

/** The shortest first: what is put in last comes to the left, and leaves the main way straight. */
function linesBetween(runs: readonly Run[], heads: ReadonlyMap<string, string>, lines: readonly Line[]): Line[] {
  const places = new Map(runs.map(([first], place) => [first.key, place]));
  const length = ({ from, to }: Line): number => places.get(heads.get(to)!)! - places.get(heads.get(from)!)!;
  return lines.filter((line) => length(line) !== 0).sort((one, other) => length(one) - length(other));
}

function putIntoFrames(graph: Graph, framed: readonly Box[], runs: readonly Run[], frameOf: (box: Box) => string): void {
  framed.forEach(({ key }) => graph.setNode(frameName(key), {}));
  framed.filter(({ parent }) => parent).forEach(({ key, parent }) => graph.setParent(frameName(key), frameName(parent)));
  runs.filter(([first]) => frameOf(first)).forEach(([first]) => graph.setParent(first.key, frameOf(first)));
}

function frameName(key: string): string {
  return key && `frame ${key}`;
}

function sizeOf(run: Run): { width: number; height: number } {
  const height = run.reduce((sum, box) => sum + box.height + GAP, -GAP);
  return { width: Math.max(...run.map(({ width }) => width)), height };
}

function* membersOf(run: Run, { x, y, width }: Rectangle): Iterable<[string, Rectangle]> {
  let top = y;
  for (const box of run) {
    yield [box.key, { x: x + (width - box.width) / 2, y: top, width: box.width, height: box.height }];
    top += box.height + GAP;
  }
}

function labelled({ text }: Line): Record<string, unknown> {
  return text ? { width: text.length * CHARACTER, height: LINE_HEIGHT, labelpos: 'c' } : {};
}

function rectangle(graph: Graph, key: string): Rectangle {
  const { x, y, width, height } = graph.node(key) as Rectangle;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Inside a run straight down; else through the points between, from the lower side of a box to the upper one of the other. */
function pathOf(line: Line, from: Rectangle, to: Rectangle, told: Partial<Path & Point> = {}): Path {
  const { points = [], x = 0, y = 0 } = told;
  const start = { x: within(points[0]?.x, from), y: from.y + from.height };
  const end = { x: within(points.at(-1)?.x, to), y: to.y };
  return { ...line, points: [start, ...points.slice(1, -1), end], label: { x, y } };
}

function within(wanted: number | undefined, { x, width }: Rectangle): number {
  const middle = x + width / 2;
  return Math.max(x + CORNER, Math.min(wanted ?? middle, x + width - CORNER));
}
