/** One episode without machinery, for reference values and checks that need many of them. */
import type { EpisodicRules, Random, Solver } from "../core/index.ts";

/** Total reward of a solver on one instance; takes two numbers a step from the stream. */
export function playOnce<I, S>(
  rules: EpisodicRules<I, S>,
  solver: Pick<Solver<I, S>, "begin">,
  instance: I,
  random: Random,
): number {
  const decide = solver.begin(instance);
  let state = rules.initial(instance);
  let total = 0;
  for (let step = 0; step < rules.horizon && !rules.terminated(state); step++) {
    const action = decide(state, random.uniform());
    state = rules.transition(instance, state, action, random.uniform());
    total += rules.reward(state);
  }
  return total;
}
