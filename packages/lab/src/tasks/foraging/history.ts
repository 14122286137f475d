/** A population through the seasons. */
import { type Key, Random, split } from "../../core/index.ts";
import { type Inheritance, reproduce } from "./births.ts";
import { plasticShare, roomFor, settle } from "./organisms.ts";
import { liveSeason, type Metabolism, type SeasonReport } from "./season.ts";
import { choicesOf, foragingWorld, type WorldOptions } from "./world.ts";

export interface ForagingOptions extends WorldOptions, Metabolism, Omit<Inheritance, "fertility"> {
  /** Most organisms that the world has room for. */
  readonly capacity: number;
  readonly seasons: number;
}

export interface SeasonOf extends SeasonReport {
  /** Share of organisms with a nervous system, in this season. */
  readonly plastic: number;
  readonly count: number;
}

/** Young of an organism that lives on good meals alone: where all find nothing, each still has one. */
const mostYoung = 2;

/**
 * The seasons, begun with fixed organisms that are right in every environment; it ends early when all have died.
 * Randomness of a season depends on the key and its number alone.
 */
export function* forage(options: ForagingOptions, key: Key): Generator<SeasonOf> {
  const world = foragingWorld(options, split(key, "world"));
  const choices = choicesOf(options);
  const fertility = mostYoung / (options.base + options.gain);
  const energies = new Float64Array(options.capacity);
  let organisms = roomFor(options.capacity, options.environments);
  let young = roomFor(options.capacity, options.environments);
  settle(organisms, world.good);
  for (let season = 0; season < options.seasons && organisms.count > 0; season++) {
    const random = new Random(split(key, "season", season));
    const report = liveSeason(world, organisms, season, options, random, energies);
    yield { ...report, plastic: plasticShare(organisms), count: organisms.count };
    reproduce(organisms, energies, choices, { ...options, fertility }, random, young);
    [organisms, young] = [young, organisms];
  }
}
