import type { StudyOutcome } from "@mesascope/lab/studies";
import { expect, test } from "vitest";
import { pack, rounded, unpack } from "./pack.ts";
import { fromText, toText } from "./text.ts";

const arm = { learner: "gru", diversity: 16 };
const run = { id: "r1", study: "s", arm, seed: 1, spec: { version: 1, seed: 1 } };
const row = {
  study: "s",
  run: "r1",
  arm,
  seed: 1,
  update: 5,
  samples: 40,
  final: true,
  unit: "bits",
};
const outcome = {
  kind: "experiment",
  study: { kind: "experiment", file: { id: "s" }, runs: [run, { ...run, id: "r2" }] },
  entries: [
    {
      run,
      state: {
        status: "complete",
        result: { ...run, size: 3, seconds: 1.5, checkpoints: [{ big: true }] },
      },
    },
    { run: { ...run, id: "r2" }, state: { status: "failed", message: "no", when: "", seconds: 0 } },
  ],
  rows: [
    { ...row, measure: "a.value", value: 0.123456789123 },
    { ...row, measure: "a.by", step: 2, value: Number.NaN },
    // What an analysis concludes is of no run.
    {
      ...row,
      run: "",
      arm: { learner: "gru" },
      measure: "x.value",
      value: Number.POSITIVE_INFINITY,
    },
  ],
  verdicts: [],
  thresholds: [],
} as unknown as StudyOutcome;

test("an outcome comes back from its text whole but for the checkpoints, which its rows repeat", () => {
  const back = unpack(fromText(toText(pack(outcome))));
  const [first, second] = outcome.entries;
  expect(back).toEqual({
    ...outcome,
    entries: [
      {
        run,
        state: { status: "complete", result: { ...run, size: 3, seconds: 1.5, checkpoints: [] } },
      },
      second,
    ],
  });
  expect(first!.state).toHaveProperty("result.checkpoints.length", 1);
});

test("committed values keep seven digits", () => {
  expect(rounded(pack(outcome)).rows.value[0]).toBe(0.1234568);
});
