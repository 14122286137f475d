/** Effects with their intervals against the stated margins: one row for each prediction. */
import type { StudyOutcome, Verdict } from "@mesascope/lab/studies";
import { type Figure, type FigureOptions, openFigure, type Pen } from "./compose.ts";
import { verdictFinding } from "./findings.ts";
import { fixed, plural, quantity, range } from "./format.ts";
import { conditions } from "./learners.ts";
import { niceTicks } from "./panel.ts";
import { element } from "./svg.ts";
import { textWidth } from "./text.ts";
import { sizes } from "./theme.ts";

const rowHeight = 30;
const side = 8;

/** Draws the figure; every prediction has an axis of its own, since margins differ widely in size. */
export function verdictPlot(outcome: StudyOutcome, options: FigureOptions): Figure {
  const words = {
    id: "verdicts",
    title: verdictFinding(outcome),
    subtitle: conditions(outcome),
    caption:
      "Dot: effect; bar: its interval over seeds, at the level that Holm’s procedure leaves to the prediction. " +
      "Shaded: where the interval must lie for the prediction to be supported, beyond the margin or, for a " +
      "prediction of no effect, inside it. Scales differ between predictions.",
    description: describe(outcome),
  };
  const { pen, close } = openFigure(words, options);
  for (const verdict of outcome.verdicts) {
    const domain = domainOf(verdict);
    drawRow(pen, verdict, domain);
    drawAxis(pen, domain, verdict.unit);
  }
  return close();
}

/** From the least to the greatest of what must be seen, zero and margins included; unbounded intervals are cut. */
function domainOf({ effect, interval, margin }: Verdict): [number, number] {
  const seen = [effect, interval.low, interval.high, margin, -margin, 0].filter(Number.isFinite);
  const low = Math.min(...seen);
  const high = Math.max(...seen);
  const pad = (high - low) * 0.12 || 1;
  return [low - pad, high + pad];
}

const scale =
  (pen: Pen, [low, high]: readonly [number, number]) =>
  (value: number) =>
    side + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (pen.width - 2 * side);

function drawRow(pen: Pen, verdict: Verdict, domain: readonly [number, number]): void {
  const { document, root, palette } = pen;
  const x = scale(pen, domain);
  const colour = palette[verdict.verdict];
  pen.space(10);
  pen.lines(verdict.statement, sizes.heading);
  pen.lines(told(verdict), sizes.label, { fill: colour, "font-weight": 600 });
  const top = pen.y + 6;
  const middle = top + rowHeight / 2;
  const [from, to] = supporting(verdict, domain);
  const rect = { y: top, height: rowHeight, fill: palette.supported, "fill-opacity": 0.12 };
  root.append(
    element(document, "rect", { x: x(from), width: Math.max(0, x(to) - x(from)), ...rect }),
    element(document, "path", {
      d: `M${x(0)},${top}v${rowHeight}`,
      stroke: palette.chance,
      "stroke-width": 1.2,
    }),
  );
  if (!Number.isNaN(verdict.effect)) {
    const { low, high } = verdict.interval;
    const bar = { stroke: colour, "stroke-width": 2.4 };
    root.append(
      element(document, "path", { d: `M${x(low)},${middle}H${x(high)}`, ...bar }),
      element(document, "circle", { cx: x(verdict.effect), cy: middle, r: 4.6, fill: colour }),
    );
    for (const end of [low, high]) {
      // An end without a cap says that the interval goes on beyond the axis.
      if (Number.isFinite(end))
        root.append(element(document, "path", { d: `M${x(end)},${middle - 5}v10`, ...bar }));
    }
  }
  pen.y = top + rowHeight;
}

/** Where the interval must lie for the prediction to be supported. */
function supporting(
  { direction, margin }: Verdict,
  [low, high]: readonly [number, number],
): [number, number] {
  if (direction === "rises") return [margin, high];
  return direction === "falls" ? [low, -margin] : [-margin, margin];
}

/** The verdict in one line: word, effect, interval, margin, seeds. */
function told(verdict: Verdict): string {
  const { effect, unit, interval, margin, seeds } = verdict;
  const bounded = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  const numbers = Number.isNaN(effect)
    ? "no effect could be computed"
    : `effect ${fixed(effect)} ${unit}${bounded ? ` (${range(interval)})` : ", no interval"}`;
  return `${verdict.verdict}: ${numbers}; margin ${quantity(margin, unit)}; ${plural(seeds, "seed")}`;
}

function drawAxis(pen: Pen, domain: readonly [number, number], unit: string): void {
  const { document, root, palette } = pen;
  const x = scale(pen, domain);
  const y = pen.y;
  root.append(
    element(document, "path", { d: `M${side},${y}H${pen.width - side}`, stroke: palette.muted }),
  );
  const ticks = niceTicks(domain[0], domain[1], Math.max(3, Math.round(pen.width / 110)));
  for (const tick of ticks) {
    root.append(element(document, "path", { d: `M${x(tick)},${y}v5`, stroke: palette.muted }));
    // The unit is said once, at the last tick, where it cannot be taken for a number.
    const label = `${String(tick).replace("-", "−")}${tick === ticks.at(-1) ? ` ${unit}` : ""}`;
    const half = textWidth(label, sizes.tick) / 2;
    pen.text(Math.min(x(tick), pen.width - half), y + 17, label, {
      "text-anchor": "middle",
      fill: palette.muted,
    });
  }
  pen.y = y + 24;
}

function describe(outcome: StudyOutcome): string {
  const told = outcome.verdicts.map(
    ({ statement, verdict, effect, unit, interval, margin }) =>
      `${statement} ${verdict}: effect ${fixed(effect)} ${unit}, interval ${range(interval)}, margin ${fixed(margin)}.`,
  );
  return `Effect and interval of each prediction against its margin. ${told.join(" ")}`;
}
