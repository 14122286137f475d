/** One panel: axes, hairlines, marks and labels on the lines, drawn by Plot into a group. */
import * as Plot from "@observablehq/plot";
import { type AxisX, labelled } from "./axis.ts";
import { fixed } from "./format.ts";
import { adopt, element } from "./svg.ts";
import { spread } from "./text.ts";
import { fontFamily, type Palette, sizes } from "./theme.ts";

/** The vertical axis, shared by the panels of a figure. */
export interface AxisY {
  readonly domain: readonly [number, number];
  readonly label: string;
  readonly digits?: number;
}

/** A name written at the right end of a line. */
export interface EndLabel {
  readonly at: number;
  readonly text: string;
  readonly colour: string;
}

/** What a panel shows; marks are made once the size is known. */
export interface Panel {
  readonly heading: string;
  /** A second, quieter line of heading. */
  readonly subheading?: string;
  readonly x: AxisX;
  readonly y: AxisY;
  marks(box: { readonly width: number; readonly height: number }): Plot.Markish[];
  readonly endLabels: readonly EndLabel[];
  /** Said in the middle of a panel that has nothing to show. */
  readonly empty?: string;
}

/** Room around the inner box of a panel, in pixels. */
export interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A panel where it was drawn, for a page that reads values off it: the inner box within the group's own coordinates. */
export interface PlacedPanel {
  readonly panel: Pick<Panel, "heading" | "subheading" | "x" | "y">;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

const placed = new WeakMap<Element, PlacedPanel>();

/** The panel that a group of a figure is; undefined for other elements. */
export const placedPanel = (group: Element): PlacedPanel | undefined => placed.get(group);

/** Draws `panel` with its inner box at `x`, `y` and of the given size. */
export function drawPanel(
  document: Document,
  panel: Panel,
  palette: Palette,
  place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly axisY: boolean;
    readonly labelEnds: boolean;
  },
): SVGElement {
  const room: Room = { left: 60, right: 130, top: 24, bottom: 40 };
  const { width, height } = place;
  const plotted = Plot.plot({
    document,
    className: "mesascope",
    width: width + room.left + room.right,
    height: height + room.top + room.bottom,
    marginLeft: room.left,
    marginRight: room.right,
    marginTop: room.top,
    marginBottom: room.bottom,
    x: { type: "linear", domain: [...panel.x.domain], axis: null },
    y: { type: "linear", domain: [...panel.y.domain], axis: null },
    marks: [frame(panel, palette, place), ...panel.marks(place), ...baseline(panel, palette)],
  });
  const group = adopt(document, plotted, `translate(${place.x - room.left},${place.y - room.top})`);
  placed.set(group, { panel, box: { x: room.left, y: room.top, width, height } });
  group.setAttribute("font-family", fontFamily);
  group.setAttribute("font-size", String(sizes.tick));
  group.setAttribute("text-anchor", "middle");
  group.setAttribute("fill", palette.ink);
  const text = (x: number, y: number, content: string, attributes = {}) =>
    group.append(
      element(document, "text", { x: room.left + x, y: room.top + y, ...attributes }, content),
    );
  if (panel.empty !== undefined)
    text(width / 2, height / 2, panel.empty, {
      fill: palette.muted,
      stroke: palette.paper,
      "stroke-width": 4,
      "paint-order": "stroke",
    });
  if (place.labelEnds)
    endLabels(panel, place).forEach(({ y, label }) => {
      text(width + 6, y + 3.5, label.text, { "text-anchor": "start", fill: label.colour });
    });
  return group;
}

function endLabels(
  panel: Panel,
  box: { readonly height: number },
): { y: number; label: EndLabel }[] {
  const [low, high] = panel.y.domain;
  const wanted = panel.endLabels.map(({ at }) => (1 - (at - low) / (high - low)) * box.height);
  const spaced = spread(wanted, sizes.tick + 2, 2, box.height - 2);
  return panel.endLabels.map((label, index) => ({ y: spaced[index]!, label }));
}

function frame(
  panel: Panel,
  palette: Palette,
  place: { readonly width: number; readonly axisY: boolean; readonly height: number },
): Plot.Markish[] {
  const kept = labelled(panel.x, place.width, sizes.tick);
  const [low, high] = panel.y.domain;
  const grid = niceTicks(low, high, Math.max(3, Math.round(place.height / 42)));
  const digits = panel.y.digits ?? decimals(grid);
  return [
    Plot.ruleY(grid, { stroke: palette.hairline }),
    Plot.ruleX(panel.x.ticks, {
      x: "at",
      y1: low,
      y2: low,
      insetBottom: -5,
      stroke: palette.muted,
    }),
    Plot.text(kept, {
      x: "at",
      y: () => low,
      text: "label",
      dy: 14,
      fill: palette.muted,
      fontSize: sizes.tick,
      fontVariant: "tabular-nums",
    }),
    place.axisY
      ? Plot.text(grid, {
          x: () => panel.x.domain[0],
          y: (tick: number) => tick,
          text: (tick: number) => fixed(tick, digits),
          dx: -7,
          textAnchor: "end",
          fill: palette.muted,
          fontSize: sizes.tick,
          fontVariant: "tabular-nums",
        })
      : null,
  ];
}

/** The horizontal axis at the foot of the panel, interrupted where the scale is. */
function baseline(panel: Panel, palette: Palette): Plot.Markish[] {
  const [left, right] = panel.x.domain;
  const low = panel.y.domain[0];
  const gap = panel.x.gap;
  const pieces = gap
    ? [
        [left, gap[0]],
        [gap[1], right],
      ]
    : [[left, right]];
  return [
    Plot.link(pieces, {
      x1: "0",
      x2: "1",
      y1: low,
      y2: low,
      stroke: palette.muted,
      strokeLinecap: "butt",
    }),
    gap
      ? Plot.text([gap[0], gap[1]], {
          x: (at: number) => at,
          y: () => low,
          text: () => "/",
          fill: palette.muted,
          fontSize: 13,
        })
      : null,
  ];
}

/** Round numbers from `low` to `high`, about `wanted` of them. */
export function niceTicks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Bounds halfway between the steps on a logarithmic scale, so that the number of ticks is near to what is wanted.
  const bounds = [Math.SQRT2, Math.sqrt(10), Math.sqrt(50)];
  const step = power * ([1, 2, 5][bounds.findIndex((bound) => rough / power < bound)] ?? 10);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

const decimals = (ticks: readonly number[]) =>
  Math.max(0, ...ticks.map((tick) => (String(tick).split(".")[1] ?? "").length));
