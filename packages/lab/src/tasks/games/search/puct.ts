/**
 * Monte-Carlo tree search that is guided by priors and values from outside: PUCT as in AlphaZero (Silver et al. 2018),
 * Q + c P sqrt(N) / (1 + n). Leaves are handed out in batches; a leaf that is out counts as a lost visit until its
 * evaluation comes back, so that the others go elsewhere.
 */
import { type Random, WorkError } from "../../../core/index.ts";
import { forMover, type Game, type Position } from "../game.ts";
import { gammaNoise } from "./noise.ts";
import { type SearchResult, Tree } from "./tree.ts";

/** What is thought of a position. */
export interface Evaluation {
  /** A weight of at least 0 for each move of the game; those of illegal moves are left out, and the rest is scaled to one. */
  readonly priors: ArrayLike<number>;
  /** For the player to move, from -1 to 1. */
  readonly value: number;
}

export interface PuctOptions {
  /** Constant of the exploration term; 1.25 if left out (as in AlphaZero's pseudocode at few visits). */
  readonly exploration?: number;
  /** Dirichlet noise in the priors of the root, for self-play. */
  readonly noise?: {
    readonly concentration: number;
    /** Part of the priors that is noise, e.g. 0.25. */
    readonly share: number;
    readonly random: Random;
  };
}

/** A leaf that waits for its evaluation. */
interface Waiting {
  readonly path: readonly number[];
  readonly position: Position;
}

/** A search that is fed step by step: `leaves`, then `update` with what was thought of them, and again. */
export class PuctSearch {
  readonly #game: Game;
  readonly #position: Position;
  readonly #options: PuctOptions;
  readonly #tree = new Tree();
  readonly #path: number[] = [];
  #waiting: Waiting[] = [];

  /** Searches from a position, of which the search takes a copy. */
  constructor(game: Game, position: Position, options: PuctOptions = {}) {
    this.#game = game;
    this.#position = position.copy();
    this.#options = options;
  }

  /** Simulations that have been finished. */
  get simulations(): number {
    return this.#tree.visits[0]! - this.#waiting.length;
  }

  /**
   * Runs up to `count` simulations as far as positions that nothing is known of, which it returns, to be read and not
   * played on; fewer where simulations end at the end of the game, or at a leaf that is already out.
   */
  leaves(count: number): readonly Position[] {
    if (this.#waiting.length > 0)
      throw new WorkError("leaves of this search still wait for update");
    for (let simulation = 0; simulation < count; simulation++) if (!this.#simulate()) break;
    return this.#waiting.map(({ position }) => position);
  }

  /** Takes the evaluations of the leaves that were handed out, in their order. */
  update(evaluations: readonly Evaluation[]): void {
    if (evaluations.length !== this.#waiting.length)
      throw new WorkError(
        `${this.#waiting.length} leaves wait for evaluation, but ${evaluations.length} came`,
      );
    this.#waiting.forEach(({ path, position }, i) => {
      const { priors, value } = evaluations[i]!;
      const node = path.at(-1) ?? 0;
      this.#tree.expand(node, position.moves());
      this.#setPriors(node, priors);
      // Each of the path had 1 taken in advance.
      this.#add(path, -value, 0, 1);
    });
    this.#waiting = [];
  }

  /** What has been found so far. */
  result(): SearchResult {
    return this.#tree.result(this.#game.moves);
  }

  /** One simulation; false, with nothing done, if it comes to a leaf that is out. */
  #simulate(): boolean {
    const tree = this.#tree;
    const position = this.#position;
    const path = this.#path;
    path.length = 0;
    let node = 0;
    while (tree.firstChild[node] !== 0) {
      node = this.#mostPromising(node);
      path.push(node);
      position.play(tree.move[node]!);
    }
    const { outcome, player } = position;
    // A leaf is visited before it is expanded only while it is out.
    const out = outcome === undefined && tree.visits[node]! > 0;
    if (outcome !== undefined) this.#add(path, -forMover(outcome, player), 1, 0);
    else if (!out) {
      this.#waiting.push({ path: [...path], position: position.copy() });
      this.#add(path, 0, 1, -1);
    }
    for (let depth = 0; depth < path.length; depth++) position.undo();
    return !out;
  }

  /** Adds visits and a value to a path: `value` is for who moved to its end, `extra` for whoever moved. */
  #add(path: readonly number[], value: number, visits: number, extra: number): void {
    const { visits: counts, total } = this.#tree;
    let signed = value;
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const node = path[depth]!;
      counts[node]! += visits;
      total[node]! += signed + extra;
      signed = -signed;
    }
    counts[0]! += visits;
    total[0]! += signed + extra;
  }

  #mostPromising(node: number): number {
    const { firstChild, children, visits, total, prior } = this.#tree;
    const first = firstChild[node]!;
    const last = first + children[node]!;
    const weight = (this.#options.exploration ?? 1.25) * Math.sqrt(visits[node]!);
    let best = first;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let child = first; child < last; child++) {
      const count = visits[child]!;
      const mean = count === 0 ? 0 : total[child]! / count;
      const bound = mean + (weight * prior[child]!) / (1 + count);
      if (bound > greatest) {
        greatest = bound;
        best = child;
      }
    }
    return best;
  }

  /** Priors of a node's children; equal ones stay where no legal move has weight. */
  #setPriors(node: number, priors: ArrayLike<number>): void {
    const { firstChild, children, move, prior } = this.#tree;
    const first = firstChild[node]!;
    const count = children[node]!;
    let sum = 0;
    for (let child = first; child < first + count; child++) sum += priors[move[child]!]!;
    if (sum > 0)
      for (let child = first; child < first + count; child++)
        prior[child] = priors[move[child]!]! / sum;
    const { noise } = this.#options;
    if (node !== 0 || !noise) return;
    const drawn = gammaNoise(count, noise.concentration, noise.random);
    for (let i = 0; i < count; i++)
      prior[first + i] = (1 - noise.share) * prior[first + i]! + noise.share * drawn[i]!;
  }
}

/** Evaluates positions all at once. */
export type Evaluate = (
  positions: readonly Position[],
) => readonly Evaluation[] | Promise<readonly Evaluation[]>;

/**
 * Runs a whole search, with up to `batch` leaves (1 if left out) to an evaluation. One that evaluates many positions at
 * once needs more simulations for the same strength: its choices are made with less known.
 */
export async function puct(
  game: Game,
  position: Position,
  evaluate: Evaluate,
  options: PuctOptions & { readonly simulations: number; readonly batch?: number },
): Promise<SearchResult> {
  const search = new PuctSearch(game, position, options);
  const { simulations, batch = 1 } = options;
  while (search.simulations < simulations) {
    const leaves = search.leaves(Math.min(batch, simulations - search.simulations));
    if (leaves.length > 0) search.update(await evaluate(leaves));
  }
  return search.result();
}

/** Thinks the same of every move, and nothing of the position. */
export const uniformEvaluation = (game: Game): Evaluation => ({
  priors: new Float64Array(game.moves).fill(1),
  value: 0,
});
