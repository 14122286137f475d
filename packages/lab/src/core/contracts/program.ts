/** The contract between languages of programs and the base optimizers that search them. */

/**
 * A program, or a part of one, in prefix notation: each byte is the place of a production in its language's list,
 * and its arguments follow it.
 */
export type Program = Uint8Array;

/** One way to make a term of a sort from terms of other sorts. */
export interface Production {
  readonly name: string;
  /** Sort that it makes. */
  readonly sort: number;
  /** Sorts of its arguments, in order. */
  readonly args: readonly number[];
  /** Length of its code word in bits; infinite where the language lacks it. */
  readonly bits: number;
}

/** A context-free language whose terms have exact description lengths: the code words of a sort are prefix-free. */
export interface ProgramLanguage {
  readonly id: string;
  /** Sort of whole programs. */
  readonly root: number;
  readonly productions: readonly Production[];
}

/** How a program did on the instances of a task. */
export interface ProgramScore {
  /** What is climbed: larger is better. */
  readonly score: number;
  /** Whether every instance is solved. */
  readonly solved: boolean;
  /** Primitives executed, over all instances. */
  readonly steps: number;
}

/** A task as local search and genetic programming see it. */
export interface ProgramTask {
  readonly language: ProgramLanguage;
  score(program: Program): ProgramScore;
}

/**
 * A task as exhaustive search sees it: terms are assembled from the code of their parts, and run without
 * allocation.
 */
export interface EnumerableTask {
  readonly language: ProgramLanguage;
  /**
   * Writes the code of a production applied to parts (`starts[i]` to `ends[i]` of `words`) into `out` from `at`.
   * @returns where the code ends.
   */
  emit(
    production: number,
    words: Uint16Array,
    starts: ArrayLike<number>,
    ends: ArrayLike<number>,
    out: Uint16Array,
    at: number,
  ): number;
  /**
   * Whether the whole program solves every instance within the task's fuel, and all together in no more than
   * `budget` steps if that is given; stops at the first that it does not solve. `words[length]` is overwritten.
   */
  solves(words: Uint16Array, length: number, budget?: number): boolean;
  /** No program solves every instance in fewer steps than this. */
  readonly leastSteps: number;
  /** Steps of the last call of `solves`, over the instances that were run. */
  readonly steps: number;
  /** Runs of a program or a part of one on one instance or state, so far. */
  readonly runs: number;
  /** Whether a production's meaning depends on more than the states that `observe` goes through. */
  hidden(production: number): boolean;
  /** Whether nothing that follows this production in a sequence is ever reached. */
  final(production: number): boolean;
  /**
   * Runs a term without hidden productions from every state: what it does (`effects`) and how long it takes
   * (`steps`). Two terms with equal effects, the one never slower than the other, can be exchanged in any program.
   */
  observe(sort: number, words: Uint16Array, length: number): Observation;
}

/** Arrays that are valid until the next call. */
export interface Observation {
  /** What the term does from each state; words beyond `size` mean nothing. */
  readonly effects: Int32Array;
  readonly size: number;
  /** Steps from each state. */
  readonly steps: Int32Array;
}
