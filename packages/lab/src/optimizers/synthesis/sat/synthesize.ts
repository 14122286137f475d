/**
 * Exact synthesis: the smallest or the shallowest circuit of given functions, with proof. Sizes are tried upwards, so
 * that the solver has refuted every smaller one by the time it finds a circuit.
 */
import {
  allOnes,
  type Basis,
  type Circuit,
  type CircuitOutput,
  circuitKey,
  constantWire,
  InputError,
  inputTable,
  outputTables,
  type TruthTable,
  WorkError,
} from "../../../core/index.ts";
import { encodeCircuit } from "./encode.ts";
import { encodeDepth } from "./encode-depth.ts";
import type { Cnf, SatSolver, SolveOptions } from "./solver.ts";

/** Most inputs of functions that are synthesized. */
export const mostInputs = 6;

/** `size`: fewest gates. `depth`: fewest gates on the longest path, and of such circuits one of the fewest gates. */
export type Objective = "size" | "depth";

export interface SynthesisProblem {
  readonly inputs: number;
  readonly basis: Basis;
  /** Functions that the circuit computes, one an output. */
  readonly tables: readonly TruthTable[];
  readonly objective: Objective;
  /** Wants all circuits that are best, up to isomorphism, at most so many. */
  readonly all?: number;
}

export interface SynthesisOptions {
  readonly solver: SatSolver;
  readonly signal?: AbortSignal | undefined;
  /** Time after which the answer is what is known by then. */
  readonly milliseconds?: number | undefined;
  /** Hears of every question before it is asked. */
  readonly onQuestion?: (question: string) => void;
}

/** A question that was put to the solver, and its answer. */
export interface ProofStep {
  /** At most so many gates; undefined where only depth was asked about. */
  readonly gates?: number;
  readonly depth?: number;
  readonly exists: boolean;
  readonly variables: number;
  readonly clauses: number;
  readonly seconds: number;
}

export interface Synthesis {
  readonly solver: string;
  /** False where time ran out before a best circuit was found and proved to be one. */
  readonly minimal: boolean;
  /** Least number of gates: no circuit that is as shallow as asked for has fewer. */
  readonly gatesAtLeast: number;
  /** For the objective `depth`: no circuit is shallower. */
  readonly depthAtLeast?: number;
  /** A best circuit; its outputs were evaluated against the tables. */
  readonly circuit?: Circuit;
  /** All best circuits up to isomorphism, where they were asked for. */
  readonly circuits?: readonly Circuit[];
  /** Whether `circuits` are all that there are. */
  readonly complete?: boolean;
  /** In the order in which they were asked. What is below the first number of gates is excluded by counting. */
  readonly proof: readonly ProofStep[];
}

/**
 * Finds a best circuit and proves that it is one.
 * @throws InputError for more than six inputs, no output, or tables that are too long; the signal's reason when aborted.
 */
export async function synthesize(
  problem: SynthesisProblem,
  options: SynthesisOptions,
): Promise<Synthesis> {
  check(problem);
  const limit =
    options.milliseconds === undefined ? undefined : AbortSignal.timeout(options.milliseconds);
  const signals = [options.signal, limit].filter((signal) => signal !== undefined);
  const search = new Search(problem, options, AbortSignal.any(signals));
  try {
    await search.run();
  } catch (error) {
    // The end of the time is no failure: what was proved until then is the answer.
    if (options.signal?.aborted || !limit?.aborted) throw error;
  }
  return search.result();
}

function check({ inputs, tables }: SynthesisProblem): void {
  if (!Number.isInteger(inputs) || inputs < 1 || inputs > mostInputs)
    throw new InputError(
      `circuits are synthesized for 1 to ${mostInputs} inputs, not for ${inputs}`,
    );
  if (tables.length === 0) throw new InputError("a circuit needs at least one output");
  for (const table of tables)
    if (table < 0n || table > allOnes(inputs))
      throw new InputError(
        `the truth table 0x${table.toString(16)} has more than the ${2 ** inputs} rows of ${inputs} inputs`,
      );
}

class Search {
  readonly #problem: SynthesisProblem;
  readonly #options: SynthesisOptions;
  readonly #signal: AbortSignal;
  /** The functions that need gates: normal, without repeats. */
  readonly #tables: readonly TruthTable[];
  readonly #proof: ProofStep[] = [];
  #gatesAtLeast: number;
  #depthAtLeast: number;
  #minimal = false;
  #circuit: Circuit | undefined;
  #circuits: Circuit[] | undefined;
  #complete = false;

  constructor(problem: SynthesisProblem, options: SynthesisOptions, signal: AbortSignal) {
    this.#problem = problem;
    this.#options = options;
    this.#signal = signal;
    this.#tables = gateTables(problem);
    const supports = this.#tables.map((table) => support(table, problem.inputs));
    // A gate has two operands, and each function that is no input has a gate of its own.
    this.#gatesAtLeast = Math.max(this.#tables.length, ...supports.map((count) => count - 1), 0);
    this.#depthAtLeast = Math.max(0, ...supports.map((count) => Math.ceil(Math.log2(count))));
  }

  async run(): Promise<void> {
    const { objective, all } = this.#problem;
    if (this.#tables.length === 0) {
      this.#found({ inputs: this.#problem.inputs, gates: [], outputs: [] });
      this.#circuits = all === undefined ? undefined : [this.#circuit!];
      this.#complete = true;
      return;
    }
    if (objective === "depth") await this.#proveDepth();
    const depth = objective === "depth" ? this.#depthAtLeast : undefined;
    while (!(await this.#try(depth))) this.#gatesAtLeast++;
    if (all !== undefined) await this.#findAll(depth, all);
  }

  /** Raises the bound on depth until every function has a circuit that is no deeper. */
  async #proveDepth(): Promise<void> {
    const { inputs, basis } = this.#problem;
    for (const table of this.#tables)
      while (
        !(
          await this.#ask(
            { depth: this.#depthAtLeast },
            encodeDepth(inputs, basis, table, this.#depthAtLeast),
          )
        ).length
      )
        this.#depthAtLeast++;
  }

  /** Looks for a circuit of as many gates as are needed at the least; tells whether there is one. */
  async #try(depth: number | undefined): Promise<boolean> {
    const gates = this.#gatesAtLeast;
    const { cnf, decode } = encodeCircuit(this.#question(depth));
    const [model] = await this.#ask({ gates, ...(depth === undefined ? {} : { depth }) }, cnf);
    if (model) this.#found(decode(model));
    return model !== undefined;
  }

  async #findAll(depth: number | undefined, most: number): Promise<void> {
    const { cnf, decode, deciding } = encodeCircuit({ ...this.#question(depth), keepAll: true });
    const limits = { gates: this.#gatesAtLeast, ...(depth === undefined ? {} : { depth }) };
    // Isomorphic circuits may come as several models.
    const mostModels = most * 8;
    const models = await this.#ask(limits, cnf, { differIn: deciding, most: mostModels });
    const distinct = new Map<string, Circuit>();
    for (const model of models) {
      const circuit = this.#withAllOutputs(decode(model));
      distinct.set(circuitKey(circuit), circuit);
    }
    this.#circuits = [...distinct.values()].slice(0, most);
    this.#complete = models.length < mostModels && distinct.size <= most;
  }

  #question(depth: number | undefined) {
    const { inputs, basis } = this.#problem;
    const question = { inputs, basis, tables: this.#tables, gates: this.#gatesAtLeast };
    return depth === undefined ? question : { ...question, depth };
  }

  async #ask(
    limits: { readonly gates?: number; readonly depth?: number },
    cnf: Cnf,
    all?: SolveOptions["all"],
  ) {
    const { gates, depth } = limits;
    const words = [
      gates === undefined ? "" : `${gates} gate${gates === 1 ? "" : "s"}`,
      depth === undefined ? "" : `depth ${depth}`,
    ];
    this.#options.onQuestion?.(words.filter(Boolean).join(", "));
    const begun = performance.now();
    const models = await this.#options.solver.solve(cnf, {
      signal: this.#signal,
      ...(all ? { all } : {}),
    });
    if (!all)
      this.#proof.push({
        ...limits,
        exists: models.length > 0,
        variables: cnf.variables,
        clauses: cnf.clauses,
        seconds: (performance.now() - begun) / 1000,
      });
    return models;
  }

  #found(circuit: Circuit): void {
    this.#circuit = this.#withAllOutputs(circuit);
    this.#minimal = true;
  }

  /** The circuit with one output for each table that was asked for, checked against them. */
  #withAllOutputs(circuit: Circuit): Circuit {
    const { inputs, tables } = this.#problem;
    const outputs = tables.map((table): CircuitOutput => {
      const normal = normalTable(table, inputs);
      const complement = normal !== table;
      if (normal === 0n) return { wire: constantWire, complement };
      const at = this.#tables.indexOf(normal);
      if (at >= 0) return { wire: circuit.outputs[at]!.wire, complement };
      return { wire: inputsOf(inputs).indexOf(normal), complement };
    });
    const whole = { ...circuit, outputs };
    if (!outputTables(whole).every((table, h) => table === tables[h]))
      throw new WorkError(
        `${this.#options.solver.name} gave a circuit that does not compute the function`,
      );
    return whole;
  }

  result(): Synthesis {
    const { objective, all } = this.#problem;
    return {
      solver: this.#options.solver.name,
      minimal: this.#minimal,
      gatesAtLeast: this.#gatesAtLeast,
      ...(objective === "depth" ? { depthAtLeast: this.#depthAtLeast } : {}),
      ...(this.#circuit ? { circuit: this.#circuit } : {}),
      ...(all !== undefined && this.#circuits
        ? { circuits: this.#circuits, complete: this.#complete }
        : {}),
      proof: this.#proof,
    };
  }
}

const inputsOf = (inputs: number): TruthTable[] =>
  Array.from({ length: inputs }, (_, j) => inputTable(inputs, j));

/** The function or its complement, whichever is 0 in row 0. */
const normalTable = (table: TruthTable, inputs: number): TruthTable =>
  table & 1n ? table ^ allOnes(inputs) : table;

/** The functions, normal and without repeats, that are no constants and no inputs. */
function gateTables({ tables, inputs }: SynthesisProblem): TruthTable[] {
  const normal = new Set(tables.map((table) => normalTable(table, inputs)));
  for (const trivial of [0n, ...inputsOf(inputs)]) normal.delete(trivial);
  return [...normal];
}

/** Number of inputs that a function depends on. */
function support(table: TruthTable, inputs: number): number {
  return inputsOf(inputs).filter((ones, j) => {
    const step = 1n << BigInt(1 << j);
    // Rows in which input j is 1, moved to where it is 0.
    return (table & ones) / step !== (table & (allOnes(inputs) ^ ones));
  }).length;
}
