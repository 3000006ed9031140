/** Draws a screen from its template: text by data-t, text with marks by data-f, parts by data-if and data-unless, lists by data-each. */

export type Values = Record<string, unknown>;

const REGIONS: Record<string, string> = {
  bar: ".ik-phone-top > div",
  head: "[data-head]",
  content: ".ik-phone-main > .ik-stack",
  dock: ".ik-dock",
};

/** Words that the templates hold for the script. */
export function word(name: string): string {
  const words = document.querySelector<HTMLTemplateElement>("#s-words");
  return words?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
}

export function fill(format: string, values: Values): string {
  return format.replace(/\{(\w+)\}/g, (mark, name: string) => (name in values ? String(values[name]) : mark));
}

/** Put a screen on the page. The first heading gets the focus, so that a reader hears where one is. */
export function show(name: string, values: Values): void {
  const drawn = draw(name, values);
  for (const [region, selector] of Object.entries(REGIONS)) {
    const target = document.querySelector(selector);
    const source = drawn.querySelector(`[data-region="${region}"]`);
    // A region without words stays empty, so that it takes no room.
    if (target && source) target.replaceChildren(...(source.textContent?.trim() ? source.childNodes : []));
  }
  document.body.dataset.screen = name;
  const heading = document.querySelector<HTMLElement>("[data-head] h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** The strip under the bar. */
export function showStrip(name: string, values: Values): void {
  document.querySelector("[data-strip]")?.replaceChildren(draw(name, values));
}

function draw(name: string, values: Values): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`#s-${name}`);
  if (!template) throw new Error(name);
  const drawn = template.content.cloneNode(true) as DocumentFragment;
  apply(drawn, values);
  return drawn;
}

function apply(root: DocumentFragment | Element, values: Values): void {
  for (const list of root.querySelectorAll<HTMLTemplateElement>("template[data-each]")) {
    const items = (values[list.dataset.each ?? ""] ?? []) as Values[];
    list.replaceWith(...items.map((item) => one(list, { ...values, ...item })));
  }
  keep(root, "[data-if]", (element) => Boolean(values[element.dataset.if ?? ""]));
  keep(root, "[data-unless]", (element) => !values[element.dataset.unless ?? ""]);
  const on = (mark: string, set: (element: HTMLElement, name: string) => void): void => {
    for (const element of root.querySelectorAll<HTMLElement>(`[data-${mark}]`)) {
      set(element, element.getAttribute(`data-${mark}`) ?? "");
      element.removeAttribute(`data-${mark}`);
    }
  };
  const text = (name: string): string => String(values[name] ?? "");
  on("t", (element, name) => (element.textContent = text(name)));
  on("f", (element, format) => (element.textContent = fill(format, values)));
  on("class", (element, name) => (element.className = text(name)));
  on("href", (element, name) => element.setAttribute("href", text(name)));
  on("src", (element, name) => element.setAttribute("src", text(name)));
  on("width", (element, name) => element.setAttribute("width", text(name)));
  on("value", (element, name) => ((element as HTMLInputElement).value = text(name)));
  on("text", (element, name) => ((element as HTMLTextAreaElement).value = text(name)));
  on("checked", (element, name) => ((element as HTMLInputElement).checked = Boolean(values[name])));
  on("open", (element, name) => element.toggleAttribute("open", Boolean(values[name])));
}

function one(list: HTMLTemplateElement, values: Values): DocumentFragment {
  const item = list.content.cloneNode(true) as DocumentFragment;
  apply(item, values);
  return item;
}

/** Remove what does not hold; a span or div that was there only for the condition gives way to its content. */
function keep(root: DocumentFragment | Element, selector: string, holds: (element: HTMLElement) => boolean): void {
  for (const element of root.querySelectorAll<HTMLElement>(selector)) {
    if (!holds(element)) element.remove();
    element.removeAttribute(selector.slice(1, -1));
  }
}
