import type { EpisodicOutcome, Threshold } from "@mesascope/lab/studies";
import { describe, expect, test } from "vitest";
import {
  bitsFinding,
  course,
  disagreements,
  gainWithinEpisode,
  paired,
  rewardFinding,
  stepFinding,
  updatesFinding,
  verdictFinding,
} from "./index.ts";
import { synthetic } from "./testing/synthetic.ts";

const outcome = synthetic({}, () => false);

/** The outcome with every value of a measure replaced. */
function withValues(
  measure: string,
  value: (row: EpisodicOutcome["rows"][number]) => number,
): EpisodicOutcome {
  const rows = outcome.rows.map((row) =>
    row.measure === measure ? { ...row, value: value(row) } : row,
  );
  return { ...outcome, rows };
}

const runTime = "optimization-power.runTime";
const tuned = "optimization-power.tuned";

describe("the title of bits against diversity", () => {
  const withThreshold = (change: Partial<Threshold>): EpisodicOutcome => ({
    ...outcome,
    thresholds: outcome.thresholds.map((threshold) => ({ ...threshold, ...change })),
  });

  test("names the threshold where the curve crosses, run-time bits rise and tuned bits fall", () => {
    expect(bitsFinding(withThreshold({ diversity: 1138 }))).toBe(
      "Past about 1,100 instances, tuning gives way to run-time optimization",
    );
  });

  test("does not say that tuning gives way where tuned bits do not fall", () => {
    const { thresholds } = outcome;
    const kept = withValues(tuned, () => 20);
    expect(bitsFinding({ ...kept, thresholds })).toMatch(/sets in while tuning stays$/);
  });

  test("claims no threshold where it is censored", () => {
    expect(bitsFinding(withThreshold({ censored: "above" }))).toMatch(
      /does not reach its threshold/,
    );
    expect(bitsFinding(withThreshold({ censored: "below" }))).toMatch(
      /past its threshold at every diversity/,
    );
  });

  test("is neutral without a threshold, without values, and where seeds do not tell the ends apart", () => {
    const neutral = "Tuned and run-time bits by the number of distinct training instances";
    expect(bitsFinding({ ...outcome, thresholds: [] })).toBe(neutral);
    expect(bitsFinding(withThreshold({ points: [] }))).toBe(neutral);
    expect(
      bitsFinding(withValues(runTime, ({ seed, arm }) => (arm.diversity === 1 ? 0 : seed - 2))),
    ).toBe(neutral);
  });
});

describe("the title of reward by step", () => {
  test("names the diversity from which reward rises within the episode", () => {
    const gains = withValues("adaptation.novel", ({ arm, step = 1, seed }) =>
      arm.diversity === "fresh" || Number(arm.diversity) >= 1024 ? step * 0.1 + seed * 0.001 : 0.16,
    );
    expect(stepFinding(gains, "gru")).toBe(
      "GRU: from N = 1,024 on, reward on new instances rises within the episode",
    );
    expect(gainWithinEpisode(gains, "gru", 4096)?.mean).toBeCloseTo(0.7);
  });

  test("says so where it rises nowhere, and nothing where it is unclear", () => {
    expect(
      stepFinding(
        withValues("adaptation.novel", () => 1 / 6),
        "gru",
      ),
    ).toMatch(/does not rise within the episode/);
    const noisy = withValues("adaptation.novel", ({ seed, step = 1 }) =>
      seed === 1 ? step * 0.2 : 0.16,
    );
    expect(stepFinding(noisy, "gru")).toBe("GRU: reward by step of the episode, at each diversity");
  });
});

describe("the title of bits against updates", () => {
  const budget = outcome.study.updates;

  test("sees run-time bits that are gained and lost again, and where", () => {
    const lost = withValues(runTime, ({ arm, update, seed }) =>
      arm.diversity === 256 && update < budget ? 3 + seed * 0.1 : 0,
    );
    expect(course(lost, "gru", 256)).toBe("lost again");
    expect(course(lost, "gru", 16)).toBe("never gained");
    expect(updatesFinding(lost, "gru")).toBe(
      "GRU: run-time optimization is gained and lost again at N = 256",
    );
  });

  test("tells a part that is lost from all of it", () => {
    const part = withValues(runTime, ({ update, seed }) => (update < budget ? 7 : 5) + seed * 0.1);
    expect(course(part, "gru", 256)).toBe("partly lost");
    expect(updatesFinding(part, "gru")).toMatch(
      /gained and partly lost again at N = 1, 16, .* and fresh instances$/,
    );
  });

  test("does not take scatter for a loss", () => {
    const scattered = withValues(runTime, ({ update, seed }) => (update < budget ? 3 : 2.5) + seed);
    expect(course(scattered, "gru", 256)).toBe("kept");
  });

  test("one seed shows neither", () => {
    expect(
      course(
        synthetic({ seeds: 1 }, () => false),
        "gru",
        256,
      ),
    ).toBe("unclear");
  });
});

describe("the title of reward against diversity", () => {
  test("names who does better than chance", () => {
    expect(rewardFinding(outcome)).toBe(
      "Trained on fresh instances, only GRU and MLP with feedback do better than chance on new ones",
    );
  });

  test("names nobody where one learner is undecided", () => {
    const undecided = withValues("novel-success.value", ({ arm, seed }) =>
      arm.learner === "mlp" ? 1.33 + (seed - 2) * 2 : 1.33,
    );
    expect(rewardFinding(undecided)).toBe("Reward on training and on new instances by diversity");
  });
});

test("the title of verdicts counts them", () => {
  const judged = (...words: ("supported" | "undetermined")[]) =>
    verdictFinding({
      ...outcome,
      verdicts: words.map((verdict) => ({ ...outcome.verdicts[0]!, verdict })),
    });
  expect(judged("supported", "undetermined", "supported")).toBe(
    "3 predictions: 2 supported and 1 undetermined",
  );
  expect(judged("supported", "supported")).toBe("All 2 predictions are supported");
  expect(judged("supported")).toBe("1 prediction: 1 supported");
});

test("differences are of the seeds that both sides have", () => {
  const side = (...values: [number, number][]) => values.map(([seed, value]) => ({ seed, value }));
  expect(paired(side([1, 1], [2, 5]), side([2, 7], [3, 9]))).toEqual([{ seed: 2, value: 2 }]);
});

describe("where the decompositions disagree", () => {
  const ablated = "optimization-power.runTimeAblation";

  test("names the arm that differs most, in each direction", () => {
    const rows = outcome.rows.map((row) => {
      if (row.measure === runTime) return { ...row, value: row.arm.diversity === 256 ? 6 : 2 };
      if (row.measure !== ablated) return row;
      const value = row.arm.diversity === 1024 ? 12 : row.arm.diversity === 4096 ? 5 : 2;
      return { ...row, value: value + row.seed * 0.1 };
    });
    const found = disagreements({ ...outcome, rows }, "gru").map(({ diversity }) => diversity);
    expect(found).toEqual([1024, 256]);
  });

  test("says nothing where they agree, or where seeds do not tell", () => {
    const rows = outcome.rows.map((row) =>
      row.measure === ablated || row.measure === runTime
        ? { ...row, value: row.measure === ablated ? row.seed * 3 : 2 }
        : row,
    );
    expect(disagreements({ ...outcome, rows }, "gru")).toEqual([]);
  });
});
