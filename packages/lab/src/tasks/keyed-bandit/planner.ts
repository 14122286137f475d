/** The Bayes-optimal policy as a solver: it looks one pull ahead in the values of `BayesPlan`. */
import { BayesPlan, TooManyStates } from "./bayes.ts";
import { pickLargest } from "./belief.ts";
import type { BanditParameters } from "./parameters.ts";
import type { BanditState } from "./rules.ts";
import type { BanditSolver } from "./solvers.ts";

const kept = 8;
const plans = new Map<string, BayesPlan | undefined>();

/** The plan for these parameters, made on first use; undefined where it would need too many states. */
export function planOf(parameters: BanditParameters): BayesPlan | undefined {
  const { arms, steps, best, others } = parameters;
  const name = `${arms} ${steps} ${best} ${others}`;
  if (plans.has(name)) return plans.get(name);
  const oldest = plans.keys().next();
  if (plans.size >= kept && !oldest.done) plans.delete(oldest.value);
  const plan = tryPlan(parameters);
  plans.set(name, plan);
  return plan;
}

function tryPlan(parameters: BanditParameters): BayesPlan | undefined {
  try {
    return new BayesPlan(parameters);
  } catch (error) {
    if (error instanceof TooManyStates) return undefined;
    throw error;
  }
}

/** Best play on a new instance. */
export function bayesSolver(parameters: BanditParameters, plan: BayesPlan): BanditSolver {
  return {
    id: "bayes",
    title: "Bayes-optimal policy",
    knows: "observations",
    description:
      "Pulls the arm with the largest expected reward to come under best play thereafter, by exact dynamic " +
      "programming over counts (Bellman 1956), p and q being known.",
    begin() {
      const episode = new PlannedEpisode(parameters, plan);
      return (observed, noise) => episode.pull(observed, noise);
    },
  };
}

/** What one episode has shown, as the plan counts it. */
class PlannedEpisode {
  readonly #parameters: BanditParameters;
  readonly #plan: BayesPlan;
  /** Level of each arm; meaningless for closed arms. */
  readonly #levels: Int32Array;
  readonly #closed: Uint8Array;
  #certain = -1;

  constructor(parameters: BanditParameters, plan: BayesPlan) {
    this.#parameters = parameters;
    this.#plan = plan;
    this.#levels = new Int32Array(parameters.arms);
    this.#closed = new Uint8Array(parameters.arms);
  }

  pull(observed: BanditState, noise: number): number {
    this.#see(observed);
    if (this.#certain >= 0) return this.#certain;
    const { arms, steps } = this.#parameters;
    const open = this.#levels.filter((_, arm) => this.#closed[arm] === 0);
    // Every arm excluded: the feedback was withheld or was another instance's.
    if (open.length === 0) return Math.floor(noise * arms);
    const sorted = open.sort().reverse();
    const worth = new Map<number, number>();
    for (let at = 0; at < sorted.length; at++)
      if (!worth.has(sorted[at]!))
        worth.set(
          sorted[at]!,
          this.#plan.quality(steps - observed.step, sorted, sorted.length, at),
        );
    const qualities = Array.from(this.#levels, (level, arm) =>
      this.#closed[arm] ? Number.NEGATIVE_INFINITY : worth.get(level)!,
    );
    return pickLargest(qualities, noise);
  }

  #see({ action, reward }: BanditState): void {
    if (action < 0) return;
    const { best, others } = this.#parameters;
    if (reward > 0) {
      if (others === 0) this.#certain = action;
      this.#levels[action] = this.#levels[action]! + this.#plan.win;
    } else {
      if (best === 1) this.#closed[action] = 1;
      this.#levels[action] = this.#levels[action]! - 1;
    }
  }
}
