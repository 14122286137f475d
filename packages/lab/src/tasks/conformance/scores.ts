/** Checks of chance, optimum and reference against episodes that are really played. */
import type { Solver } from "../../core/index.ts";
import { playOnce } from "../play.ts";
import { demand, meanOf, type Specimen } from "./check.ts";

/** Standard errors by which a true value may miss a simulated one. */
const tolerance = 5;

/** The distribution is one: ascending values, probabilities that sum to one. */
export function chanceIsDistribution<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { family, parameters } = specimen;
  for (const instance of specimen.instances("distribution", 20)) {
    const { values, probabilities } = family.chance(parameters, instance);
    demand(values.length === probabilities.length, "chance has more values than probabilities");
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      demand(i === 0 || values[i]! > values[i - 1]!, "values of chance do not ascend");
      demand(probabilities[i]! >= 0, "a probability of chance is negative");
      sum += probabilities[i]!;
    }
    demand(Math.abs(sum - 1) < 1e-9, `probabilities of chance sum to ${sum}`);
  }
}

/** Totals of random episodes are values of chance, as often as it says. */
export function chanceMatchesPlay<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { family, parameters, rules } = specimen;
  const random = specimen.random("chance noise");
  const uniformly: Pick<Solver<I, S>, "begin"> = {
    begin: () => (_, noise) => Math.floor(noise * rules.actions),
  };
  const episodes = 4000;
  for (const instance of specimen.instances("chance", 4)) {
    const { values, probabilities } = family.chance(parameters, instance);
    const counts = new Float64Array(values.length);
    for (let episode = 0; episode < episodes; episode++) {
      const total = playOnce(rules, uniformly, instance, random);
      const at = values.findIndex((value) => Math.abs(value - total) < 1e-6);
      demand(
        at >= 0 && probabilities[at]! > 0,
        `a random episode earned ${total}: impossible by chance`,
      );
      counts[at] = counts[at]! + 1;
    }
    for (let i = 0; i < values.length; i++) {
      const p = probabilities[i]!;
      const frequency = counts[i]! / episodes;
      // Beside the standard error, room for a handful of events too rare for it.
      const room = tolerance * Math.sqrt((p * (1 - p)) / episodes) + tolerance / episodes;
      demand(
        Math.abs(frequency - p) <= room,
        `a total of ${values[i]} occurs with frequency ${frequency} where chance says ${p}`,
      );
    }
  }
}

/** The reference beats chance, keeps below the optimum, and earns what it is said to. */
export function referenceIsEarned<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { family, parameters } = specimen;
  const { solver: id, expected, exact } = family.reference(parameters);
  const solver = family.solvers(parameters).find((candidate) => candidate.id === id);
  demand(solver !== undefined, `the reference solver ${id} is not among the solvers`);
  const best = family.optimum(parameters);
  demand(
    expected <= best + 1e-9 * Math.abs(best),
    `the reference earns ${expected}, above ${best}`,
  );
  const [first] = specimen.instances("reference", 1);
  const { values, probabilities } = family.chance(parameters, first!);
  const chance = values.reduce((sum, value, i) => sum + value * probabilities[i]!, 0);
  demand(
    expected > chance || best <= chance + 1e-9,
    `the reference earns ${expected} of chance ${chance}`,
  );
  if (!exact) return;
  const { mean, error } = measured(specimen, solver, 4000);
  demand(
    Math.abs(mean - expected) <= tolerance * error + 1e-9 * Math.abs(expected),
    `the reference earned ${mean} (standard error ${error}) where ${expected} is claimed`,
  );
}

/** No solver earns more than the optimum, and every one plays actions that exist. */
export function solversAreLegal<P, I, S>(specimen: Specimen<P, I, S>): void {
  const { family, parameters, rules } = specimen;
  const solvers = family.solvers(parameters);
  demand(new Set(solvers.map(({ id }) => id)).size === solvers.length, "two solvers share an id");
  const best = family.optimum(parameters);
  for (const solver of solvers) {
    const checked: Pick<Solver<I, S>, "begin"> = {
      begin(instance) {
        const decide = solver.begin(instance);
        return (state, noise) => {
          const action = decide(state, noise);
          const legal = Number.isInteger(action) && action >= 0 && action < rules.actions;
          demand(legal, `solver ${solver.id} answers ${action}, which is no action`);
          return action;
        };
      },
    };
    const { mean, error } = measured(specimen, checked, 500);
    const most = best + tolerance * error + 1e-9 * Math.abs(best);
    demand(mean <= most, `solver ${solver.id} earned ${mean}, above the optimum ${best}`);
  }
}

function measured<P, I, S>(
  specimen: Specimen<P, I, S>,
  solver: Pick<Solver<I, S>, "begin">,
  episodes: number,
) {
  const random = specimen.random("solver noise");
  const instances = specimen.instances("solver", episodes);
  return meanOf(instances.map((i) => playOnce(specimen.rules, solver, i, random)));
}
