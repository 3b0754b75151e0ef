/** How large the graph is drawn: as large as fits, until a person says otherwise; and the hand that moves it. */

export interface Extent {
  readonly width: number;
  readonly height: number;
}

const LARGEST = 4;
const SMALLEST = 0.1;
/** What fits only smaller than this is not read any more: it is scrolled. */
const READABLE = 0.65;
const STEP = 1.2;
/** A little more or less room changes nothing. */
const NOTCH = 20;
const WHEEL = 0.0025;

export class Zoom {
  private factor = 1;
  private chosen: 'readable' | 'whole' | 'own' = 'readable';
  private content: Extent = { width: 0, height: 0 };

  /** `scroll` shows a part of `room`, which has the size of the `stage` as it is drawn. */
  constructor(
    private readonly scroll: HTMLElement,
    private readonly room: HTMLElement,
    private readonly stage: HTMLElement,
    private readonly told: (factor: number) => void,
  ) {
    new ResizeObserver(() => this.apply()).observe(scroll);
    scroll.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    scroll.addEventListener('pointerdown', (event) => this.grab(event));
    document.addEventListener('keydown', (event) => this.press(event));
  }

  get value(): number {
    return this.factor;
  }

  /** The graph has another size. */
  show(content: Extent): void {
    this.content = content;
    this.apply();
  }

  in(): void {
    this.to(this.factor * STEP);
  }

  out(): void {
    this.to(this.factor / STEP);
  }

  fit(): void {
    this.chosen = 'whole';
    this.apply();
  }

  /** What is at a point of the view stays there; the middle if no point is given. */
  private to(factor: number, x = this.scroll.clientWidth / 2, y = this.scroll.clientHeight / 2): void {
    const before = this.factor;
    const [left, top] = [this.scroll.scrollLeft + x, this.scroll.scrollTop + y];
    this.chosen = 'own';
    this.factor = Math.max(SMALLEST, Math.min(LARGEST, factor));
    this.apply();
    const grown = this.factor / before;
    this.scroll.scrollTo(left * grown - x, top * grown - y);
  }

  private apply(): void {
    if (this.chosen !== 'own') {
      this.factor = Math.max(this.chosen === 'whole' ? SMALLEST : READABLE, this.fitting());
    }
    this.stage.style.transform = `scale(${this.factor})`;
    this.room.style.width = `${this.content.width * this.factor}px`;
    this.room.style.height = `${this.content.height * this.factor}px`;
    this.told(this.factor);
  }

  private fitting(): number {
    const { clientWidth, clientHeight } = this.scroll;
    const room = Math.min(clientWidth / this.content.width, clientHeight / this.content.height, 1);
    return Math.floor(room * NOTCH) / NOTCH;
  }

  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const { left, top } = this.scroll.getBoundingClientRect();
      this.to(this.factor * Math.exp(-event.deltaY * WHEEL), event.clientX - left, event.clientY - top);
    }
  }

  /** The ground moves with the mouse; blocks are pressed. */
  private grab(event: PointerEvent): void {
    const onGround = event.target instanceof Element && event.target.closest('button') === null;
    if (event.button !== 0 || !onGround || event.pointerType === 'touch') {
      return;
    }
    this.scroll.setPointerCapture(event.pointerId);
    this.scroll.classList.add('grabbed');
    const move = ({ movementX, movementY }: PointerEvent): void => this.scroll.scrollBy(-movementX, -movementY);
    const leave = (): void => {
      this.scroll.classList.remove('grabbed');
      this.scroll.removeEventListener('pointermove', move);
    };
    this.scroll.addEventListener('pointermove', move);
    this.scroll.addEventListener('lostpointercapture', leave, { once: true });
  }

  private press(event: KeyboardEvent): void {
    const act = { '+': () => this.in(), '=': () => this.in(), '-': () => this.out(), '0': () => this.fit() }[event.key];
    if (act !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target)) {
      event.preventDefault();
      act();
    }
  }
}

/** Whether keys are for what has the keyboard. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
}
