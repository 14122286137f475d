/**
 * Where the state goes along ticks: to a fixed point, round a cycle of two, or on and on. A residual that goes to
 * zero is no test of having finished: cycles never meet it. Knutson et al. 2024 (arXiv 2410.03020).
 */
import type { Signature } from "../core/index.ts";
import { mean } from "../stats/index.ts";
import {
  type Inside,
  insideOf,
  mazeView,
  notApplicable,
  onlyMazes,
  perturbation,
  share,
} from "./maze/index.ts";

/** Change relative to the state's length below which two states are the same. */
const same = 1e-3;

/** Relative distance of the states after two ticks, by example. */
function distances({ states }: Inside, from: number, to: number, batch: number): number[] {
  const size = states[0]!.length / batch;
  const zero = new Float32Array(states[0]!.length);
  return Array.from({ length: batch }, (_, i) => {
    const length = perturbation(zero, states[to - 1]!, i, size);
    return perturbation(states[from - 1]!, states[to - 1]!, i, size) / Math.max(length, 1e-12);
  });
}

export const dynamics: Signature = {
  id: "dynamics",
  question: "Does the state come to rest, go round, or drift as ticks go by?",
  source: "Knutson et al. 2024 (arXiv 2410.03020)",
  unit: "share of mazes whose state is at a fixed point after the last tick",
  async supervised(subject, instances, { task, twin }) {
    const view = mazeView(task, instances.heldOut);
    if (!view) return notApplicable("dynamics", onlyMazes);
    const inside = subject.ticks === undefined ? undefined : await insideOf(subject, view);
    if (!inside || inside.ticks < 3)
      return notApplicable("dynamics", "the subject has no three ticks with hook points");
    const batch = view.mazes.length;
    const rests = (of: Inside) =>
      distances(of, of.ticks - 1, of.ticks, batch).map((distance) => distance < same);
    const resting = rests(inside);
    const returning = distances(inside, inside.ticks - 2, inside.ticks, batch).map(
      (distance) => distance < same,
    );
    const cycling = resting.map((rest, i) => !rest && returning[i]!);
    const twinInside = twin && (await insideOf(twin, view));
    const shares = (outcomes: readonly boolean[]) => ({
      ...share(outcomes),
      unit: "share of mazes",
    });
    return {
      signature: "dynamics",
      applicable: true,
      ...share(resting),
      unit: "share of mazes",
      n: batch,
      baselines: {
        "a state that never rests": 0,
        ...(twinInside && twinInside.ticks >= 3
          ? { "untrained twin": share(rests(twinInside)).value }
          : {}),
      },
      parts: {
        cycle: shares(cycling),
        drift: shares(resting.map((rest, i) => !rest && !cycling[i])),
      },
      series: {
        residual: Array.from({ length: inside.ticks - 1 }, (_, t) =>
          mean(distances(inside, t + 1, t + 2, batch)),
        ),
      },
    };
  },
};
