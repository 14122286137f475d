import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../core/index.ts";
import {
  analyzeStudy,
  checkpointsOf,
  determinedPart,
  experiments,
  inThreadExecutor,
  MemoryArchive,
  type PlannedStudy,
  parseStudy,
  planStudy,
  type RunEntry,
  runStudy,
  type StudyEvent,
} from "./index.ts";

const folder = new URL("../../../../studies/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const keyedBandit = read("001-diversity-keyed-bandit.yaml");

const tiny = [
  "task.parameters.keyBits=8",
  "factors.diversity=[2,16]",
  "factors.learner=[mlp,table]",
  "learners.mlp.parameters.width=8",
  "learners.mlp.algorithmParameters.batch=16",
  "learners.table.algorithmParameters.batch=16",
  "budget.updates=40",
  "measure.episodes=32",
];

function plan(set: readonly string[] = tiny, seeds = 2): PlannedStudy {
  const file = parseStudy(keyedBandit, "001.yaml");
  return planStudy(file, { number: "001", source: keyedBandit, profile: "start", seeds, set });
}

async function entriesOf(study: PlannedStudy, archive: MemoryArchive): Promise<RunEntry[]> {
  return Promise.all(study.runs.map(async (run) => ({ run, state: await archive.state(run) })));
}

function run(study: PlannedStudy, archive: MemoryArchive, signal = new AbortController().signal) {
  const events: StudyEvent[] = [];
  const parts = {
    archive,
    executor: inThreadExecutor(archive),
    sink: (e: StudyEvent) => void events.push(e),
    signal,
  };
  return runStudy(study, parts).then((summary) => ({ summary, events }));
}

describe("declared studies", () => {
  it.each(files)("%s parses and plans in every profile", (name) => {
    const source = read(name);
    const file = parseStudy(source, name);
    expect(name).toBe(`${name.slice(0, 3)}-${file.id}.yaml`);
    for (const profile of ["start", "quick", "full"] as const) {
      const study = planStudy(file, { number: name.slice(0, 3), source, profile });
      expect(new Set(study.runs.map(({ id }) => id)).size).toBe(study.runs.length);
      const exact =
        study.kind === "experiment" && experiments.get(study.file.experiment.id).exact === true;
      if (!exact) expect(study.seeds).toBeGreaterThanOrEqual(profile === "full" ? 5 : 3);
      // The main prediction's arms are part of every profile, so each profile can give a verdict.
      const main = file.predictions[0]!;
      for (const wanted of [main.from, main.to])
        if (wanted)
          expect(
            study.runs.some(({ arm }) => Object.entries(wanted).every(([k, v]) => arm[k] === v)),
          ).toBe(true);
    }
  });
});

describe("bad input is one sentence with its place", () => {
  const broken = (from: string, to: string) => () =>
    parseStudy(keyedBandit.replace(from, to), "s.yaml");
  const withFigure = (design: string) =>
    broken(
      "notControlled:",
      `figures:
  - id: shown
    measures: [optimization-power.runTime]
    ${design.replaceAll(", ", "\n    ")}
    labels: { across: N, values: bits }
    title: { supported: It rises with N, contradicted: It does not, undetermined: Bits against N }
notControlled:`,
    );
  it.each([
    [
      "unknown key",
      broken("budget: { updates: 2500 }", "budgt: { updates: 2500 }"),
      /^s\.yaml:\d+:\d+: unknown key 'budgt'.*did you mean 'budget'\?/,
    ],
    [
      "nested unknown key",
      broken("    margin: 1", "    marign: 1"),
      /^s\.yaml:\d+:\d+: unknown key 'marign'.*did you mean 'margin'\?/,
    ],
    [
      "N = 0",
      broken("diversity: [1, 4,", "diversity: [0, 4,"),
      /^s\.yaml:\d+:\d+: diversity must be a whole number of at least 1, or 'fresh', not 0/,
    ],
    [
      "N = 2.5",
      broken("diversity: [1, 4,", "diversity: [2.5, 4,"),
      /diversity must be a whole number.*not 2\.5/,
    ],
    [
      "unknown architecture",
      broken("architecture: gru", "architecture: grv"),
      /^s\.yaml:\d+:\d+: unknown architecture 'grv'; did you mean 'gru'\?/,
    ],
    [
      "unknown signature",
      broken("novel-success", "novel-succes"),
      /^s\.yaml:\d+:\d+: unknown signature 'novel-succes'/,
    ],
    [
      "unknown condition",
      broken("condition: diversity", "condition: diversty"),
      /unknown condition 'diversty'; did you mean 'diversity'/,
    ],
    [
      "unknown family",
      broken("family: keyed-bandit", "family: keyed-bandits"),
      /unknown task family 'keyed-bandits'/,
    ],
    ["malformed YAML", broken("seeds: 5", "seeds: [5"), /^s\.yaml:\d+:\d+: not valid YAML/],
    [
      "unknown parameter",
      () => plan(["learners.gru.parameters.widht=3"]),
      /--set .*no key 'learners.gru.parameters.widht'; did you mean/,
    ],
    [
      "--set on a missing key",
      () => plan(["budget.update=3"]),
      /no key 'budget.update'; did you mean 'budget.updates'\?/,
    ],
    ["--set without a value", () => plan(["budget"]), /expected key=value/],
    ["--set out of range", () => plan(["budget.updates=0"]), /--set budget\.updates=0: /],
    [
      "more instances than keys",
      () => plan(["task.parameters.keyBits=4"]),
      /diversity 16 is more than the \d+ distinct training instances/,
    ],
    [
      "a figure across nothing",
      withFigure("across: diversty, lines: learner"),
      /^s\.yaml:\d+:\d+: unknown factor 'diversty'; did you mean 'diversity'\?/,
    ],
    [
      "places where there are no steps",
      withFigure("across: diversity, lines: learner, places: [0,1]"),
      /^s\.yaml:\d+:\d+: 'places' is for figures across 'step', not across 'diversity'/,
    ],
    [
      "a figure that leaves a factor open",
      withFigure("across: diversity"),
      /^s\.yaml:\d+:\d+: figure 'shown' needs factor 'learner' under across, lines, panels or fixed/,
    ],
    [
      "table searched by gradient",
      broken("algorithm: q-learning", "algorithm: actor-critic"),
      undefined,
    ],
  ])("%s", (_name, act, message) => {
    if (message) expect(act).toThrow(message);
    else
      expect(() =>
        planStudy(act() as ReturnType<typeof parseStudy>, {
          number: "001",
          source: "",
          profile: "start",
        }),
      ).toThrow("searches a network, but architecture 'table' is a table");
  });

  it("is an InputError", () => {
    expect(broken("seeds: 5", "seeds: 0")).toThrow(InputError);
  });
});

describe("checkpoints", () => {
  it("double up to the budget", () => {
    expect(checkpointsOf(2400, 4)).toEqual([300, 600, 1200, 2400]);
    expect(checkpointsOf(3, 6).at(-1)).toBe(3);
  });
});

describe("the runner", () => {
  it("gives the same numbers twice, skips what is complete, and reaches verdicts", async () => {
    const [first, second] = [new MemoryArchive(), new MemoryArchive()];
    const { summary } = await run(plan(), first);
    await run(plan(), second);
    expect(summary).toMatchObject({ complete: 8, failed: 0, stopped: 0, skipped: 0 });
    for (const [id, { result }] of first.runs)
      expect(determinedPart(second.runs.get(id)!.result!)).toBe(determinedPart(result!));
    expect((await run(plan(), first)).summary).toMatchObject({ complete: 0, skipped: 8 });
    const outcome = await analyzeStudy(plan(), await entriesOf(plan(), first));
    expect(outcome.verdicts.map(({ verdict }) => verdict)).toContain("undetermined");
    expect(outcome.verdicts[0]!.reason).toMatch(/not part of this profile/);
    // Exhaustive trial with 6 arms and 8 steps: the arm is found at trial 1..6, and pays from then on, mean 5.5.
    if (outcome.kind !== "episodic") throw new Error(`an outcome of kind ${outcome.kind}`);
    expect(outcome.reference.solver.expected).toBeCloseTo(5.5, 12);
    expect(outcome.reference.chance).toBeCloseTo(8 / 6, 12);
    for (const [t, value] of outcome.reference.solverBySteps.entries())
      expect(Math.abs(value - Math.min(1, (t + 1) / 6))).toBeLessThan(0.05);
  }, 120_000);

  it("goes on after a stop with the numbers of an uninterrupted study", async () => {
    const whole = new MemoryArchive();
    await run(plan(), whole);
    const pieces = new MemoryArchive();
    for (let i = 0; i < 200; i++) {
      const control = new AbortController();
      const study = plan();
      const executor = inThreadExecutor(pieces);
      let seen = 0;
      await runStudy(study, {
        archive: pieces,
        executor: {
          ...executor,
          execute: (r, report, signal) => {
            const stopSoon = (updates: number) => {
              report(updates);
              if (++seen > 1) control.abort();
            };
            return executor.execute(r, stopSoon, signal);
          },
        },
        sink: () => {},
        signal: control.signal,
      });
      if (
        [...pieces.runs.values()].every(({ result }) => result) &&
        pieces.runs.size === study.runs.length
      )
        break;
    }
    for (const [id, { result }] of whole.runs)
      expect(determinedPart(pieces.runs.get(id)!.result!)).toBe(determinedPart(result!));
  }, 120_000);

  it("keeps a failed run's message, lets the others finish, and repeats it the next time", async () => {
    const study = plan();
    const archive = new MemoryArchive();
    const executor = inThreadExecutor(archive);
    const victim = study.runs[1]!.id;
    let broken = true;
    const sabotaged = {
      ...executor,
      execute: (...[r, report, signal]: Parameters<typeof executor.execute>) =>
        broken && r.id === victim
          ? Promise.reject(new Error("out of luck"))
          : executor.execute(r, report, signal),
    };
    const parts = {
      archive,
      executor: sabotaged,
      sink: () => {},
      signal: new AbortController().signal,
    };
    expect(await runStudy(study, parts)).toMatchObject({ complete: 7, failed: 1 });
    expect(await archive.state(study.runs[1]!)).toMatchObject({
      status: "failed",
      message: "out of luck",
    });
    broken = false;
    expect(await runStudy(study, parts)).toMatchObject({ complete: 1, failed: 0, skipped: 7 });
  }, 120_000);
});
