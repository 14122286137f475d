/** The world: kinds of environment that come one after another, each with one food that nourishes, in one place. */
import { type Key, Random } from "../../core/index.ts";

export interface ForagingWorld {
  /** E: kinds of environment that a lineage meets. Season t is that of kind t modulo E. */
  readonly environments: number;
  readonly foods: number;
  readonly places: number;
  /** Foraging steps in a life, which lasts one season. */
  readonly steps: number;
  /** By environment: the choice that nourishes, food times places plus place. */
  readonly good: Uint8Array;
}

export interface WorldOptions {
  readonly environments: number;
  readonly foods: number;
  readonly places: number;
  readonly steps: number;
}

/** Choices of an organism at a step: which food, and where to look for it. */
export const choicesOf = ({ foods, places }: Pick<WorldOptions, "foods" | "places">): number =>
  foods * places;

/** A world in which the good food and its place are drawn for each environment on its own. */
export function foragingWorld(options: WorldOptions, key: Key): ForagingWorld {
  const random = new Random(key);
  const choices = choicesOf(options);
  const good = Uint8Array.from({ length: options.environments }, () => random.integer(choices));
  return { ...options, good };
}

/**
 * Share of good meals in the life of an organism that learns and whose inherited choice is wrong: it tries that and
 * then the others in turn, A / 2 failures on the average, and stays with the first that nourishes.
 * @throws nothing, but means something only for lives of at least A steps.
 */
export const recoveredShare = (world: Pick<WorldOptions, "foods" | "places" | "steps">): number =>
  1 - choicesOf(world) / 2 / world.steps;
