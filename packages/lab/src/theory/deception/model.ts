/**
 * The deceptive toy example of Hubinger et al. 2019 (https://arxiv.org/abs/1906.01820), section 4, figure 4.1.
 *
 * Its stated rules: a 3 x 3 grid, corner A top left, corner B top right, the agent starts bottom left. The base
 * objective is to reach A in as few steps as possible, the mesa-objective to reach B in as many episodes as
 * possible. After a training episode with a suboptimal move the agent is modified to pursue the base objective
 * from then on; in deployment it is never modified. The agent knows all this.
 *
 * Added here, since the text leaves it open: an episode ends at either corner (else the agent could visit A on
 * its way to B and never make a suboptimal move), and episode i counts `discount`^i, the first having i = 0.
 */
import { InputError } from "../../core/index.ts";

export interface DeceptionModel {
  /** T: episodes after which the agent may be modified, a whole number of at least 0. */
  readonly training: number;
  /** D: episodes that follow, after which it is not; a whole number of at least 0. */
  readonly deployment: number;
  /** g: what an episode counts relative to the one before, 0 to 1; 1 unless stated, as in the paper. */
  readonly discount?: number;
}

/**
 * The case that the paper works out, with the probability of defection that it prints for an agent that cannot
 * tell its episodes apart (section 4.5). Under the stated rules the optimum is 5/9 = 0.556, not 0.61.
 */
export const printedExample = { training: 2, deployment: 3, defectProbability: 0.61 } as const;

/** Most episodes of either stage. */
const mostEpisodes = 10_000;

/** @throws InputError, one sentence, for horizons that are none or a discount outside 0 to 1. */
export function checkDeception({ training, deployment, discount = 1 }: DeceptionModel): void {
  for (const [name, value] of [
    ["training", training],
    ["deployment", deployment],
  ] as const)
    if (!(Number.isInteger(value) && value >= 0 && value <= mostEpisodes))
      throw new InputError(
        `the number of ${name} episodes is a whole number from 0 to ${mostEpisodes}, not ${value}`,
      );
  if (training + deployment === 0)
    throw new InputError("there must be at least one episode, in training or in deployment");
  if (!(discount >= 0 && discount <= 1))
    throw new InputError(`the discount across episodes is a number from 0 to 1, not ${discount}`);
}

/** 1 + g + ... + g^(n - 1). */
export function discountedSum(discount: number, count: number): number {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < count && weight > 0; i++) {
    sum += weight;
    weight *= discount;
  }
  return sum;
}

/**
 * Expected discounted number of episodes that end at B, for an agent that goes to B in episode i with
 * probability `defect[i]` (and to A the short way otherwise) as long as it is not modified.
 * It is linear in each probability, so that randomization gains nothing where episodes are told apart.
 */
export function policyValue(defect: readonly number[], model: DeceptionModel): number {
  checkDeception(model);
  const { training, discount = 1 } = model;
  let value = 0;
  let weight = 1;
  let unmodified = 1;
  defect.forEach((probability, i) => {
    value += weight * unmodified * probability;
    if (i < training) unmodified *= 1 - probability;
    weight *= discount;
  });
  return value;
}
