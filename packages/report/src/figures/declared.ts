/** A figure that a study file declares: measured values over one factor, with lines, panels and references. */
import type { Arm, FigureSpec, StudyOutcome, VerdictWord } from "@mesascope/lab/studies";
import { type AxisX, diversityAxis, stepAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions, type KeyEntry } from "./compose.ts";
import { armValues, type Summary, steps, summarize } from "./data.ts";
import { count } from "./format.ts";
import { conditions } from "./learners.ts";
import {
  measuredLine,
  type Point,
  type ReferenceLine,
  referenceLabels,
  referenceMarks,
  within,
} from "./marks.ts";
import type { AxisY, EndLabel, Panel } from "./panel.ts";
import { predictedLine } from "./predicted.ts";
import { type Level, levelsOf, lineLook } from "./shares.ts";
import { textWidth } from "./text.ts";
import { type Palette, pagePalette, sizes } from "./theme.ts";
import { value } from "./words.ts";

/** One line: a measure at one level of the factor of lines. */
interface Line {
  readonly measure: string;
  readonly predicted: boolean;
  readonly level?: Level;
  readonly name: string;
  readonly points: readonly Point[];
}

/** The horizontal axis and where its places are, in order. */
interface Across {
  readonly axis: AxisX;
  /** Whether neighbouring places are joined. */
  readonly joined: boolean;
  readonly places: readonly { readonly at: number; readonly level: Level }[];
}

/** The finding that the prediction's verdict calls for; undetermined where there is none. */
export function declaredFinding(outcome: StudyOutcome, { title }: FigureSpec): string {
  const wanted = title.prediction ?? outcome.study.file.predictions[0]?.id;
  const word: VerdictWord =
    outcome.verdicts.find(({ prediction }) => prediction === wanted)?.verdict ?? "undetermined";
  return title[word];
}

/** Draws the figure. */
export function declaredFigure(
  outcome: StudyOutcome,
  spec: FigureSpec,
  options: FigureOptions,
): Figure {
  const palette = options.palette ?? pagePalette;
  const across = acrossOf(outcome, spec);
  const panels = spec.panels ? levelsOf(outcome, spec.panels) : [undefined];
  const drawn = panels.map((level) => ({ level, lines: linesOf(outcome, spec, across, level) }));
  const y = axisY(
    spec,
    drawn.flatMap(({ lines }) => lines),
  );
  const names = drawn.flatMap(({ lines }) => lines.map(({ name }) => name));
  const labels = [...names, ...spec.references.map(({ label }) => label)];
  return compose(
    {
      id: spec.id,
      title: declaredFinding(outcome, spec),
      subtitle: conditions(outcome),
      caption: `Means over seeds; bands and whiskers are 95% intervals, small dots seeds.${
        spec.predicted.length > 0 ? " Hollow and dashed: predicted." : ""
      }`,
      description: describe(spec, across, drawn),
      key: key(spec, { palette, joined: across.joined, lines: drawn[0]!.lines }),
      groups: [
        {
          panels: drawn.map(({ level, lines }) =>
            panel(spec, { across, y, palette, lines, heading: heading(spec, level) }),
          ),
        },
      ],
      columns: Math.min(panels.length, 3),
      height: panels.length > 1 ? 190 : 240,
      right: Math.min(260, 20 + Math.max(0, ...labels.map((text) => textWidth(text, sizes.tick)))),
    },
    options,
  );
}

const nameOf = ({ names }: FigureSpec, level: Level): string =>
  names[level] ?? (typeof level === "number" ? count0(level) : level.replaceAll("-", " "));

/** Whole numbers with separators, others as they are. */
const count0 = (level: number) => (Number.isInteger(level) ? count(level) : String(level));

const heading = (spec: FigureSpec, level: Level | undefined) =>
  level === undefined
    ? ""
    : (spec.names[level] ??
      (typeof level === "number" ? `${spec.panels} ${count0(level)}` : nameOf(spec, level)));

/** Joined lines carry their names at the right end; what stands side by side has them in the key. */
function key(
  spec: FigureSpec,
  {
    palette,
    joined,
    lines,
  }: { readonly palette: Palette; readonly joined: boolean; readonly lines: readonly Line[] },
): KeyEntry[] {
  const entries: KeyEntry[] = joined
    ? []
    : coloured(lines, palette)
        .filter(({ name }) => name !== "")
        .map(({ name, colour }) => ({ shape: "dot", colour, text: name }));
  if (spec.predicted.length === 0) return entries;
  if (entries.length === 0)
    entries.push({ shape: "line", colour: palette.runTime, text: "measured" });
  return [...entries, { shape: "hollow", colour: palette.ink, text: "predicted" }];
}

/** The measured lines with their colours. */
const coloured = (lines: readonly Line[], palette: Palette) =>
  lines
    .filter(({ predicted }) => !predicted)
    .map((line, rank) => ({ ...line, colour: lineLook(rank, palette).colour }));

function acrossOf(outcome: StudyOutcome, spec: FigureSpec): Across {
  const { across, labels, measures } = spec;
  if (across === "step") {
    const axis = stepAxis(Math.max(1, ...measures.map((measure) => steps(outcome, measure))));
    const last = Math.round(axis.domain[1]);
    const places = Array.from({ length: last }, (_, i) => ({ at: i + 1, level: i + 1 }));
    if (spec.places) return spread(spec.places, labels.across, places);
    return { axis: { ...axis, label: labels.across }, joined: true, places };
  }
  const levels: readonly Level[] = across === "measure" ? measures : levelsOf(outcome, across);
  const numbers = levels.filter((level) => typeof level === "number");
  if (across === "diversity") {
    const axis = diversityAxis([
      ...numbers,
      ...(levels.includes("fresh") ? (["fresh"] as const) : []),
    ]);
    const places = levels.map((level) => ({ at: axis.position(level as number | "fresh"), level }));
    return { axis, joined: true, places: places.sort((a, b) => a.at - b.at) };
  }
  const numeric = numbers.length === levels.length;
  const position = (level: Level, rank: number) =>
    !numeric ? rank : spec.scale === "log2" ? Math.log2(Number(level)) : Number(level);
  const places = levels.map((level, rank) => ({ at: position(level, rank), level }));
  const low = Math.min(...places.map(({ at }) => at));
  const high = Math.max(...places.map(({ at }) => at));
  const margin = numeric ? (high - low || 1) * 0.05 : 0.5;
  return {
    axis: {
      domain: [low - margin, high + margin],
      ticks: places.map(({ at, level }) => ({ at, label: nameOf(spec, level) })),
      label: labels.across,
    },
    joined: numeric,
    places,
  };
}

/** Steps as evenly spaced places between two numbers. */
function spread(
  [low, high]: readonly [number, number],
  label: string,
  steps: readonly { readonly level: Level }[],
): Across {
  const between = (share: number) => low + share * (high - low);
  const margin = Math.abs(high - low) * 0.02;
  return {
    axis: {
      domain: [Math.min(low, high) - margin, Math.max(low, high) + margin],
      ticks: [0, 0.25, 0.5, 0.75, 1].map(between).map((at) => ({ at, label: String(at) })),
      label,
    },
    joined: true,
    places: steps.map(({ level }, i) => ({
      at: between(i / Math.max(1, steps.length - 1)),
      level,
    })),
  };
}

function linesOf(
  outcome: StudyOutcome,
  spec: FigureSpec,
  across: Across,
  panelLevel: Level | undefined,
): Line[] {
  const byMeasure = spec.across === "measure";
  const measures = [
    ...(byMeasure ? [""] : spec.measures).map((measure) => ({ measure, predicted: false })),
    ...spec.predicted.map((measure) => ({ measure, predicted: true })),
  ];
  const levels = spec.lines ? levelsOf(outcome, spec.lines) : [undefined];
  const many = levels.length * measures.filter(({ predicted }) => !predicted).length;
  const singles = singleLevels(outcome);
  return measures.flatMap(({ measure, predicted }, nth) =>
    levels.map((level, rank) => {
      const arm: Arm = {
        ...singles,
        ...spec.fixed,
        ...(spec.panels === undefined ? {} : { [spec.panels]: panelLevel! }),
        ...(spec.lines === undefined ? {} : { [spec.lines]: level! }),
      };
      // Names have no order that a line could follow: they stand side by side instead.
      const turn = predicted ? rank : nth * levels.length + rank;
      const shift = across.joined ? 0 : (turn - (many - 1) / 2) * (0.5 / many);
      const at = (place: Level): Summary | undefined =>
        byMeasure
          ? summarize(armValues(outcome, arm, String(place)))
          : spec.across === "step"
            ? summarize(armValues(outcome, arm, measure, undefined, Number(place)))
            : summarize(armValues(outcome, { ...arm, [spec.across]: place }, measure));
      const words = [
        ...(level === undefined ? [] : [nameOf(spec, level)]),
        ...(byMeasure || measures.length - spec.predicted.length < 2
          ? []
          : [nameOf(spec, measure)]),
      ];
      return {
        ...{ measure, predicted },
        ...(level === undefined ? {} : { level }),
        name: many < 2 || predicted ? "" : words.join(", "),
        points: across.places.flatMap((place) => {
          const summary = at(place.level);
          return summary ? [{ x: place.at + shift, summary }] : [];
        }),
      };
    }),
  );
}

/** Factors that this profile holds at one level need not be named by the figure. */
function singleLevels(outcome: StudyOutcome): Arm {
  const first = outcome.study.runs[0]?.arm ?? {};
  return Object.fromEntries(
    Object.entries(first).filter(([factor]) => levelsOf(outcome, factor).length === 1),
  );
}

/** From the values, zero included; a wide interval of few seeds does not stretch it. */
function axisY(spec: FigureSpec, lines: readonly Line[]): AxisY {
  const label = spec.labels.values;
  if (spec.range) return { domain: spec.range, label };
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ summary }) => summary.values.map((seed) => seed.value)),
  );
  const seen = [0, ...values, ...spec.references.map(({ at }) => at)];
  const low = Math.min(...seen);
  const high = Math.max(...seen);
  const pad = (high - low || 1) * 0.06;
  return { domain: [low < 0 ? low - pad : 0, high > 0 ? high + pad : 0], label };
}

interface Drawn {
  readonly across: Across;
  readonly y: AxisY;
  readonly palette: Palette;
  readonly lines: readonly Line[];
  readonly heading: string;
}

function panel(spec: FigureSpec, { across, y, palette, lines, heading }: Drawn): Panel {
  const known: ReferenceLine[] = spec.references.map(({ at, label }) => ({
    ...{ at, text: label, dashed: true },
    ...{ colour: palette.chance, textColour: palette.muted },
  }));
  const measured = coloured(lines, palette);
  const ends: EndLabel[] = (across.joined ? measured : []).flatMap(({ points, name, colour }) => {
    const last = points.at(-1);
    const text = colour === palette.tuned ? palette.tunedText : colour;
    return last && name !== "" ? [{ at: last.summary.mean, text: name, colour: text }] : [];
  });
  return {
    heading,
    x: across.axis,
    y,
    endLabels: [...ends, ...referenceLabels(known)],
    ...(lines.every(({ points }) => points.length === 0) ? { empty: "no result" } : {}),
    marks: () => [
      ...referenceMarks(known),
      ...measured.flatMap(({ points, colour }) => {
        const kept = points.map(within(y.domain));
        const pieces = across.joined ? broken(kept, across.axis) : kept.map((point) => [point]);
        return measuredLine(pieces, colour, {
          ...{ dots: true, markers: points.length <= 30, width: 2 },
        });
      }),
      ...lines
        .filter(({ predicted }) => predicted)
        .flatMap(({ points }) =>
          predictedLine(
            points.map(({ x, summary }) => ({ x, y: summary.mean })),
            palette.ink,
            palette,
          ),
        ),
    ],
  };
}

/** The points on either side of the axis' break, if it has one. */
function broken(points: readonly Point[], { gap }: AxisX): Point[][] {
  if (!gap) return [[...points]];
  return [points.filter(({ x }) => x < gap[0]), points.filter(({ x }) => x > gap[1])];
}

function describe(
  spec: FigureSpec,
  across: Across,
  drawn: readonly { readonly level: Level | undefined; readonly lines: readonly Line[] }[],
): string {
  const told = drawn.flatMap(({ level, lines }) =>
    lines.map(({ points, name, predicted }) => {
      const ends = points.length > 12 ? [points[0]!, points.at(-1)!] : points;
      const cells = ends.map((point) => {
        const place = across.places.reduce((near, one) =>
          Math.abs(one.at - point.x) < Math.abs(near.at - point.x) ? one : near,
        );
        const name = spec.places ? String(place.at) : nameOf(spec, place.level);
        return `${name}: ${value(point.summary)}`;
      });
      const words = [heading(spec, level), predicted ? "predicted" : name].filter(Boolean);
      return `${words.length > 0 ? `${words.join(", ")}: ` : ""}${cells.join("; ") || "no result"}.`;
    }),
  );
  return `${spec.labels.values} against ${spec.labels.across}. ${told.join(" ")}`;
}
