import type { ExperimentOutcome } from "@mesascope/lab/studies";
import { expect, test } from "vitest";
import { designSection } from "./design.ts";

test("the design of an experiment states the parameters that all its runs have alike", () => {
  const run = (start: string, seed: number) => ({
    ...{ arm: { start }, seed },
    spec: { experiment: { parameters: { start, learningRate: 0.005, cues: [1, 2] } } },
  });
  const outcome = {
    kind: "experiment",
    study: {
      ...{ kind: "experiment", profile: "start", seeds: 1 },
      file: { experiment: { id: "a-path" }, rationale: "Why.", measure: {} },
      runs: [run("same", 1), run("other", 1)],
    },
  } as unknown as ExperimentOutcome;
  const text = designSection(outcome).text.replace(/<[^>]*>/g, " ");
  expect(text).toContain("learning rate 0.005, cues [1,2]");
  expect(text).not.toContain("start same");
  expect(text).toMatch(/Start\s+same, other/);
});
