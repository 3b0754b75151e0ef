/** The field that searches blocks: what is found stands out, and Enter goes from one to the next. */

import { strings } from '../strings';
import { element, setText } from './dom';

/** Makes the blocks that say a text stand out, and shows the one of that number; how many there are. */
export type Find = (text: string, number: number) => number;

export class Search {
  readonly root = element('span', 'search');
  private readonly field = element('input', '', {
    ...{ type: 'search', placeholder: strings.search, title: strings.searchTip, 'aria-label': strings.searchTip },
  });
  private readonly count = element('span', 'count', { 'aria-live': 'polite' });
  private number = 0;

  constructor(private readonly find: Find) {
    this.root.append(this.field, this.count);
    this.field.addEventListener('input', () => this.go(0));
    this.field.addEventListener('keydown', (event) => this.press(event));
  }

  /** The blocks are others: look again. */
  renew(): void {
    if (this.field.value !== '') {
      this.go(this.number);
    }
  }

  private press(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      this.go(this.number + (event.shiftKey ? -1 : 1));
    } else if (event.key === 'Escape') {
      this.field.value = '';
      this.go(0);
    }
  }

  private go(number: number): void {
    const count = this.find(this.field.value, 0);
    this.number = count === 0 ? 0 : (number + count) % count;
    this.find(this.field.value, this.number);
    setText(this.count, this.field.value.trim() === '' ? '' : strings.hits(this.number + 1, count));
  }
}
