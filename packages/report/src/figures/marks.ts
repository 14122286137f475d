/** Marks that several figures share: lines with bands and seeds, and reference lines. */
import * as Plot from "@observablehq/plot";
import type { Summary } from "./data.ts";
import type { EndLabel } from "./panel.ts";
import type { Palette } from "./theme.ts";

/** A mean with its band at one place of the horizontal axis. */
export interface Point {
  readonly x: number;
  readonly summary: Summary;
}

/**
 * A measured line: band of the interval, mean, and a dot for every seed where `dots`. Runs of points are joined
 * only within `pieces`, so that a break of the axis breaks the line.
 */
export function measuredLine(
  pieces: readonly (readonly Point[])[],
  colour: string,
  options: { readonly dots: boolean; readonly markers: boolean; readonly width: number },
): Plot.Markish[] {
  const all = pieces.flat();
  const bounded = pieces.map((piece) => piece.filter(({ summary }) => summary.low !== undefined));
  return [
    ...bounded.map((piece) =>
      Plot.areaY(piece, {
        x: "x",
        y1: (point: Point) => point.summary.low,
        y2: (point: Point) => point.summary.high,
        fill: colour,
        fillOpacity: 0.18,
      }),
    ),
    // A band over a single place has no width: a whisker shows the interval there.
    ...bounded
      .filter((piece) => piece.length === 1)
      .map((piece) =>
        Plot.ruleX(piece, {
          x: "x",
          y1: (point: Point) => point.summary.low,
          y2: (point: Point) => point.summary.high,
          stroke: colour,
          strokeWidth: 1.4,
        }),
      ),
    ...pieces.map((piece) =>
      Plot.lineY(piece, {
        x: "x",
        y: (point: Point) => point.summary.mean,
        stroke: colour,
        strokeWidth: options.width,
      }),
    ),
    options.markers
      ? Plot.dot(all, {
          x: "x",
          y: (point: Point) => point.summary.mean,
          r: 1.2 + options.width * 0.7,
          fill: colour,
        })
      : null,
    options.dots ? seedDots(all, colour) : null,
  ];
}

/** Keeps a band within the panel: with few seeds an interval can be wider than everything else. */
export function within([low, high]: readonly [number, number]): (point: Point) => Point {
  const kept = (bound: number) => Math.min(high, Math.max(low, bound));
  return ({ x, summary }) => ({
    x,
    summary:
      summary.low === undefined || summary.high === undefined
        ? summary
        : { ...summary, low: kept(summary.low), high: kept(summary.high) },
  });
}

/** Each seed as a small dot. */
export function seedDots(points: readonly Point[], colour: string): Plot.Markish {
  const dots = points.flatMap(({ x, summary }) =>
    summary.values.map(({ value }) => ({ x, value })),
  );
  return Plot.dot(dots, { x: "x", y: "value", r: 1.4, fill: colour, fillOpacity: 0.65 });
}

/** A horizontal line at a known value, with the label for its end. */
export interface ReferenceLine {
  readonly at: number;
  readonly text: string;
  readonly colour: string;
  /** Colour of the label where the line's own is too light to read. */
  readonly textColour?: string;
  readonly dashed: boolean;
}

export function referenceMarks(lines: readonly ReferenceLine[]): Plot.Markish[] {
  return lines.map(({ at, colour, dashed }) =>
    Plot.ruleY([at], {
      stroke: colour,
      strokeWidth: 1.1,
      ...(dashed ? { strokeDasharray: "2 3" } : {}),
    }),
  );
}

export function referenceLabels(lines: readonly ReferenceLine[]): EndLabel[] {
  return lines.map(({ at, text, colour, textColour }) => ({
    at,
    text,
    colour: textColour ?? colour,
  }));
}

/** A cross where an arm has no result. */
export function missingMarks(places: readonly number[], y: number, palette: Palette): Plot.Markish {
  return Plot.text(places, {
    x: (at: number) => at,
    y: () => y,
    text: () => "×",
    dy: -7,
    fontSize: 15,
    fill: palette.contradicted,
  });
}
