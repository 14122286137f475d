/** Making and tidying SVG elements with whatever document is given: a browser's or a server-side one. */

const namespace = "http://www.w3.org/2000/svg";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A new element of `name`; children that are strings become text. */
export function element(
  document: Document,
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElement {
  const made = document.createElementNS(namespace, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  for (const child of children) {
    made.append(typeof child === "string" ? document.createTextNode(child) : child);
  }
  return made;
}

/** Moves what Plot drew into a group, without Plot's style sheet, whose `height: auto` misplaces nested figures. */
export function adopt(document: Document, plotted: Element, transform: string): SVGElement {
  const group = element(document, "g", { transform });
  for (const child of [...plotted.childNodes]) {
    if (child.nodeName.toLowerCase() !== "style") group.append(child);
  }
  return group;
}

const coordinates = [
  "d",
  "x",
  "y",
  "x1",
  "x2",
  "y1",
  "y2",
  "cx",
  "cy",
  "r",
  "width",
  "height",
  "transform",
  "points",
];

/** Rounds coordinates to two decimals: a hundredth of a pixel is not seen, and files are smaller and stable. */
export function tidy(root: Element): void {
  for (const name of coordinates) {
    const value = root.getAttribute(name);
    if (value !== null && /\.\d{3}/.test(value)) root.setAttribute(name, roundAll(value));
  }
  for (const child of [...root.children]) tidy(child);
}

function roundAll(text: string): string {
  return text.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => {
    const rounded = Math.round(Number(number) * 100) / 100;
    return String(rounded === 0 ? 0 : rounded);
  });
}
