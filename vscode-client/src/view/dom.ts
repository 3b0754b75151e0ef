/** Elements of the page. Text arrives as data and is only ever shown as text; what is equal is not touched. */

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  return made;
}

export function part(item: Element, name: string): HTMLElement {
  return item.getElementsByClassName(name)[0] as HTMLElement;
}

export function setText(node: Element, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** The text of a part that is not there without one. */
export function setPart(item: Element, name: string, text: string): void {
  const node = part(item, name);
  setText(node, text);
  node.hidden = text === '';
}

export function setAttribute(node: Element, name: string, value: string | null): void {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** One child for each item, in their order: those that stay are the same elements, and are not moved if they need not. */
export function reconcile<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  make: (item: Item) => Element,
): Map<string, Element> {
  const old = new Map([...parent.children].map((child) => [child.getAttribute('data-key') ?? '', child]));
  const made = new Map(items.map((item) => [keyOf(item), old.get(keyOf(item)) ?? make(item)]));
  old.forEach((child, key) => made.has(key) || child.remove());
  let next = parent.firstElementChild;
  for (const [key, child] of made) {
    child.setAttribute('data-key', key);
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
  return made;
}
