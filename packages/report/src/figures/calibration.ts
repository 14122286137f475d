/** How well each signature tells subjects with known answers apart: areas under the curve with their intervals. */
import type { KnownCalibration } from "@mesascope/lab/studies";
import { type Figure, type FigureOptions, openFigure, type Pen } from "./compose.ts";
import { fixed, list, plural, range } from "./format.ts";
import { element } from "./svg.ts";
import { sizes } from "./theme.ts";

type Rates = KnownCalibration["signatures"][number];

const rowHeight = 34;
const labels = 132;
const side = 8;

const carries = ({ criterion, threshold }: Rates) =>
  criterion !== undefined && threshold !== undefined;

/** Names the signatures that bear on a criterion and fail among those of like score. */
export function calibrationFinding({ signatures, profile }: KnownCalibration): string {
  const left = signatures.filter((rates) => rates.criterion !== undefined && !carries(rates));
  const names = list(left.map(({ signature }) => signature));
  const whole = `The profile tells known optimizers from others with an area of ${fixed(profile.all.area.value)}`;
  return left.length === 0
    ? whole
    : `${whole}; ${names} ${left.length === 1 ? "carries" : "carry"} no criterion`;
}

/** One row for each signature and one for the profile: all controls above, those matched in score below. */
export function calibrationFigure(known: KnownCalibration, options: FigureOptions): Figure {
  const { subjects, profile, mazes } = known;
  const optimizers = subjects.filter(({ optimizer }) => optimizer).length;
  const { pen, close } = openFigure(
    {
      id: "calibration",
      title: calibrationFinding(known),
      subtitle: `${plural(subjects.length, "subject")} with known answers, ${optimizers} of them optimizers; ${plural(mazes, "held-out maze")} each; measured blind`,
      caption:
        "Area under the curve, 0.5 where a signature tells nothing, with 95% intervals (Newcombe’s score interval). Bold: it " +
        "carries a criterion of the profile. The value probe is asked whether evaluations are there, used or not; every " +
        "other signature whether the subject optimizes. The profile’s thresholds come from the other families of controls.",
      description: describe(known),
    },
    options,
  );
  pen.key([
    { shape: "line", colour: pen.palette.runTime, text: "all controls" },
    { shape: "dash", colour: pen.palette.tuned, text: "pairs matched in score" },
  ]);
  pen.space(8);
  const top = pen.y;
  const rows = [
    ...known.signatures.map((rates) => ({
      name: rates.signature,
      bold: carries(rates),
      all: rates.all.area,
      matched: rates.matched.area,
    })),
    { name: "profile", bold: true, all: profile.all.area, matched: profile.matched.area },
  ];
  for (const row of rows) drawRow(pen, row);
  drawAxis(pen, top);
  return close();
}

const scale = (pen: Pen) => (value: number) => labels + value * (pen.width - labels - side);

interface Row {
  readonly name: string;
  readonly bold: boolean;
  readonly all: Rates["all"]["area"];
  readonly matched: Rates["all"]["area"];
}

function drawRow(pen: Pen, { name, bold, all, matched }: Row): void {
  const middle = pen.y + rowHeight / 2;
  pen.text(0, middle + 4, name, {
    "font-size": sizes.label,
    "font-weight": bold ? 600 : 400,
    ...(bold ? {} : { fill: pen.palette.muted }),
  });
  drawArea(pen, all, middle - 6, pen.palette.runTime, false);
  drawArea(pen, matched, middle + 6, pen.palette.tuned, true);
  pen.y += rowHeight;
}

/** Nothing where a group is empty. */
function drawArea(
  pen: Pen,
  { value, interval: { low, high } }: Row["all"],
  y: number,
  colour: string,
  dashed: boolean,
): void {
  if (Number.isNaN(value)) return;
  const { document, root, palette } = pen;
  const x = scale(pen);
  root.append(
    element(document, "path", {
      d: `M${x(low)},${y}H${x(high)}`,
      stroke: colour,
      "stroke-width": 2,
      ...(dashed ? { "stroke-dasharray": "4 3" } : {}),
    }),
    element(document, "circle", {
      ...{ cx: x(value), cy: y, r: 4 },
      fill: dashed ? palette.paper : colour,
      stroke: colour,
      "stroke-width": 1.6,
    }),
  );
}

function drawAxis(pen: Pen, top: number): void {
  const { document, root, palette } = pen;
  const x = scale(pen);
  root.append(
    element(document, "path", { d: `M${x(0)},${pen.y}H${x(1)}`, stroke: palette.muted }),
    element(document, "path", {
      d: `M${x(0.5)},${top}V${pen.y}`,
      stroke: palette.chance,
      "stroke-dasharray": "2 3",
    }),
  );
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    root.append(element(document, "path", { d: `M${x(tick)},${pen.y}v5`, stroke: palette.muted }));
    pen.text(x(tick), pen.y + 17, tick === 0.5 ? "0.5, chance" : String(tick), {
      "text-anchor": tick === 1 ? "end" : "middle",
      fill: palette.muted,
    });
  }
  pen.y += 24;
}

function describe({ signatures, profile }: KnownCalibration): string {
  const told = (name: string, all: Row["all"], matched: Row["all"]) =>
    `${name}: ${fixed(all.value)} (${range(all.interval)}), matched ${fixed(matched.value)} (${range(matched.interval)}).`;
  return [
    "Area under the curve of each signature on all controls and on pairs matched in score.",
    ...signatures.map(({ signature, all, matched }) => told(signature, all.area, matched.area)),
    told("Profile", profile.all.area, profile.matched.area),
  ].join(" ");
}
