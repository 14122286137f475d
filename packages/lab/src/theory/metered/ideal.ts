/** What P bits of selection can give at the most, to first order in their number: the theory of the metered optimizer. */
import { InputError } from "../../core/index.ts";
import { rateBits } from "../power/index.ts";
import { entryChance, type Fitness, type GenomeSpace } from "./genome.ts";

/** The best use of a power of P bits; bits per instance. */
export interface IdealGenome {
  readonly x: number;
  /** What entries add to the score; in the average form this is 1 for random entries of unlimited length, not 0. */
  readonly tunedBits: number;
  readonly score: number;
}

/**
 * Maximizes the score over gene levels that P affords, the rest of P going into entries.
 *
 * `worst`: every entry gets floor((P - f(x)) / N) bits, so this is the toy model in whole halvings. `average`:
 * the mean over entries may reach the m whose rate is I(m) = (P - f(x)) / N (Cramer): not m = (P - f(x)) / N,
 * because there are many ways to be lucky in some entries. The toy model's linear exchange of bits for score
 * is exact in the worst case and approached in the average case as entries fill up.
 * @throws InputError for a negative power.
 */
export function idealGenome(space: GenomeSpace, power: number, fitness: Fitness): IdealGenome {
  if (!(power >= 0))
    throw new InputError(
      `the power of a selection is a number of bits of at least 0, not ${power}`,
    );
  let best: IdealGenome | undefined;
  for (const { x, loci } of space.levels) {
    if (loci > power) break;
    const bits = (power - loci) / space.instances;
    const room = space.ceiling - x;
    const tunedBits =
      fitness === "worst" ? Math.min(room, Math.floor(bits)) : meanAtRate(bits, room);
    const score = x + tunedBits;
    if (!best || score > best.score + 1e-12) best = { x, tunedBits, score };
  }
  return best!;
}

/** The mean of entries with `room` loci whose rate is `bits`, by bisection; all of the room where the rate never gets there. */
function meanAtRate(bits: number, room: number): number {
  if (room === 0 || bits >= room) return room;
  const chance = entryChance(room);
  let low = chance.values.reduce((sum, t, i) => sum + t * chance.probabilities[i]!, 0);
  let high = room;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (rateBits(middle, chance) <= bits) low = middle;
    else high = middle;
  }
}
