/** What a layer gives as a body, seen a little from above: as wide and deep as its map, as thick as it has channels. */

import type { Slab } from '../slabs';
import { setAttribute } from './dom';

const SVG = 'http://www.w3.org/2000/svg';
export const WIDTH = 84;

/** Largest and smallest, in pixels. */
interface Room {
  readonly height: number;
  readonly thick: readonly [number, number];
  readonly deep: readonly [number, number];
}

const ROOM: Room = { height: 34, thick: [6, 20], deep: [3, 13] };
const STRIP: Room = { height: 16, thick: [3, 8], deep: [2, 7] };
const ACROSS = [5, 62] as const;
const SLANT = 1.3;

export function makeSlab(): SVGSVGElement {
  const body = document.createElementNS(SVG, 'svg');
  body.setAttribute('class', 'slab');
  body.setAttribute('aria-hidden', 'true');
  for (const side of ['top', 'side', 'front']) {
    const face = document.createElementNS(SVG, 'path');
    face.setAttribute('class', side);
    body.append(face);
  }
  return body;
}

export function drawSlab(body: Element, slab: Slab | undefined, thin: boolean): void {
  const room = thin ? STRIP : ROOM;
  setAttribute(body, 'viewBox', `0 0 ${WIDTH} ${room.height}`);
  setAttribute(body, 'width', `${WIDTH}`);
  setAttribute(body, 'height', `${room.height}`);
  setAttribute(body, 'data-vague', slab?.vague ? '' : null);
  const faces = slab === undefined ? ['', '', ''] : facesOf(slab, room);
  [...body.children].forEach((face, index) => setAttribute(face, 'd', faces[index]!));
}

/** Top, side and front. */
function facesOf({ across, deep, high }: Slab, room: Room): readonly string[] {
  const [width, thick, rise] = [within(across, ACROSS), within(high, room.thick), within(deep, room.deep)];
  const lean = rise * SLANT;
  const left = (WIDTH - width - lean) / 2;
  const [upper, lower] = [(room.height - thick - rise) / 2 + rise, (room.height + thick + rise) / 2];
  const right = left + width;
  const top = `M ${at(left, upper)} l ${at(lean, -rise)} h ${width.toFixed(1)} L ${at(right, upper)} Z`;
  const side = `M ${at(right, upper)} l ${at(lean, -rise)} v ${thick.toFixed(1)} L ${at(right, lower)} Z`;
  const front = `M ${at(left, upper)} H ${right.toFixed(1)} V ${lower.toFixed(1)} H ${left.toFixed(1)} Z`;
  return [top, side, front];
}

function within(part: number, [least, most]: readonly [number, number]): number {
  return least + part * (most - least);
}

function at(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
