import { describe, expect, it } from "vitest";
import { type EpisodicTask, keyOf, type Solver, type Subject, split } from "../core/index.ts";
import {
  type BanditInstance,
  type BanditState,
  makeEpisodicTask,
  solverPolicy,
  solverSubject,
  subjectOf,
} from "../tasks/index.ts";
import { drawMeasured, signatures } from "./index.ts";
import { experienceFor } from "./power-by-episode.ts";

const task = makeEpisodicTask(
  "repeated-keyed-bandit",
  {},
  { diversity: "fresh", seed: 3 },
) as EpisodicTask<BanditInstance, BanditState>;
const instances = drawMeasured(task as EpisodicTask, 4096, split(keyOf(1), "instances"));

async function measure(subject: Subject, of: EpisodicTask = task as EpisodicTask) {
  return signatures.get("power-by-episode").episodic!(subject, instances, {
    task: of,
    key: split(keyOf(1), "episodes"),
  });
}

async function parts(subject: Subject) {
  const found = await measure(subject);
  if (!found.applicable) throw new Error(found.reason);
  return found.parts;
}

/** T KL(J/T || 1/A) in bits, for eight steps and six arms (Cramér 1938). */
function klBits(total: number): number {
  const p = total / 8;
  return 8 * (p * Math.log2(p * 6) + (p === 1 ? 0 : (1 - p) * Math.log2((1 - p) / (5 / 6))));
}

/** Exhaustive trial that begins anew in each episode of eight steps. */
const forgetful: Solver<BanditInstance, BanditState> = {
  id: "forgetful",
  title: "forgetful",
  knows: "observations",
  description: "Trial, from nothing in every episode.",
  begin:
    () =>
    ({ step, action, reward }, noise) =>
      step % 8 === 0 ? Math.floor(noise * 6) : reward > 0 ? action : (action + 1) % 6,
};

describe("power by episode", () => {
  it("of exhaustive trial: 5.5 and then 8 of 8, with five steps of experience in the second", async () => {
    const found = await parts(solverSubject(task, "trial") as Subject);
    const { low, high } = found["episode1"]!.interval!;
    expect(klBits(5.5)).toBeGreaterThan(low - (high - low));
    expect(klBits(5.5)).toBeLessThan(high + (high - low));
    expect(found["episode2"]!.value).toBeCloseTo(8 * Math.log2(6), 9);
    // After five failures the sixth arm is known: an episode that then starts is won throughout.
    expect(found["effectiveTime2"]!.value).toBe(5);
    expect(found["effectiveTime1"]!.value).toBeLessThan(0.2);
  });

  it("of trial that forgets: the same in both, and no experience", async () => {
    const found = await parts(subjectOf(task.rules, solverPolicy(forgetful)) as Subject);
    for (const episode of ["episode1", "episode2"])
      expect(Math.abs(found[episode]!.value - klBits(5.5))).toBeLessThan(0.6);
    expect(found["effectiveTime2"]!.value).toBeLessThan(0.2);
    const { low, high } = found["gain"]!.interval!;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it("of random play: none", async () => {
    const found = await parts(solverSubject(task, "random") as Subject);
    expect(Math.abs(found["episode2"]!.value)).toBeLessThan(0.02);
    expect(found["effectiveTime2"]!.value).toBe(0);
  });

  it("is not measured where one episode is played", async () => {
    const single = makeEpisodicTask("keyed-bandit", {}, { diversity: "fresh", seed: 3 });
    const found = await measure(solverSubject(single, "trial"), single);
    expect(found).toMatchObject({
      applicable: false,
      reason: "one episode is played on each instance",
    });
  });
});

describe("experience for a score", () => {
  it("is read off the curve, by hand", () => {
    const curve = [2, 3, 5, 5];
    expect([1, 2, 2.5, 3, 4, 5, 6].map((score) => experienceFor(score, curve))).toEqual([
      0, 0, 0.5, 1, 1.5, 2, 2,
    ]);
  });
});
