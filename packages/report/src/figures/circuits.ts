/** Minimal circuits of search problems, drawn wire by wire: a row a problem, its smallest, shallowest and open-search circuit. */
import type { CircuitRow, DrawnCircuit, ExperimentOutcome, WireRole } from "@mesascope/lab/studies";
import {
  type Figure,
  type FigureOptions,
  type FigureWords,
  openFigure,
  type Pen,
} from "./compose.ts";
import { runData } from "./experiment-data.ts";
import { list, plural } from "./format.ts";
import { conditions } from "./learners.ts";
import { element } from "./svg.ts";
import { spread, textWidth } from "./text.ts";
import { type Palette, pagePalette, sizes } from "./theme.ts";

interface CircuitData {
  readonly drawing: DrawnCircuit;
  readonly row: CircuitRow;
}

const origins = [
  { id: "size", heading: "fewest gates" },
  { id: "depth", heading: "least depth" },
  { id: "explicit", heading: "open search, a control" },
] as const;

/** Circuits that the figure draws, of runs that have one. */
export const drawnCircuits = (outcome: ExperimentOutcome): CircuitData[] =>
  runData<CircuitData>(outcome)
    .map(({ data }) => data)
    .filter(({ row }) => row.evaluations > 0 && origins.some(({ id }) => id === row.origin));

const problemsOf = (circuits: readonly CircuitData[]) => [
  ...new Set(circuits.map(({ row }) => row.problem)),
];

/** Title: in which problems some smallest circuit searches. */
export function circuitsFinding(outcome: ExperimentOutcome): string {
  const smallest = drawnCircuits(outcome).filter(({ row }) => row.origin === "size");
  if (smallest.length === 0) return "Circuits of search problems, wire by wire";
  const searching = smallest.filter(({ row }) => row.circuitsThatSearch > 0);
  if (searching.length === 0)
    return `In none of ${plural(smallest.length, "problem")} is a smallest circuit read as searching`;
  if (searching.length === smallest.length)
    return `In each of ${plural(smallest.length, "problem")} some smallest circuit is read as searching`;
  return `In ${searching.length} of ${plural(smallest.length, "problem")} some smallest circuit is read as searching: ${list(searching.map(({ row }) => row.problem))}`;
}

/** Draws the figure. */
export function circuitsFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const circuits = drawnCircuits(outcome);
  const { pen, close } = openFigure(
    {
      id: "circuits",
      title: circuitsFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Inputs at the left, each gate as far right as its longest path; a gate’s name calls its operands " +
        "a and b, in the circuit’s order. Solid blue: the wire equals a bit of a candidate’s evaluation and is " +
        "used as a search would use it; dashed: it equals one and is not so used. One circuit of those listed is drawn; names are left out where they do not fit.",
      description: describe(circuits),
    },
    options,
  );
  pen.key([
    { shape: "line", colour: palette.ink, text: "input" },
    { shape: "line", colour: palette.runTime, text: "evaluation, used" },
    { shape: "dash", colour: palette.runTime, text: "evaluation, not used" },
    { shape: "line", colour: palette.tuned, text: "output" },
    { shape: "line", colour: palette.chance, text: "other" },
  ]);
  const narrow = pen.width < 640;
  for (const problem of problemsOf(circuits)) {
    const own = origins.flatMap(({ id, heading }) => {
      const circuit = circuits.find(({ row }) => row.problem === problem && row.origin === id);
      return circuit ? [{ ...circuit, heading }] : [];
    });
    pen.space(10);
    pen.lines(problem, sizes.heading, { "font-weight": 600 });
    const columns = narrow ? 1 : own.length;
    const width = (pen.width - gap * (columns - 1)) / columns;
    for (let start = 0; start < own.length; start += columns) {
      const row = own.slice(start, start + columns);
      const heights = row.map((circuit, column) =>
        drawOne(
          pen,
          { ...circuit.drawing, heading: circuit.heading, note: sizeText(circuit.row) },
          { x: column * (width + gap), y: pen.y, width, palette },
        ),
      );
      pen.space(Math.max(...heights));
    }
  }
  return close();
}

const gap = 26;
const rowHeight = 21;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly palette: Palette;
}

/** Where the wires of a circuit lie: layers across, wires of a layer centred down. */
function layout(drawing: DrawnCircuit["drawing"], { x, y, width }: Place) {
  const layers = new Map<number, number[]>();
  for (const { wire, layer } of drawing.wires)
    layers.set(layer, [...(layers.get(layer) ?? []), wire]);
  const last = Math.max(...layers.keys(), 1);
  const tallest = Math.max(...[...layers.values()].map((wires) => wires.length));
  const names = drawing.outputs.map(({ name, complement }) => (complement ? `not ${name}` : name));
  const right = Math.max(...names.map((name) => textWidth(name, small))) + 16;
  const left = Math.max(
    ...drawing.wires.filter(({ layer }) => layer === 0).map(({ label }) => textWidth(label, small)),
    0,
  );
  const places = new Map<number, { x: number; y: number }>();
  const { wires: all } = drawing;
  const bottom = y + rowHeight * (tallest - 0.5);
  for (const layer of [...layers.keys()].sort((a, b) => a - b)) {
    const own = all.filter((wire) => wire.layer === layer);
    // A gate lies at the mean height of what it reads, so that wires cross little.
    const wanted = own.map(({ reads }, index) =>
      reads.length === 0
        ? y + rowHeight * (index + (tallest - own.length) / 2 + 0.5)
        : reads.reduce((sum, read) => sum + places.get(read)!.y, 0) / reads.length,
    );
    const heights = spread(wanted, rowHeight, y + rowHeight / 2, bottom);
    own.forEach(({ wire }, index) => {
      const across = ((width - left - right - 24) * layer) / last;
      places.set(wire, { x: x + left + 8 + across, y: heights[index]! });
    });
  }
  return { places, height: tallest * rowHeight, layers };
}

const small = 9.5;

function look(role: WireRole, palette: Palette): { stroke: string; dash?: string; width: number } {
  switch (role.kind) {
    case "input":
      return { stroke: palette.ink, width: 0.9 };
    case "evaluation":
      return role.used
        ? { stroke: palette.runTime, width: 2 }
        : { stroke: palette.runTime, width: 1.3, dash: "4 3" };
    case "output":
      return { stroke: palette.tuned, width: 1.6 };
    case "other":
      return { stroke: palette.chance, width: 1.1 };
  }
}

/** A circuit with what stands over it. */
export interface HeadedCircuit extends Pick<DrawnCircuit, "drawing" | "roles"> {
  readonly heading: string;
  /** A quieter line under the heading. */
  readonly note: string;
}

/** Circuits of one function side by side, wires coloured by what they compute; `words` says what they show. */
export function circuitPair(
  circuits: readonly HeadedCircuit[],
  words: Omit<FigureWords, "id">,
  options: FigureOptions,
): Figure {
  const palette = options.palette ?? pagePalette;
  const { pen, close } = openFigure({ id: "circuit", ...words }, options);
  const columns = pen.width < 640 ? 1 : circuits.length;
  const width = (pen.width - gap * (columns - 1)) / columns;
  for (let start = 0; start < circuits.length; start += columns) {
    const heights = circuits
      .slice(start, start + columns)
      .map((circuit, column) =>
        drawOne(pen, circuit, { x: column * (width + gap), y: pen.y, width, palette }),
      );
    pen.space(Math.max(...heights));
  }
  return close();
}

/** Draws one circuit and says how high it is. */
function drawOne(pen: Pen, { drawing, roles, heading, note }: HeadedCircuit, place: Place): number {
  const { palette } = place;
  const head = 38;
  pen.text(place.x, place.y + 16, heading, { "font-size": sizes.label });
  pen.text(place.x, place.y + 30, note, { fill: palette.muted, "font-size": 10 });
  const { places, height, layers } = layout(drawing, { ...place, y: place.y + head });
  const line = (d: string, role: WireRole) => {
    const { stroke, width, dash } = look(role, palette);
    pen.root.append(
      element(pen.document, "path", {
        ...{ d, stroke, fill: "none", "stroke-width": width, "stroke-dasharray": dash },
        "stroke-opacity": role.kind === "input" ? 0.55 : 1,
      }),
    );
  };
  const layerOf = new Map(drawing.wires.map(({ wire, layer }) => [wire, layer]));
  for (const { wire, reads, layer } of drawing.wires)
    for (const read of reads) {
      const passed = layer - layerOf.get(read)! - 1;
      line(curve(places.get(read)!, places.get(wire)!, passed), roles[read]!);
    }
  const outputAt = outputPlaces(drawing, places, place);
  drawing.outputs.forEach(({ wire, name, complement }, index) => {
    const from = places.get(wire);
    const to = outputAt[index]!;
    if (from) line(curve(from, to), roles[wire]!);
    pen.text(to.x + 4, to.y + 3.2, complement ? `not ${name}` : name, {
      ...{ "font-size": small, fill: palette.tunedText, "font-weight": 600 },
    });
  });
  // Names of gates are left out where a layer would be closer than they are wide.
  const spacing =
    (Math.max(...[...places.values()].map(({ x }) => x)) - places.get(0)!.x) /
    Math.max(1, layers.size - 1);
  for (const { wire, label, layer } of drawing.wires) {
    const at = places.get(wire)!;
    const role = roles[wire]!;
    const { stroke } = look(role, palette);
    const hollow = role.kind === "evaluation" && !role.used;
    pen.root.append(
      element(pen.document, "circle", {
        ...{ cx: at.x, cy: at.y, r: layer === 0 ? 2.2 : 3.4, stroke, "stroke-width": 1.3 },
        fill: hollow ? palette.paper : stroke,
      }),
    );
    const names =
      role.kind === "evaluation" ? [`${role.candidate}: ${role.bit}`, role.candidate] : [label];
    const text = layer === 0 ? label : names.find((name) => textWidth(name, small) < spacing);
    if (text === undefined) continue;
    const colour = role.kind === "evaluation" ? palette.runTime : palette.muted;
    if (layer === 0) mark(pen, text, { x: at.x - 6, y: at.y + 3.2, colour, anchor: "end" });
    else mark(pen, text, { x: at.x, y: at.y - 6, colour, anchor: "middle" });
  }
  return head + height + 8;
}

/** A small label that stays readable over wires. */
function mark(
  pen: Pen,
  text: string,
  { x, y, colour, anchor }: { x: number; y: number; colour: string; anchor: string },
): void {
  pen.text(x, y, text, {
    ...{ "font-size": small, fill: colour, "text-anchor": anchor },
    ...{ stroke: pen.palette.paper, "stroke-width": 3, "paint-order": "stroke" },
  });
}

/** Outputs at the right edge in the order of their wires' heights, a row apart. */
function outputPlaces(
  drawing: DrawnCircuit["drawing"],
  places: ReadonlyMap<number, { x: number; y: number }>,
  place: Place,
): { x: number; y: number }[] {
  const names = drawing.outputs.map(({ name, complement }) => (complement ? `not ${name}` : name));
  const x = place.x + place.width - Math.max(...names.map((name) => textWidth(name, small))) - 6;
  const heights = drawing.outputs.map(({ wire }) => places.get(wire)?.y ?? place.y + 50);
  const order = heights.map((_, index) => index).sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  order.forEach((index, rank) => {
    const before = order[rank - 1];
    if (before !== undefined) placed[index] = Math.max(placed[index]!, placed[before]! + 13);
  });
  return placed.map((y) => ({ x, y }));
}

/** A wire from gate to gate; one that passes layers by bows, so that it does not run through the gates there. */
function curve(from: { x: number; y: number }, to: { x: number; y: number }, passed = 0): string {
  const middle = (from.x + to.x) / 2;
  const bow = passed > 0 && Math.abs(from.y - to.y) < rowHeight ? 8 + 5 * passed : 0;
  return `M${from.x},${from.y}C${middle},${from.y + bow} ${middle},${to.y + bow} ${to.x},${to.y}`;
}

/** `7 gates, least depth 3; 0 of 12 circuits search`. */
function sizeText(row: CircuitRow): string {
  const { size, depth, circuits, circuitsThatSearch, complete, origin, proved } = row;
  const all = complete ? "" : ", not all listed";
  const proof = origin === "explicit" || proved ? "" : ", not proved minimal";
  return `${plural(size ?? 0, "gate")}, least depth ${depth ?? 0}; ${circuitsThatSearch} of ${plural(circuits, "circuit")} ${circuitsThatSearch === 1 ? "searches" : "search"}${all}${proof}`;
}

function describe(circuits: readonly CircuitData[]): string {
  const told = problemsOf(circuits).map((problem) => {
    const own = origins.flatMap(({ id, heading }) => {
      const found = circuits.find(({ row }) => row.problem === problem && row.origin === id);
      return found ? [`${heading}: ${sizeText(found.row)}`] : [];
    });
    return `${problem}. ${own.join(". ")}.`;
  });
  return `Circuits drawn from inputs at the left to outputs at the right, wires coloured by what they compute. ${told.join(" ")}`;
}
