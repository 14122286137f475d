/** Minimal circuits of a function or of a small search problem, ready to be drawn. */
import { circuitText, drawCircuit, formatTable } from "@mesascope/lab/architectures";
import {
  type Basis,
  type Circuit,
  canonicalCircuit,
  circuitDepth,
  type TruthTable,
} from "@mesascope/lab/core";
import {
  type Objective,
  type SatSolver,
  solverInPlace,
  synthesize,
} from "@mesascope/lab/optimizers";
import { circuitStudy, type WireRole } from "@mesascope/lab/studies";
import { booleanProblems, problemOf } from "@mesascope/lab/tasks";
import type { HeadedCircuit } from "@mesascope/report/figures";
import { inputNames } from "./formula.ts";

export type CircuitQuestion =
  | {
      readonly kind: "function";
      readonly inputs: number;
      readonly table: TruthTable;
      readonly basis: Basis;
    }
  | { readonly kind: "problem"; readonly id: string; readonly basis: Basis };

/** A circuit with its words. */
export interface SolvedCircuit extends HeadedCircuit {
  readonly gates: number;
  readonly depth: number;
  /** A line a gate. */
  readonly text: string;
}

export interface CircuitAnswer {
  readonly circuits: readonly SolvedCircuit[];
  /** One sentence: what was found and why nothing smaller exists. */
  readonly finding: string;
}

interface Context {
  readonly signal: AbortSignal;
  /** Hears what the solver is asked. */
  readonly tell: (question: string) => void;
}

/** @throws InputError for tables that do not fit; the signal's reason when aborted. */
export function solve(question: CircuitQuestion, context: Context): Promise<CircuitAnswer> {
  return question.kind === "function"
    ? solveFunction(question, context)
    : solveProblem(question, context);
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

async function solveFunction(
  { inputs, table, basis }: Extract<CircuitQuestion, { kind: "function" }>,
  { signal, tell }: Context,
): Promise<CircuitAnswer> {
  const best = async (objective: Objective) => {
    const found = await synthesize(
      { inputs, basis, tables: [table], objective },
      { solver: solverInPlace, signal, onQuestion: tell },
    );
    return { ...found, circuit: found.circuit! };
  };
  const smallest = await best("size");
  const shallowest = await best("depth");
  const refuted = smallest.proof.filter(({ exists }) => !exists).map(({ gates }) => gates!);
  const gates = smallest.circuit.gates.length;
  const why =
    refuted.length > 0
      ? `the solver proved that ${refuted.map((count) => plural(count, "gate")).join(" and ")} ${refuted.length === 1 && refuted[0] === 1 ? "does" : "do"} not suffice`
      : "fewer could not even read every input that matters";
  return {
    circuits: [solved(smallest.circuit, "fewest gates"), solved(shallowest.circuit, "least depth")],
    finding: `${formatTable(table, inputs)} takes ${plural(gates, "gate")}: ${why}. Its shallowest circuit is ${plural(circuitDepth(shallowest.circuit), "gate")} deep.`,
  };
}

const note = (gates: number, depth: number) => `${plural(gates, "gate")}, depth ${depth}`;

function solved(circuit: Circuit, heading: string): SolvedCircuit {
  const drawing = drawCircuit(circuit, { inputs: inputNames, outputs: ["f"] });
  const outputs = new Set(canonicalCircuit(circuit).outputs.map(({ wire }) => wire));
  const roles = drawing.wires.map(({ wire, layer }): WireRole => {
    if (layer === 0) return { kind: "input" };
    return outputs.has(wire) ? { kind: "output", name: "f" } : { kind: "other" };
  });
  const gates = circuit.gates.length;
  const depth = circuitDepth(circuit);
  return {
    ...{ drawing, roles, heading, note: note(gates, depth), gates, depth },
    text: circuitText(drawing).trimEnd(),
  };
}

/** Most minimal circuits of a problem that are listed and read. */
const listed = 200;

const headings = { size: "fewest gates", depth: "least depth", explicit: "open search" } as const;

async function solveProblem(
  { id, basis }: Extract<CircuitQuestion, { kind: "problem" }>,
  { signal, tell }: Context,
): Promise<CircuitAnswer> {
  const problem = problemOf(id, booleanProblems);
  const asking: SatSolver = {
    name: solverInPlace.name,
    solve(cnf, options) {
      tell(`${plural(cnf.variables, "variable")}`);
      return solverInPlace.solve(cnf, options);
    },
  };
  const { rows, drawings } = await circuitStudy(problem, {
    ...{ solver: asking, basis, signal, most: listed },
  });
  const circuits = (["size", "depth", "explicit"] as const).flatMap((origin) => {
    const drawn = drawings.find((each) => each.origin === origin);
    const row = rows.find((each) => each.origin === origin);
    if (!drawn || !row) return [];
    const [gates, depth] = [row.size ?? 0, row.depth ?? 0];
    return [
      {
        ...{ drawing: drawn.drawing, roles: drawn.roles, heading: headings[origin] },
        ...{ note: note(gates, depth), gates, depth },
        text: circuitText(drawn.drawing).trimEnd(),
      },
    ];
  });
  const smallest = rows.find(({ origin }) => origin === "size")!;
  const many = `Found: ${smallest.complete ? "" : "at least "}${plural(smallest.circuits, "smallest circuit")}`;
  return {
    circuits,
    finding:
      smallest.evaluations === 0
        ? `${many}; here the scores are given, so there is nothing to evaluate.`
        : `${many}; ${smallest.circuitsThatSearch} of them ${smallest.circuitsThatSearch === 1 ? "has" : "have"} a wire that equals the evaluation of a candidate and is used where that candidate is not chosen, as a search would use it.`,
  };
}
