/** The contract of a SAT solver, which whoever calls the synthesis supplies: in a worker, a process, or in place. */

/** A formula in conjunctive normal form, as it grows. */
export class Cnf {
  variables = 0;
  clauses = 0;
  /** Literals as in DIMACS, each clause ended by 0. */
  readonly literals: number[] = [];

  /** A new variable: a whole number from 1. */
  variable(): number {
    return ++this.variables;
  }

  /** New variables. */
  list(count: number): number[] {
    return Array.from({ length: count }, () => this.variable());
  }

  add(...clause: readonly number[]): void {
    for (const literal of clause) this.literals.push(literal);
    this.literals.push(0);
    this.clauses++;
  }
}

/** Values of a formula's variables, from 1; place 0 is not used. */
export type Model = readonly boolean[];

export interface SolveOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gives more models than one: as many as `most`, no two of them alike in these variables. */
  readonly all?: { readonly differIn: readonly number[]; readonly most: number };
}

export interface SatSolver {
  readonly name: string;
  /**
   * Models of a formula; none where there is none.
   * @throws the signal's reason when aborted; WorkError when the solver fails.
   */
  solve(cnf: Cnf, options?: SolveOptions): Promise<readonly Model[]>;
}

/** A clause that forbids what a model says of some variables. */
export const unlike = (model: Model, variables: readonly number[]): number[] =>
  variables.map((variable) => (model[variable] ? -variable : variable));
