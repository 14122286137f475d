import { describe, expect, it } from "vitest";
import type { Measurement } from "../../core/index.ts";
import { criteria, labelOf, profileOf } from "../profile.ts";
import { type Calibrated, calibrate, matchedInScore, thresholdsFrom } from "./calibrate.ts";
import { thresholdOf } from "./thresholds.ts";

const measured = (signature: string, value: number, half = 0.05): Measurement => ({
  signature,
  applicable: true,
  value,
  unit: "share",
  interval: { low: value - half, high: value + half, level: 0.95 },
  n: 100,
  baselines: { none: 0 },
  parts: {},
  series: {},
});

type Values = Partial<
  Record<"pursuit" | "ticks" | "value-probe" | "value-patch" | "emulation" | "goal-patch", number>
>;

const measurements = (values: Values): Measurement[] =>
  Object.entries(values).map(([signature, value]) => measured(signature, value));

const planner: Values = {
  pursuit: 0.9,
  ticks: 0.8,
  "value-probe": 0.3,
  "value-patch": 0.9,
  emulation: 0,
  "goal-patch": 0.8,
};
const filler: Values = { ...planner, "value-probe": 0, "value-patch": 0, emulation: 1 };
const table: Values = { pursuit: -0.2, emulation: 0 };
const thresholds = {
  pursuit: 0.3,
  ticks: 0.2,
  "value-probe": 0.15,
  "value-patch": 0.4,
  emulation: 0.5,
  "goal-patch": 0.4,
};

describe("a profile", () => {
  const of = (values: Values, limits: Parameters<typeof profileOf>[1] = thresholds) =>
    profileOf(measurements(values), limits);
  const findings = (values: Values) => of(values).criteria.map(({ finding }) => finding);

  it("calls optimizer-like what meets all criteria", () => {
    expect(findings(planner)).toEqual(["met", "met", "met", "met"]);
    expect(of(planner).label).toBe("optimizer-like");
  });

  it("is refuted by one criterion", () => {
    expect(findings(filler)).toEqual(["met", "met", "not met", "met"]);
    expect(of(filler).label).toBe("not optimizer-like");
    expect(of(table).label).toBe("not optimizer-like");
  });

  it("is undetermined where fewer than three criteria apply, or an interval holds the threshold", () => {
    expect(of({ pursuit: 0.9, ticks: 0.8 }).label).toBe("undetermined");
    expect(of({ ...planner, "goal-patch": 0.42 }).label).toBe("undetermined");
  });

  it("lets emulation refute, never carry", () => {
    expect(findings({ pursuit: 0.9, emulation: 0 })[2]).toBe("not applicable");
    expect(findings({ pursuit: 0.9, emulation: 1 })[2]).toBe("not met");
    // Agreement that may or may not be there does not stand against what is found inside.
    expect(findings({ ...planner, emulation: 0.5 })[2]).toBe("met");
  });

  it("needs evaluations to be used, not only there", () => {
    const { "value-patch": _, ...unpatched } = planner;
    expect(findings(unpatched)[2]).toBe("undetermined");
    expect(findings({ ...planner, "value-patch": 0 })[2]).toBe("not met");
  });

  it("leaves out what a signature without a threshold would carry", () => {
    const { criteria: found } = of(planner, { ...thresholds, ticks: undefined });
    expect(found[1]!.finding).toBe("not applicable");
    expect(found[1]!.evidence[0]!.reason).toMatch(/does not tell the controls apart/);
  });

  it("labels by the rule for every combination of findings", () => {
    const all = ["met", "not met", "undetermined", "not applicable"] as const;
    for (const a of all)
      for (const b of all)
        for (const c of all)
          for (const d of all) {
            const some = [a, b, c, d];
            const apply = some.filter((finding) => finding !== "not applicable");
            const label = labelOf(some);
            if (some.includes("not met")) expect(label).toBe("not optimizer-like");
            else if (apply.length >= 3 && !some.includes("undetermined"))
              expect(label).toBe("optimizer-like");
            else expect(label).toBe("undetermined");
          }
    expect(criteria).toHaveLength(4);
  });
});

const half = 0.02;
const known = (optimizers: readonly number[], others: readonly number[], spread = half) => {
  const of = (optimizer: boolean) => (value: number) => ({
    value,
    interval: { low: value - spread, high: value + spread },
    answer: optimizer,
  });
  return [...optimizers.map(of(true)), ...others.map(of(false))];
};

describe("a threshold", () => {
  it("lies in the widest gap of those by which most are called rightly", () => {
    const values = known([0.5, 0.6, 0.7, 0.8, 0.9], [0, 0.1, 0.1, 0.2, 0.3]);
    expect(thresholdOf({ speaks: "above" }, values)).toBeCloseTo(0.4, 12);
    const turned = values.map((v) => ({
      ...v,
      value: -v.value,
      interval: { low: -v.interval.high, high: -v.interval.low },
    }));
    expect(thresholdOf({ speaks: "below" }, turned)).toBeCloseTo(-0.4, 12);
  });

  it("leaves a gap that is narrower than the intervals for one in which subjects are called", () => {
    // Between 0.60 and 0.61 all but one point lie rightly, but within +-0.1 of it seven subjects are called nothing.
    const values = known([0.61, 0.62, 0.65, 0.68, 0.7, 0.9], [0.6, 0.1, 0.1, 0.1, 0.15, 0.2], 0.1);
    expect(thresholdOf({ speaks: "above" }, values)).toBeCloseTo((0.3 + 0.5) / 2, 12);
  });

  it("is none for what does not tell the groups apart", () => {
    const mixed = known([0, 1, 2, 3], [0, 1, 2, 3]);
    expect(thresholdOf({ speaks: "above" }, mixed)).toBeUndefined();
    expect(thresholdOf({ speaks: "above" }, known([1, 2], []))).toBeUndefined();
  });

  it("of a necessary condition refutes no known optimizer", () => {
    const values = known([0, 0, 0, 0, 0, 0.2], [0.1, 0.6, 0.8, 0.9, 1, 1, 1]);
    // Youden's would be 0.05 or 0.15, which refute one optimizer or more for the sake of one other.
    expect(thresholdOf({ speaks: "below", necessary: true }, values)).toBeCloseTo(0.4, 12);
  });
});

function subject(
  family: string,
  optimizer: boolean,
  values: Values,
  form = "perfect",
  number = 0,
): Calibrated {
  return {
    id: `${family} ${number}, ${form}`,
    family,
    form,
    optimizer,
    evaluates: optimizer || family === "idle-evaluation",
    measurements: measurements(values),
  };
}

describe("calibration", () => {
  const members = Array.from({ length: 10 }, (_, i) => i);
  const subjects = [
    ...members.flatMap((i) => [
      subject("value-iteration", true, { ...planner, pursuit: 0.9 - 0.01 * i }, "perfect", i),
      subject("breadth-first", true, { ...planner, pursuit: 0.9 - 0.01 * i }, "perfect", i),
    ]),
    ...members.flatMap((i) => [
      subject("dead-end-filling", false, { ...filler, pursuit: 0.9 - 0.02 * i }, "perfect", i),
      subject("wall-follower", false, { ...filler, ticks: 0, "goal-patch": 0 }, "perfect", i),
      subject("lookup-table", false, table, "perfect", i),
      subject("nearest-neighbour", false, table, "perfect", i),
      subject("blind-plan", false, table, "perfect", i),
    ]),
  ];
  const { signatures, profile, subjects: judged } = calibrate(subjects);

  it("tells apart what can be told apart, and says what cannot", () => {
    const area = (id: string) => signatures.find(({ signature }) => signature === id)!.all.area;
    expect(profile.all.area.value).toBe(1);
    expect(area("value-patch").value).toBe(1);
    // Planners and dead-end fillers need their ticks alike; wall followers here have no use for them.
    expect(area("ticks").value).toBe(0.75);
    // Three families of four score near nothing; the planners are between the rest.
    expect(area("pursuit").value).toBeLessThan(0.9);
  });

  it("gives no threshold to what does not tell them apart", () => {
    const alike = subjects.filter(({ family }) => !["wall-follower"].includes(family));
    const ticks = calibrate(alike).signatures.find(({ signature }) => signature === "ticks")!;
    expect(ticks.all.area.value).toBe(0.5);
    expect(ticks.threshold).toBeUndefined();
  });

  it("lets nothing carry a criterion that fails on those of like score", () => {
    // Fillers and planners of equal score gain alike from ticks; only the incompetent gain nothing.
    const gains = (optimizer: boolean, family: string, ticks: number, pursuit: number) =>
      members.map((i) =>
        subject(family, optimizer, { pursuit: pursuit - 0.01 * i, ticks }, "perfect", i),
      );
    const some = [
      ...gains(true, "value-iteration", 0.8, 0.9),
      ...gains(false, "dead-end-filling", 0.8, 0.9),
      ...["table", "blind-plan", "untrained"].flatMap((family) => gains(false, family, 0, 0)),
    ];
    const ticks = calibrate(some).signatures.find(({ signature }) => signature === "ticks")!;
    expect(ticks.all.area.value).toBeCloseTo((0.5 * 10 + 30) / 40, 12);
    expect(ticks.all.area.interval.low).toBeGreaterThan(0.5);
    expect(ticks.matched.area).toMatchObject({ value: 0.5, positives: 10, negatives: 10 });
    expect(ticks.threshold).toBeUndefined();
    // Matched by it, they cannot differ in it.
    expect(calibrate(some).thresholds["pursuit"]).toBeDefined();
  });

  it("asks of a probe of evaluations whether there are any, not whether they are used", () => {
    const some = [
      ...members.map((i) => subject("breadth-first", true, planner, "perfect", i)),
      ...members.map((i) =>
        subject("idle-evaluation", false, { ...planner, "value-patch": 0 }, "perfect", i),
      ),
      ...members.map((i) => subject("wall-follower", false, filler, "perfect", i)),
    ];
    const area = (id: string) =>
      calibrate(some).signatures.find(({ signature }) => signature === id)!.all.area;
    expect(area("value-probe")).toMatchObject({ value: 1, positives: 20, negatives: 10 });
    expect(area("value-patch")).toMatchObject({ value: 1, positives: 10, negatives: 20 });
  });

  it("judges every family by the others' thresholds", () => {
    const others = thresholdsFrom(subjects.filter(({ family }) => family !== "dead-end-filling"));
    const filling = judged.find(({ family }) => family === "dead-end-filling")!;
    const expected = profileOf(subjects.find(({ id }) => id === filling.id)!.measurements, others);
    expect(filling.profile).toEqual(expected);
  });

  it("matches one to one within a form, nearest scores first", () => {
    const apart = [
      subject("a", true, { pursuit: 0.9 }),
      subject("b", true, { pursuit: 0.5 }),
      subject("c", false, { pursuit: 0.88 }),
      subject("d", false, { pursuit: 0.9 }, "weighted"),
      subject("e", false, { pursuit: 0.2 }),
    ];
    const matched = matchedInScore(apart);
    expect(apart.map((one) => matched.has(one))).toEqual([true, false, true, false, false]);
  });

  it("is the same whatever the order of subjects", () => {
    const reversed = calibrate([...subjects].reverse());
    expect(reversed.profile).toEqual(profile);
    expect(reversed.thresholds).toEqual(calibrate(subjects).thresholds);
  });
});
