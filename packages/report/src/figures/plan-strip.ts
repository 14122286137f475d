/** A plan as it forms tick by tick, beside the wavefront of a search and the filling of dead ends, on one maze. */
import type { PlanRow, PlanStrip } from "@mesascope/lab/studies";
import { type Figure, type FigureOptions, openFigure, type Pen } from "./compose.ts";
import { plural } from "./format.ts";
import { element } from "./svg.ts";
import { textWidth, wrap } from "./text.ts";
import { sizes } from "./theme.ts";

export interface PlanStripOptions extends FigureOptions {
  /** Which maze, and which subject. */
  readonly subtitle?: string;
}

const gap = 12;
const widest = 190;
/** Heat below this is not seen. */
const unseen = 0.02;

/** Draws the strip: a row for each method, a column for each tick. */
export function planStripFigure(strip: PlanStrip, options: PlanStripOptions): Figure {
  const { pen, close } = openFigure(
    {
      id: "plan-strip",
      title: titleOf(strip),
      subtitle: options.subtitle ?? "",
      caption:
        "Ring: start; star: goal; dark: walls. The bluer a pixel, the more probable the subject takes it to be on " +
        "the way; below, what a search from the start has reached and what is filled as a dead end, full where it " +
        "was touched in the tick shown, paler where earlier.",
      description: describe(strip),
    },
    options,
  );
  const label = Math.min(150, pen.width * 0.2);
  const columns = strip.ticks.length;
  const room = (pen.width - label - gap * columns) / columns;
  const size = Math.max(24, Math.min(widest, room));
  const pixel = size / Math.max(strip.height, strip.width);
  const height = pixel * strip.height;
  const x = (column: number) => label + gap + column * (size + gap);
  pen.space(16);
  strip.ticks.forEach((tick, column) => {
    const text = column === 0 ? `after ${plural(tick, "tick")}` : String(tick);
    const fits = textWidth(text, sizes.label) <= size + gap;
    pen.text(x(column), pen.y, fits ? text : String(tick), {
      "font-size": sizes.label,
      fill: pen.palette.muted,
    });
  });
  pen.space(8);
  for (const row of strip.rows) {
    rowLabel(pen, row, label);
    row.planes.forEach((plane, column) => {
      if (plane) drawPlane(pen, strip, plane, x(column), pixel);
    });
    pen.space(height + gap);
  }
  return close();
}

function titleOf({ most, solvedAt }: PlanStrip): string {
  if (most === undefined)
    return solvedAt === undefined
      ? "Answering at once, the subject does not find the way"
      : "The subject marks the way at once";
  return solvedAt === undefined
    ? `After ${plural(most, "tick")} the way is not marked`
    : `The way stands from tick ${solvedAt} of ${most} on`;
}

function rowLabel(pen: Pen, { title, note }: PlanRow, width: number): void {
  let y = pen.y + 14;
  for (const line of wrap(title, width / 1.1, sizes.heading)) {
    pen.text(0, y, line, { "font-size": sizes.heading, "font-weight": 600 });
    y += sizes.heading * 1.35;
  }
  for (const line of wrap(note, width, sizes.label)) {
    pen.text(0, y, line, { "font-size": sizes.label, fill: pen.palette.muted });
    y += sizes.label * 1.35;
  }
}

/** One picture of the maze: heat, walls over it, start and goal on top. */
function drawPlane(
  pen: Pen,
  strip: PlanStrip,
  plane: readonly number[],
  x: number,
  pixel: number,
): void {
  const { document, palette } = pen;
  const { width, walls } = strip;
  const at = (index: number) => [(index % width) * pixel, Math.floor(index / width) * pixel];
  const group = element(document, "g", { transform: `translate(${x},${pen.y})` });
  plane.forEach((heat, index) => {
    if (heat < unseen || walls[index] === 1) return;
    const [px, py] = at(index);
    group.append(
      element(document, "rect", {
        ...{ x: px, y: py, width: pixel, height: pixel },
        fill: palette.runTime,
        "fill-opacity": Math.round(heat * 100) / 100,
      }),
    );
  });
  group.append(
    element(document, "path", { d: wallPath(strip, pixel), fill: palette.ink }),
    ring(pen, at(strip.start), pixel),
    star(pen, at(strip.goal), pixel),
  );
  pen.root.append(group);
}

/** Walls as bars, each as long as the run of wall pixels in its row. */
function wallPath({ walls, width, height }: PlanStrip, pixel: number): string {
  const bars: string[] = [];
  for (let row = 0; row < height; row++)
    for (let from = 0, to: number; from < width; from = to + 1) {
      to = from;
      while (to < width && walls[row * width + to] === 1) to++;
      if (to > from)
        bars.push(
          `M${from * pixel},${row * pixel}h${(to - from) * pixel}v${pixel}h${(from - to) * pixel}z`,
        );
    }
  return bars.join("");
}

function ring({ document, palette }: Pen, [x = 0, y = 0]: number[], pixel: number): SVGElement {
  return element(document, "circle", {
    cx: x + pixel / 2,
    cy: y + pixel / 2,
    r: pixel * 0.3,
    fill: "none",
    stroke: palette.ink,
    "stroke-width": Math.max(1, pixel * 0.14),
  });
}

/** Five points, the first upright. */
function star({ document, palette }: Pen, [x = 0, y = 0]: number[], pixel: number): SVGElement {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = pixel * (i % 2 === 0 ? 0.46 : 0.19);
    const angle = (i * Math.PI) / 5;
    return `${x + pixel / 2 + radius * Math.sin(angle)},${y + pixel / 2 - radius * Math.cos(angle)}`;
  });
  return element(document, "polygon", { points: points.join(" "), fill: palette.ink });
}

function describe(strip: PlanStrip): string {
  const rows = strip.rows.map(({ title, note }) => `${title}: ${note}.`).join(" ");
  const size = `${(strip.height - 1) / 2} by ${(strip.width - 1) / 2} cells`;
  return `A maze of ${size} after ${strip.ticks.join(", ")} ticks, one picture each. ${rows}`;
}
