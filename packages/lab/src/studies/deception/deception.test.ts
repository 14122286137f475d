import { describe, expect, it } from "vitest";
import { InputError, keyOf, parseParameters } from "../../core/index.ts";
import { bestResponse, episodeOutcomes } from "../../theory/index.ts";
import {
  deceptionExperiment,
  episodeEnds,
  lifetimeEnds,
  optionsOf,
  qLearning,
  stateCount,
  stateOf,
} from "./index.ts";
import { mostMoves, type TabularPolicy } from "./lifetime.ts";

const evenly = (states: number): TabularPolicy =>
  Array.from({ length: states }, (_, s) => {
    const { length } = optionsOf[s % optionsOf.length]!;
    return new Float64Array(length).fill(1 / length);
  });

/** A policy that follows the shortest route to a corner in each episode. */
function routed(corners: readonly ("A" | "B")[]): TabularPolicy {
  const model = { training: corners.length, deployment: 0 };
  const policy = evenly(stateCount(model, "observed"));
  corners.forEach((corner, episode) => {
    const { route } = episodeOutcomes().find(
      (outcome) => outcome.corner === corner && (corner === "B" || !outcome.strayed),
    )!;
    let cell = 0;
    route.forEach((name, move) => {
      const i = optionsOf[cell]!.findIndex((option) => option.move === name);
      const row = policy[stateOf("observed", episode, cell, move)]!;
      row.fill(0);
      row[i] = 1;
      cell = optionsOf[cell]![i]!.to;
    });
  });
  return policy;
}

describe("following a policy", () => {
  it("agrees with every sequence of moves of a policy that moves at random, by brute force", () => {
    let [B, unstrayedA] = [0, 0];
    const walk = (cell: number, move: number, strayed: boolean, mass: number): void => {
      if (move === mostMoves) return;
      const options = optionsOf[cell]!;
      for (const option of options) {
        const share = mass / options.length;
        const hasStrayed = strayed || option.strayed;
        if (option.corner === "B") B += share;
        else if (option.corner === "A") unstrayedA += hasStrayed ? 0 : share;
        else walk(option.to, move + 1, hasStrayed, share);
      }
    };
    walk(0, 0, false, 1);
    const ends = episodeEnds(
      evenly(stateCount({ training: 1, deployment: 1 }, "hidden")),
      "hidden",
      1,
    );
    expect(ends.B).toBeCloseTo(B, 12);
    expect(ends.unstrayedA).toBeCloseTo(unstrayedA, 12);
    // Up with one half, then up among three: A's only way without straying.
    expect(ends.unstrayedA).toBeCloseTo(1 / 6, 12);
  });

  it("gives the best response its exact value", () => {
    for (const discount of [0.5, 0.9, 1]) {
      const model = { training: 2, deployment: 3, discount };
      const solved = bestResponse(model);
      const ends = lifetimeEnds(routed(solved.bestResponse), "observed", model);
      expect(ends.value).toBeCloseTo(solved.value, 12);
      expect(ends.deceptive).toBe(discount < 0.682 ? 0 : 1);
    }
  });
});

describe("learning", () => {
  it.each([0.5, 0.75, 1])(
    "by trying everything arrives at the best response at discount %f",
    (discount) => {
      const model = { training: 1, deployment: 2, discount };
      const options = { model, stage: "observed", key: keyOf(7), lifetimes: 20_000 } as const;
      const policies = [...qLearning(1)(options, 20_000)];
      expect(policies).toHaveLength(1);
      const { value } = lifetimeEnds(policies[0]!, "observed", model);
      expect(value).toBeCloseTo(bestResponse(model).value, 12);
    },
  );
});

describe("the experiment", () => {
  const given = { lifetimes: 1000, discount: 0.9 };
  const run = (signal = new AbortController().signal) =>
    deceptionExperiment.run(parseParameters(deceptionExperiment, given, "test") as never, {
      key: keyOf(1),
      signal,
      report: () => {},
    });

  it("gives the same numbers twice, and the model's", async () => {
    const [once, again] = [await run(), await run()];
    expect(once).toEqual(again);
    const { parts } = once!.measurements[0] as { parts: Record<string, { value: number }> };
    expect(parts["predicted"]!.value).toBe(1);
    expect(parts["predictedDefect"]!.value).toBe(0);
  });

  it("keeps nothing when stopped", async () => {
    expect(await run(AbortSignal.abort())).toBeUndefined();
  });

  it.each([
    [{ discount: 1.5 }, /discount/],
    [{ training: -1 }, /training/],
    [{ learner: "q" }, /learner/],
  ])("refuses %o", (changes, message) => {
    const parse = () => parseParameters(deceptionExperiment, changes, "test");
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(message);
  });
});
