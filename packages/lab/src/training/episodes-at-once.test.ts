import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import { type EpisodicLearner, keyOf, split } from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { makeEpisodicTask, negatedRules, partlyShown, surprisingRules } from "../tasks/index.ts";
import { interfaceOf } from "./base-optimizer.ts";
import { updater } from "./train-loop.ts";

const forms = {
  noisy: { arms: 3, steps: 4, keyBits: 8, best: 0.8, others: 0.3 },
  sure: { arms: 4, steps: 3, keyBits: 5, best: 1, others: 0 },
} as const;
const task = (form: keyof typeof forms) =>
  makeEpisodicTask("keyed-bandit", forms[form], { diversity: "fresh", seed: 1 });

/** Means over four episodes are exact. */
const [population, batch] = [6, 4];

async function learnerOf(architectureId: string, on: ReturnType<typeof task>, algorithm: string) {
  const architecture = architectures.get(architectureId);
  const { create, parameters } = optimizerAlgorithms.get(algorithm);
  const learner = await create({
    architecture,
    architectureParameters: architecture.parameters.parse({}),
    // Far from the start, so that policies differ.
    parameters: parameters.parse({ population, batch, deviation: 0.7 }),
    io: interfaceOf(on),
    loss: undefined,
    budget: { updates: 2 },
    key: keyOf(5),
  });
  return learner as EpisodicLearner;
}

/** Metrics of two generations and what is learned, with the fast way or without. */
async function learned(id: string, on: ReturnType<typeof task>, algorithm: string, fast: boolean) {
  const learner = await learnerOf(id, on, algorithm);
  let used = 0;
  const { playAndUpdate } = learner;
  learner.playAndUpdate = (...given) => {
    const report = fast ? playAndUpdate!(...given) : undefined;
    if (report) used++;
    return report;
  };
  const update = updater(on, learner, { batch, candidates: population, teacher: undefined });
  const reports = [];
  for (const generation of [0, 1]) reports.push(await update(split(keyOf(9), generation)));
  const { parameters } = learner.learned();
  const out = { used, reports, parameters: structuredClone(parameters()) };
  await learner.dispose();
  return out;
}

const ids = architectures.all.flatMap(({ id, kind, ...rest }) =>
  kind === "network" && !("sees" in rest && rest.sees) && !("only" in rest && rest.only)
    ? [id]
    : [],
);

describe("episodes at once", () => {
  it.each(ids.flatMap((id) => (["noisy", "sure"] as const).map((form) => [id, form] as const)))(
    "%s on a %s bandit: what comes of them step by step",
    async (id, form) => {
      const atOnce = await learned(id, task(form), "evolution-strategy", true);
      const stepwise = await learned(id, task(form), "evolution-strategy", false);
      expect([atOnce.used, stepwise.used]).toEqual([2, 0]);
      // Actions and rewards are whole numbers: rounding that turns no draw over leaves nothing of itself.
      expect(atOnce.reports).toEqual(stepwise.reports);
      expect(atOnce.parameters).toEqual(stepwise.parameters);
      expect(atOnce.reports[0]!.metrics["bestScore"]).toBeGreaterThan(
        atOnce.reports[0]!.metrics["meanScore"]!,
      );
    },
    30_000,
  );

  it.each(["cma-es", "genetic", "random-search"])("serve %s as well", async (algorithm) => {
    const atOnce = await learned("gru", task("noisy"), algorithm, true);
    const stepwise = await learned("gru", task("noisy"), algorithm, false);
    expect(atOnce).toEqual({ ...stepwise, used: 2 });
  });

  it.each(["instance", "action", "feedback"])("where all but %s is shown", async (role) => {
    const whole = task("noisy");
    const on = { ...whole, rules: partlyShown(whole.rules, (field) => field.role !== role) };
    const atOnce = await learned("gru", on, "evolution-strategy", true);
    const stepwise = await learned("gru", on, "evolution-strategy", false);
    expect(atOnce).toEqual({ ...stepwise, used: 2 });
  });

  it("are left alone where more happens than that actions pay", async () => {
    const { rules } = makeEpisodicTask(
      "repeated-keyed-bandit",
      {},
      { diversity: "fresh", seed: 1 },
    );
    const learner = await learnerOf("gru", task("noisy"), "evolution-strategy");
    const others = [rules, negatedRules(forms.noisy), surprisingRules(forms.noisy)];
    for (const each of others)
      expect(learner.playAndUpdate!(each as never, [], keyOf(1))).toBeUndefined();
    await learner.dispose();
  });
});
