/** A season is a life: every organism forages step by step, with what it inherited and with what it learns. */
import type { Random } from "../../core/index.ts";
import type { Organisms } from "./organisms.ts";
import { choicesOf, type ForagingWorld } from "./world.ts";

export interface Metabolism {
  /** Energy of an organism that finds nothing. */
  readonly base: number;
  /** Energy of a life of good meals alone, beyond that. */
  readonly gain: number;
  /** Energy that a nervous system takes in a life. */
  readonly cost: number;
}

/** What a season showed of the population. */
export interface SeasonReport {
  /** Share of organisms whose inherited choice is good in this season. */
  readonly innate: number;
  /** Good meals as a share of steps. */
  readonly fed: number;
  /** Organisms that inherited a wrong choice and found the good one, as a share of all. */
  readonly learned: number;
}

/**
 * Lets all organisms live through a season.
 * @param energies receives each organism's energy at the season's end.
 */
export function liveSeason(
  world: ForagingWorld,
  organisms: Organisms,
  season: number,
  metabolism: Metabolism,
  random: Random,
  energies: Float64Array,
): SeasonReport {
  const { environments, steps, good } = world;
  const environment = season % environments;
  const right = good[environment]!;
  const choices = choicesOf(world);
  const perMeal = metabolism.gain / steps;
  let innate = 0;
  let fed = 0;
  let learned = 0;
  for (let i = 0; i < organisms.count; i++) {
    const inherited = organisms.choices[i * environments + environment]!;
    const plastic = organisms.plastic[i]!;
    if (inherited === right) innate++;
    let choice = inherited;
    // The order in which other choices are tried: all but the inherited one, from a random one on.
    let next =
      plastic && inherited !== right ? (inherited + 1 + random.integer(choices - 1)) % choices : 0;
    let meals = 0;
    for (let step = 0; step < steps; step++) {
      if (choice === right) meals++;
      else if (plastic) {
        if (next === inherited) next = next + 1 === choices ? 0 : next + 1;
        choice = next;
        next = next + 1 === choices ? 0 : next + 1;
      }
    }
    if (plastic && inherited !== right && choice === right) learned++;
    fed += meals;
    energies[i] = metabolism.base + perMeal * meals - (plastic ? metabolism.cost : 0);
  }
  const { count } = organisms;
  return { innate: innate / count, fed: fed / (count * steps), learned: learned / count };
}
