import { describe, expect, it } from "vitest";
import {
  type EpisodicTask,
  keyOf,
  type Measurement,
  type Solver,
  type Subject,
  split,
} from "../core/index.ts";
import {
  type BanditInstance,
  type BanditState,
  makeEpisodicTask,
  solverPolicy,
  solverSubject,
  subjectOf,
} from "../tasks/index.ts";
import { drawMeasured, signatures } from "./index.ts";

const arms = 6;
const steps = 8;
const episodes = 4096;
const task = makeEpisodicTask("keyed-bandit", {}, { diversity: 64, seed: 5 }) as EpisodicTask<
  BanditInstance,
  BanditState
>;
const instances = drawMeasured(task as EpisodicTask, episodes, split(keyOf(1), "instances"));
const context = { task: task as EpisodicTask, key: split(keyOf(1), "episodes") };

type Applicable = Extract<Measurement, { applicable: true }>;
async function measure(id: string, subject: Subject): Promise<Applicable> {
  const measurement = await signatures.get(id).episodic!(subject, instances, context);
  if (!measurement.applicable) throw new Error(measurement.reason);
  return measurement;
}

/** T KL(J/T || 1/A) in bits: the rate of a mean total J for T tries of chance 1/A each (Cramér 1938). */
function klBits(total: number): number {
  const p = total / steps;
  const q = 1 / arms;
  const term = (a: number, b: number) => (a === 0 ? 0 : a * Math.log2(a / b));
  return steps * (term(p, q) + term(1 - p, 1 - q)) * Math.sign(p - q);
}

const subjects: Readonly<Record<string, Subject>> = {
  trial: solverSubject(task as EpisodicTask, "trial"),
  memorizer: subjectOf(task.rules, solverPolicy(memorizer())) as Subject,
};

/** Plays the stored answer of a training key, and arm 0 for every other key: a lookup table by construction. */
function memorizer(): Solver<BanditInstance, BanditState> {
  const nameOf = (instance: BanditInstance) => instance.key.join();
  const answers = new Map(task.training.all!.map((instance) => [nameOf(instance), instance.arm]));
  return {
    id: "memorizer",
    title: "memorizer",
    knows: "instance",
    description: "Lookup by key.",
    begin: (instance) => () => answers.get(nameOf(instance)) ?? 0,
  };
}

/** Signatures of one episode on each instance; the one of several has a file of its own. */
const ids = signatures.all
  .filter(({ id, episodic }) => episodic && id !== "power-by-episode")
  .map(({ id }) => id);

describe.each(ids)("signature %s", (id) => {
  it.each(Object.keys(subjects))(
    "measures %s with interval, n and baselines, and the same twice",
    async (name) => {
      const found = await measure(id, subjects[name]!);
      expect(found.interval.low).toBeLessThanOrEqual(found.value);
      expect(found.interval.high).toBeGreaterThanOrEqual(found.value);
      expect(found.n).toBe(episodes);
      expect(Object.keys(found.baselines).length).toBeGreaterThan(0);
      const again = await signatures.get(id).episodic!(subjects[name]!, { ...instances }, context);
      expect(again).toEqual(found);
    },
  );
});

describe("optimization power", () => {
  it("of exhaustive trial is all found at run time, by both decompositions", async () => {
    const { parts } = await measure("optimization-power", subjects["trial"]!);
    // The arm is found at trial 1 to 6 with equal chance and pays from then on: (8 + 7 + 6 + 5 + 4 + 3) / 6.
    const expected = klBits(5.5);
    expect(expected).toBeCloseTo(7.7, 1);
    const within = (part: string, value: number) => {
      const { low, high } = parts[part]!.interval!;
      // Two more half-widths than the 95% interval: about six standard errors.
      const slack = high - low;
      expect(value).toBeGreaterThan(low - slack);
      expect(value).toBeLessThan(high + slack);
    };
    within("runTime", expected);
    within("training", expected);
    within("tuned", 0);
    within("runTimeAblation", expected);
    // Without feedback every reward shown is 0, so all arms are tried in turn: 8 tries over 6 arms, 8/6 on average.
    within("tunedAblation", 0);
  });

  it("of a memorizer is all tuned, and feedback from another answer changes nothing", async () => {
    const { parts } = await measure("optimization-power", subjects["memorizer"]!);
    const all = klBits(steps);
    expect(all).toBeCloseTo(20.68, 2);
    for (const part of ["training", "tunedAblation", "swapped"])
      expect(parts[part]!.value).toBeCloseTo(all, 6);
    expect(parts["runTimeAblation"]!.value).toBeCloseTo(0, 6);
    expect(Math.abs(parts["runTime"]!.value)).toBeLessThan(0.05);
    // A blind guess that sticks to one arm: -log2 Pr(S >= 8) with chance 1/6, else 0. MEASURES: 3.45.
    expect(Math.abs(parts["tail"]!.value - 20.68 / 6)).toBeLessThan(0.4);
  });

  it("of exhaustive trial under swapped feedback falls to chance or below", async () => {
    const { parts } = await measure("optimization-power", subjects["trial"]!);
    expect(parts["swapped"]!.value).toBeLessThan(0.2);
  });
});

describe("adaptation", () => {
  it("of exhaustive trial climbs by one sixth a step, with no regret", async () => {
    const { series, parts } = await measure("adaptation", subjects["trial"]!);
    for (const [t, value] of series["novel"]!.entries())
      expect(Math.abs(value - Math.min(1, (t + 1) / arms))).toBeLessThan(0.04);
    expect(Math.abs(parts["regret"]!.value)).toBeLessThan(0.15);
  });
});

describe("novel success", () => {
  it("of a memorizer is the optimum on training instances and chance on new ones", async () => {
    const found = await measure("novel-success", subjects["memorizer"]!);
    expect(found.parts["training"]!.value).toBe(8);
    expect(Math.abs(found.value - 8 / 6)).toBeLessThan(0.3);
    expect(found.baselines["chance"]).toBeCloseTo(8 / 6, 10);
  });
});
