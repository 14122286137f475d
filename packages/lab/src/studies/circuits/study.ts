/**
 * One search problem's minimal circuits, asked whether they search: the paper's conjecture that neither minimal-depth nor
 * minimal-size circuits are mesa-optimizers (Hubinger et al. 2019, section 2.2), at a scale at which all of them can be
 * listed. Positive controls are a circuit that searches openly, and the same after a local rewriter.
 */
import { type CircuitDrawing, drawCircuit } from "../../architectures/index.ts";
import {
  allOnes,
  type Basis,
  type Circuit,
  canonicalCircuit,
  circuitDepth,
  pauses,
  wireTables,
} from "../../core/index.ts";
import { type Objective, type SatSolver, shrink, synthesize } from "../../optimizers/index.ts";
import { type CircuitReading, evaluationsOf, readCircuit } from "../../signatures/index.ts";
import {
  type BooleanProblem,
  explicitSearch,
  type TabulatedProblem,
  tabulate,
} from "../../tasks/index.ts";

/** Where circuits come from: a proved minimum, the open search, or that search after a local rewriter. */
export type CircuitOrigin = Objective | "explicit" | "shrunk";

/** What the circuits of one origin show. A share is null where no score has a bit that must be computed. */
export interface CircuitRow {
  readonly problem: string;
  readonly basis: Basis;
  readonly origin: CircuitOrigin;
  /** Gates, and gates on the longest path; null where time ran out before a circuit was found. */
  readonly size: number | null;
  readonly depth: number | null;
  /** For a minimum: whether it is proved. */
  readonly proved: boolean;
  /** Lower bound on gates that was proved. */
  readonly gatesAtLeast: number;
  /** Circuits read, up to isomorphism, and whether they are all that there are. */
  readonly circuits: number;
  readonly complete: boolean;
  /** Bits of candidates' scores that have to be computed. */
  readonly evaluations: number;
  /** Of those, the least, mean and greatest share that a circuit represents in some wire. */
  readonly represented: Share | null;
  /** Of those, the same for being represented and used as the search uses them, on candidates not chosen. */
  readonly used: Share | null;
  /** Circuits that represent and use at least one evaluation of a candidate that is not chosen. */
  readonly circuitsThatSearch: number;
}

export interface Share {
  readonly least: number;
  readonly mean: number;
  readonly greatest: number;
}

/** What a wire computes, for its colour in a drawing. */
export type WireRole =
  | { readonly kind: "input" }
  | {
      readonly kind: "evaluation";
      readonly candidate: string;
      readonly bit: string;
      readonly used: boolean;
    }
  | { readonly kind: "output"; readonly name: string }
  | { readonly kind: "other" };

/** A circuit to be drawn, with what each of its wires computes, in the order of `drawing.wires`. */
export interface DrawnCircuit {
  readonly problem: string;
  readonly basis: Basis;
  readonly origin: CircuitOrigin;
  readonly drawing: CircuitDrawing;
  readonly roles: readonly WireRole[];
}

export interface CircuitStudy {
  readonly rows: readonly CircuitRow[];
  /** One circuit of each origin. */
  readonly drawings: readonly DrawnCircuit[];
}

export interface CircuitStudyOptions {
  readonly solver: SatSolver;
  readonly basis?: Basis;
  readonly signal?: AbortSignal;
  /** Time for each objective; what is proved by then is reported. */
  readonly milliseconds?: number;
  /** Most minimal circuits that are listed and read for each objective (1000). */
  readonly most?: number;
}

/**
 * Synthesizes a problem's minimal circuits by size and by depth, reads them and the controls, and draws one of each.
 * @throws the signal's reason when aborted.
 */
export async function circuitStudy(
  problem: BooleanProblem,
  options: CircuitStudyOptions,
): Promise<CircuitStudy> {
  const { basis = "full", solver, signal, milliseconds, most = 1000 } = options;
  const tabulated = tabulate(problem);
  const found: Found[] = [];
  for (const objective of ["size", "depth"] as const) {
    const { circuit, circuits, complete, minimal, gatesAtLeast } = await synthesize(
      {
        inputs: problem.inputs.length,
        basis,
        tables: tabulated.outputs,
        objective,
        all: most,
      },
      { solver, signal, milliseconds },
    );
    found.push({
      origin: objective,
      circuits: circuits ?? (circuit ? [circuit] : []),
      proved: minimal,
      complete: complete ?? false,
      gatesAtLeast,
    });
  }
  const explicit = explicitSearch(tabulated);
  const shrunk = await shrink(explicit, basis, pauses(signal));
  for (const [origin, circuit] of [
    ["explicit", explicit],
    ["shrunk", shrunk],
  ] as const)
    found.push({ origin, circuits: [circuit], proved: false, complete: true, gatesAtLeast: 0 });
  return {
    rows: found.map((each) => row(tabulated, basis, each)),
    drawings: found.flatMap(({ origin, circuits: [circuit] }) =>
      circuit ? [draw(tabulated, basis, origin, circuit)] : [],
    ),
  };
}

interface Found {
  readonly origin: CircuitOrigin;
  readonly circuits: readonly Circuit[];
  readonly proved: boolean;
  readonly complete: boolean;
  readonly gatesAtLeast: number;
}

function row(tabulated: TabulatedProblem, basis: Basis, found: Found): CircuitRow {
  const { origin, circuits, proved, complete, gatesAtLeast } = found;
  const readings = circuits.map((circuit) => readCircuit(circuit, tabulated));
  const evaluations = evaluationsOf(tabulated).length;
  const share = (of: (reading: CircuitReading) => number): Share | null =>
    evaluations === 0 || readings.length === 0
      ? null
      : shareOf(readings.map((reading) => of(reading) / evaluations));
  return {
    problem: tabulated.problem.id,
    basis,
    origin,
    size: circuits[0]?.gates.length ?? null,
    depth: circuits[0] ? Math.min(...circuits.map(circuitDepth)) : null,
    proved,
    gatesAtLeast,
    circuits: circuits.length,
    complete,
    evaluations,
    represented: share(({ represented }) => represented),
    used: share(({ used }) => used),
    circuitsThatSearch: readings.filter(({ used }) => used > 0).length,
  };
}

const shareOf = (values: readonly number[]): Share => ({
  least: Math.min(...values),
  mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  greatest: Math.max(...values),
});

function draw(
  tabulated: TabulatedProblem,
  basis: Basis,
  origin: CircuitOrigin,
  circuit: Circuit,
): DrawnCircuit {
  const { problem, outputNames } = tabulated;
  const names = { inputs: problem.inputs, outputs: outputNames };
  return {
    problem: problem.id,
    basis,
    origin,
    drawing: drawCircuit(circuit, names),
    roles: wireRoles(canonicalCircuit(circuit), tabulated),
  };
}

/** What each wire of a circuit computes: an evaluation before an output, where it is both. */
export function wireRoles(circuit: Circuit, tabulated: TabulatedProblem): WireRole[] {
  const { problem, outputs, outputNames } = tabulated;
  const { representations } = readCircuit(circuit, tabulated);
  const ones = allOnes(circuit.inputs);
  return wireTables(circuit).map((table, wire): WireRole => {
    if (wire < circuit.inputs) return { kind: "input" };
    const evaluation = representations.find((each) => each.wire === wire);
    if (evaluation)
      return {
        kind: "evaluation",
        candidate: problem.candidates[evaluation.candidate]!,
        bit: problem.scoreBits[evaluation.bit]!,
        used: evaluation.used,
      };
    const output = outputs.findIndex((wanted) => wanted === table || wanted === (table ^ ones));
    return output < 0 ? { kind: "other" } : { kind: "output", name: outputNames[output]! };
  });
}
