/** Marks of predictions: hollow and dashed, where measurements are solid. */
import * as Plot from "@observablehq/plot";
import type { Palette } from "./theme.ts";

/** A predicted value at one place of the horizontal axis. */
export interface PredictedPoint {
  readonly x: number;
  readonly y: number;
}

/** A dashed line through hollow dots; `pieces` are joined only within themselves. */
export function predictedLine(
  points: readonly PredictedPoint[],
  colour: string,
  palette: Palette,
): Plot.Markish[] {
  return [
    Plot.lineY(points, {
      x: "x",
      y: "y",
      stroke: colour,
      strokeWidth: 1.3,
      strokeDasharray: "4 3",
    }),
    Plot.dot(points, {
      x: "x",
      y: "y",
      r: 3.2,
      stroke: colour,
      strokeWidth: 1.5,
      fill: palette.paper,
    }),
  ];
}
