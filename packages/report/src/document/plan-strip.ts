/** The file of a plan strip. */
import type { PlanStrip } from "@mesascope/lab/studies";
import { lightPalette, planStripFigure } from "../figures/index.ts";
import { newDocument, svgText } from "./drawing.ts";

/** The strip as the text of an SVG file, with its title in it. */
export function planStripSvg(strip: PlanStrip, subtitle: string): string {
  const options = { document: newDocument(), palette: lightPalette, titled: true, subtitle };
  return `${svgText(planStripFigure(strip, options).svg)}\n`;
}
