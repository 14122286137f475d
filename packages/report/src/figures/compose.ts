/** Panels laid out into one figure with title, key, caption and text alternative. */
import { drawPanel, type Panel } from "./panel.ts";
import { element, tidy } from "./svg.ts";
import { textWidth, wrap } from "./text.ts";
import { fontFamily, type Palette, pagePalette, sizes } from "./theme.ts";

/** How and where a figure is drawn. */
export interface FigureOptions {
  /** The document that makes the elements: `window.document`, or linkedom's on a server. */
  readonly document: Document;
  /** Width in pixels at scale one; panels go below one another when it is small. */
  readonly width?: number;
  /** Colours; left out, those of the page by CSS variables. */
  readonly palette?: Palette;
  /** Whether title, subtitle and caption are drawn into the figure (for files); a page sets them itself. */
  readonly titled?: boolean;
  /** Prefix of ids; unique in the page. */
  readonly id?: string;
}

/** A figure with the words that go around it. */
export interface Figure {
  readonly svg: SVGSVGElement;
  /** The finding in words. */
  readonly title: string;
  /** Task, learner, budget and seeds. */
  readonly subtitle: string;
  /** How to read it, and what is missing. */
  readonly caption: string;
  /** Text alternative: what is plotted and what it shows. */
  readonly description: string;
}

/** An entry of the key: a swatch or line, and what it stands for. */
export interface KeyEntry {
  readonly shape: "bar" | "line" | "dash" | "dot" | "whisker" | "cross" | "hollow";
  readonly colour: string;
  readonly text: string;
}

/** Panels that belong together, under a heading of their own where there are several groups. */
export interface Group {
  readonly heading?: string;
  readonly panels: readonly Panel[];
}

/** What a figure consists of, before it is laid out. */
export interface Composition {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
  readonly description: string;
  readonly key: readonly KeyEntry[];
  readonly groups: readonly Group[];
  /** Most panels side by side. */
  readonly columns: number;
  /** Height of a panel's inner box. */
  readonly height: number;
  /** Room for the longest label at the right end of lines. */
  readonly right: number;
}

const narrowest = 160;
const left = 38;
const between = 16;

/** The words around a figure, and the prefix of its ids. */
export type FigureWords = Pick<
  Composition,
  "id" | "title" | "subtitle" | "caption" | "description"
>;

/** Lays the composition out and draws it. */
export function compose(composition: Composition, options: FigureOptions): Figure {
  const { pen, close } = openFigure(composition, options);
  pen.key(composition.key);
  for (const group of composition.groups) drawGroup(pen, composition, group);
  return close();
}

/** Starts a figure with its accessible words, and its title where it carries one; `close` ends it with the caption. */
export function openFigure(
  words: FigureWords,
  options: FigureOptions,
): { pen: Pen; close: () => Figure } {
  const { document, width = 1040, palette = pagePalette, titled = false } = options;
  const { title, subtitle, caption, description } = words;
  const id = options.id ?? words.id;
  const root = element(document, "svg", {
    xmlns: "http://www.w3.org/2000/svg",
    role: "img",
    "aria-labelledby": `${id}-title ${id}-description`,
    "font-family": fontFamily,
    "font-size": sizes.tick,
    fill: palette.ink,
  }) as SVGSVGElement;
  root.append(
    element(document, "title", { id: `${id}-title` }, title),
    element(document, "desc", { id: `${id}-description` }, description),
  );
  const pen = new Pen(document, root, width, palette);
  const pad = titled ? 18 : 0;
  const ground = element(document, "rect", {
    x: -pad,
    y: -pad,
    width: width + 2 * pad,
    fill: palette.paper,
  });
  if (titled) {
    root.append(ground);
    pen.lines(title, sizes.title, { "font-weight": 600 });
    pen.lines(subtitle, sizes.subtitle, { fill: palette.muted });
    pen.space(6);
  }
  const close = (): Figure => {
    if (titled) {
      pen.space(4);
      pen.lines(caption, sizes.label, { fill: palette.muted });
    }
    const height = Math.ceil(pen.y + 8);
    const outer = { width: width + 2 * pad, height: height + 2 * pad };
    ground.setAttribute("height", String(outer.height));
    root.setAttribute("viewBox", `${-pad} ${-pad} ${outer.width} ${outer.height}`);
    root.setAttribute("width", String(outer.width));
    root.setAttribute("height", String(outer.height));
    tidy(root);
    return { svg: root, title, subtitle, caption, description };
  };
  return { pen, close };
}

function drawGroup(pen: Pen, composition: Composition, group: Group): void {
  const { panels } = group;
  const room = pen.width - left - composition.right;
  const fitting = Math.max(1, Math.floor((room + between) / (narrowest + between)));
  const columns = Math.min(composition.columns, fitting, panels.length);
  const inner = (room - between * (columns - 1)) / columns;
  if (group.heading !== undefined) {
    pen.space(8);
    pen.lines(group.heading, sizes.heading, { "font-weight": 600 });
  }
  for (let start = 0; start < panels.length; start += columns) {
    const row = panels.slice(start, start + columns);
    const quiet = row.some(({ subheading }) => subheading);
    const lines = quiet ? 2 : 1;
    const top = pen.y + 18 + lines * 15 + 10;
    row.forEach((panel, column) => {
      const x = left + column * (inner + between);
      pen.text(x, pen.y + 18, panel.heading, {
        "font-size": sizes.heading,
        "font-weight": group.heading ? 400 : 600,
      });
      if (panel.subheading) pen.text(x, pen.y + 33, panel.subheading, { fill: pen.palette.muted });
      if (column === 0) pen.text(x, top - 10, panel.y.label, { fill: pen.palette.muted });
      pen.root.append(
        drawPanel(pen.document, panel, pen.palette, {
          x,
          y: top,
          width: inner,
          height: composition.height,
          axisY: column === 0,
          labelEnds: column === row.length - 1,
        }),
      );
    });
    pen.y = top + composition.height + 26;
    if (start + columns < panels.length) continue;
    // One label for the row: panels are often narrower than what their shared axis is called.
    const across = row.length * inner + (row.length - 1) * between;
    pen.text(left + across / 2, pen.y + 9, row[0]!.x.label, {
      fill: pen.palette.muted,
      "font-size": sizes.label,
      "text-anchor": "middle",
    });
    pen.y += 18;
  }
}

/** Writes text and keys down the figure; `y` is how far it has come. */
export class Pen {
  y = 0;
  readonly document: Document;
  readonly root: SVGElement;
  readonly width: number;
  readonly palette: Palette;

  constructor(document: Document, root: SVGElement, width: number, palette: Palette) {
    this.document = document;
    this.root = root;
    this.width = width;
    this.palette = palette;
  }

  space(pixels: number): void {
    this.y += pixels;
  }

  text(
    x: number,
    y: number,
    content: string,
    attributes: Record<string, string | number> = {},
  ): void {
    this.root.append(element(this.document, "text", { x, y, ...attributes }, content));
  }

  lines(content: string, size: number, attributes: Record<string, string | number> = {}): void {
    // Semi-bold letters are wider than the estimate, which is of regular ones.
    const room = this.width / ("font-weight" in attributes ? 1.1 : 1);
    for (const line of wrap(content, room, size)) {
      this.y += size * 1.35;
      this.text(0, this.y, line, { "font-size": size, ...attributes });
    }
  }

  key(entries: readonly KeyEntry[]): void {
    let x = 0;
    if (entries.length > 0) this.y += 16;
    for (const entry of entries) {
      const wide = 20 + textWidth(entry.text, sizes.label) + 18;
      if (x > 0 && x + wide > this.width + 18) {
        x = 0;
        this.y += 18;
      }
      this.root.append(swatch(this.document, entry, x, this.y - 4, this.palette));
      this.text(x + 20, this.y, entry.text, { "font-size": sizes.label });
      x += wide;
    }
    if (entries.length > 0) this.y += 4;
  }
}

function swatch(
  document: Document,
  entry: KeyEntry,
  x: number,
  y: number,
  palette: Palette,
): SVGElement {
  const stroke = { stroke: entry.colour, "stroke-width": 2, fill: "none" };
  switch (entry.shape) {
    case "bar":
      return element(document, "rect", {
        x: x + 2,
        y: y - 5,
        width: 11,
        height: 11,
        fill: entry.colour,
      });
    case "line":
      return element(document, "path", { d: `M${x},${y}h15`, ...stroke });
    case "dash":
      return element(document, "path", {
        d: `M${x},${y}h15`,
        ...stroke,
        "stroke-width": 1.3,
        "stroke-dasharray": "4 3",
      });
    case "dot":
      return element(document, "circle", { cx: x + 8, cy: y, r: 2.2, fill: entry.colour });
    case "hollow":
      return element(document, "circle", {
        cx: x + 8,
        cy: y,
        r: 3.4,
        ...stroke,
        "stroke-width": 1.5,
        fill: palette.paper,
      });
    case "whisker":
      return element(document, "path", {
        d: `M${x + 8},${y - 6}v12`,
        ...stroke,
        "stroke-width": 1.4,
      });
    case "cross":
      return element(document, "path", {
        d: `M${x + 4},${y - 4}l8,8m0,-8l-8,8`,
        ...stroke,
        "stroke-width": 1.6,
      });
  }
}
