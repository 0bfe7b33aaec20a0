// Builds elements from plain values. Text is always text: nothing here can turn data into markup.

export type Content = Node | string | undefined;
type Attributes = Record<string, string | boolean | undefined>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.filter((part) => part !== undefined));
  return element;
}

/** An element that the server's page is known to hold. */
export function byId<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const element = document.querySelector(`#${id}`);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}.`);
  return element;
}

/** Sets a bar's length through the object model, which a policy without inline styles allows. */
export function setLength(element: HTMLElement, share: number): void {
  element.style.setProperty("inline-size", `${(share * 100).toFixed(1)}%`);
}
