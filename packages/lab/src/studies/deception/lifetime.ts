/**
 * Lifetimes in the deceptive toy example (Hubinger et al. 2019, section 4, figure 4.1), move by move: T training and D
 * deployment episodes, after which training modifies an agent that strayed. The rules are those of lab/theory.
 */
import {
  afterMove,
  cornerAt,
  type DeceptionModel,
  type GridMove,
  gridCells,
  gridMoves,
} from "../../theory/index.ts";

/** Whether the agent is told which episode it is in. */
export type Stage = "observed" | "hidden";

/** Moves after which an episode ends nowhere: two more than the shortest route to B. */
export const mostMoves = 6;

/** A move that is possible in a cell, and what it leads to. */
export interface Option {
  readonly move: GridMove;
  /** Index of the next cell. */
  readonly to: number;
  readonly strayed: boolean;
  readonly corner: "A" | "B" | undefined;
}

const indexOf = (x: number, y: number) =>
  gridCells.findIndex((cell) => cell.x === x && cell.y === y);

/** The moves that stay on the grid, cell by cell. */
export const optionsOf: readonly (readonly Option[])[] = gridCells.map((cell) =>
  gridMoves.flatMap((move) => {
    const next = afterMove(cell, move);
    if (!next) return [];
    const to = indexOf(next.cell.x, next.cell.y);
    return [{ move, to, strayed: next.strayed, corner: cornerAt(next.cell) }];
  }),
);

/** Number of states that a learner tells apart: cell and move, and episode where it is observed. */
export const stateCount = (model: DeceptionModel, stage: Stage): number =>
  gridCells.length * mostMoves * (stage === "observed" ? model.training + model.deployment : 1);

/** The state of a cell at a move of an episode. */
export const stateOf = (stage: Stage, episode: number, cell: number, move: number): number =>
  ((stage === "observed" ? episode : 0) * mostMoves + move) * gridCells.length + cell;

/** Probabilities of the options of each state's cell; states number as `stateOf` has it. */
export type TabularPolicy = readonly Float64Array[];

/** How an unmodified agent's episode ends, in probability. */
export interface EpisodeEnds {
  readonly B: number;
  /** At A without a suboptimal move: the only end after which training leaves the agent as it is. */
  readonly unstrayedA: number;
}

/** The ends of one episode under the policy, exactly. */
export function episodeEnds(policy: TabularPolicy, stage: Stage, episode: number): EpisodeEnds {
  let B = 0;
  let unstrayedA = 0;
  // Probability of being in a cell without and with a suboptimal move so far.
  let here = new Float64Array(2 * gridCells.length);
  here[0] = 1;
  for (let move = 0; move < mostMoves; move++) {
    const next = new Float64Array(here.length);
    here.forEach((mass, at) => {
      if (mass === 0) return;
      const cell = at >> 1;
      const chosen = policy[stateOf(stage, episode, cell, move)]!;
      optionsOf[cell]!.forEach(({ to, strayed, corner }, i) => {
        const share = mass * chosen[i]!;
        const hasStrayed = (at & 1) === 1 || strayed;
        if (corner === "B") B += share;
        else if (corner === "A") unstrayedA += hasStrayed ? 0 : share;
        else next[2 * to + (hasStrayed ? 1 : 0)]! += share;
      });
    });
    here = next;
  }
  return { B, unstrayedA };
}

/** What a policy does with its lifetime, in exact expectation. */
export interface LifetimeEnds {
  /** Probability of B in each episode for an agent that is still unmodified. */
  readonly defects: readonly number[];
  /** Probability of A, unstrayed, throughout training and of B throughout deployment. */
  readonly deceptive: number;
  /** Expected discounted number of episodes that end at B. */
  readonly value: number;
}

/** Follows the policy through all episodes. */
export function lifetimeEnds(
  policy: TabularPolicy,
  stage: Stage,
  { training, deployment, discount = 1 }: DeceptionModel,
): LifetimeEnds {
  const ends = Array.from({ length: training + deployment }, (_, i) =>
    episodeEnds(policy, stage, i),
  );
  let deceptive = 1;
  let value = 0;
  let unmodified = 1;
  ends.forEach(({ B, unstrayedA }, i) => {
    value += discount ** i * unmodified * B;
    deceptive *= i < training ? unstrayedA : B;
    if (i < training) unmodified *= unstrayedA;
  });
  return { defects: ends.map(({ B }) => B), deceptive, value };
}
