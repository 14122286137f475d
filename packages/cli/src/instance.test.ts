/** `mesascope show RUN --instance`: value iteration left as the model of a run on mazes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { executeRun, type PlannedRun, type TrainingSpec } from "@mesascope/lab/studies";
import { mazePath, taskFamilies } from "@mesascope/lab/tasks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realWorld } from "./compose.ts";
import { openFakeArchive } from "./testing/fake-work.ts";
import { mazeModel } from "./testing/maze-model.ts";
import { Place } from "./testing/place.ts";
import { openData } from "./world.ts";

let place: Place;

const spec = (family: string, parameters: TrainingSpec["task"]["parameters"]): TrainingSpec => ({
  version: 1,
  task: { family, parameters },
  diversity: 16,
  learner: {
    ...{ architecture: "recurrent-conv", architectureParameters: {} },
    ...{ algorithm: "supervised", algorithmParameters: {} },
  },
  budget: { updates: 1 },
  checkpoints: [1],
  measure: { signatures: ["novel-success"], episodes: 20 },
  seed: 1,
});

/** Begins a run, and leaves a model in its folder where one is given. */
async function begin(id: string, of: TrainingSpec, model?: Uint8Array): Promise<void> {
  const store = openFakeArchive(place.data);
  const run: PlannedRun = { id, study: "mazes", arm: { learner: "a" }, seed: 1, spec: of };
  const opening = await store.open(run);
  if (opening.status !== "open") throw new Error(opening.status);
  await opening.release();
  if (model) writeFileSync(join(store.folderOf(run), "model.onnx"), model);
}

beforeAll(async () => {
  place = new Place();
  const maze = spec("maze-path", { ...mazePath.parameters.parse({ rows: 3, cols: 3 }) });
  await begin("thinker", maze, mazeModel({ cells: 3, batch: 4, ticks: 8, own: true }));
  await begin("at-once", maze, mazeModel({ cells: 3, batch: 4, ticks: 1, own: true }));
  await begin("unfinished", maze);
  const bandit = taskFamilies.get("keyed-bandit").parameters.parse({});
  await begin("bandit", spec("keyed-bandit", bandit as TrainingSpec["task"]["parameters"]));
});
afterAll(() => {
  place.remove();
});

const show = (run: string, ...args: string[]) =>
  place.run(["show", run, "--data", "data", ...args]);

describe("show --instance", () => {
  it("draws a held-out maze tick by tick, beside other methods", async () => {
    const { code, stdout, stderr } = await show("thinker", "--instance", "2", "--ticks", "8,1");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("after 1 tick");
    expect(lines[1]).toMatch(/^recurrent-conv +Breadth-first +Dead-end/);
    // Seven rows of pixels, three pictures in each, of seven pixels of two characters.
    expect(lines[2]).toBe(["█".repeat(14), "█".repeat(14), "█".repeat(14)].join("   "));
    expect(lines[10]).toBe("after 8 ticks");
    expect(stdout.match(/S /g)).toHaveLength(6);
    expect(stdout).toMatch(/^recurrent-conv: right from tick [1-8] on$/m);
    expect(stdout).toMatch(/^Breadth-first search: at the goal after [1-8]$/m);
  });

  it("gives plain values as JSON: after all ticks, what is marked is a way from start to goal", async () => {
    const { stdout } = await show("thinker", "--instance", "0", "--json");
    const { maze, strip } = JSON.parse(stdout);
    expect(strip.ticks).toEqual([1, 2, 4, 8]);
    const last: number[] = strip.rows[0].planes.at(-1);
    const marked = last.flatMap((heat, pixel) => (heat > 0.5 ? [pixel] : []));
    expect(marked).toContain(strip.start);
    expect(marked).toContain(strip.goal);
    expect(maze.open).toHaveLength(9);
    // In a perfect maze the way is a chain: its two ends have one marked neighbour, all others two.
    const degrees = marked.map(
      (pixel) => [-7, -1, 1, 7].filter((step) => marked.includes(pixel + step)).length,
    );
    expect(degrees.filter((degree) => degree === 1)).toHaveLength(2);
    expect(degrees.filter((degree) => degree === 2)).toHaveLength(marked.length - 2);
  });

  it("draws models without ticks at the end only", async () => {
    const { stdout } = await show("at-once", "--instance", "0", "--json");
    const { strip } = JSON.parse(stdout);
    expect(strip.most).toBeUndefined();
    const [subject] = strip.rows;
    expect(subject.planes.slice(0, -1).every((plane: unknown) => plane === null)).toBe(true);
    expect(subject.planes.at(-1)).toHaveLength(49);
  });

  it("writes the strip as SVG", async () => {
    const { code, stderr } = await show("thinker", "--instance", "1", "--svg", "plan.svg");
    expect(code).toBe(0);
    expect(stderr).toBe("written: plan.svg\n");
    const svg = readFileSync(join(place.cwd, "plan.svg"), "utf8");
    expect(svg).toMatch(/^<svg .*Maze 1 of run thinker.*<\/svg>\n$/s);
  });

  it.each([
    [
      "bandit",
      ["--instance", "0"],
      "run 'bandit' is on keyed-bandit: only runs on maze-path can be drawn",
    ],
    ["unfinished", ["--instance", "0"], "run 'unfinished' has no model yet: it is "],
    [
      "thinker",
      ["--instance", "20"],
      "--instance: the run was measured on instances 0 to 19, not on 20",
    ],
    [
      "thinker",
      ["--instance", "0", "--ticks", "1,9"],
      "--ticks: the run's file holds 8 ticks, not 9",
    ],
    ["thinker", ["--ticks", "2"], "--ticks: needs --instance, which says what maze is meant"],
    ["thinker", ["--instance", "-1"], "--instance: must be a whole number of at least 0, not '-1'"],
    [
      "001",
      ["--instance", "1"],
      "--instance: an instance is shown of one run, and no run is called '001'",
    ],
  ])("says in one sentence what cannot be shown: %s %j", async (run, args, message) => {
    const { code, stderr } = await show(run, ...args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});

describe("show --instance of a run that was trained", () => {
  it("draws what the trained network marks after each of its own ticks", async () => {
    const world = { ...realWorld(), cwd: place.cwd };
    const store = await openData(world, "trained");
    const parameters = { ...mazePath.parameters.parse({ rows: 3, cols: 3 }) };
    const { learner, ...rest } = spec("maze-path", parameters);
    const own = {
      ...rest,
      learner: { ...learner, architectureParameters: { width: 4, ticks: 3 } },
    };
    const run: PlannedRun = {
      id: "thought",
      study: "mazes",
      arm: { learner: "a" },
      seed: 1,
      spec: own,
    };
    const opening = await store.open(run);
    if (opening.status !== "open") throw new Error(opening.status);
    const { signal } = new AbortController();
    const options = { signal, report: () => undefined, versions: {} };
    expect(await executeRun(run, opening.archive, options)).toEqual({ status: "complete" });
    await opening.release();
    const args = ["show", "thought", "--data", "trained", "--instance", "3"];
    const { code, stdout, stderr } = await place.run(args, { codec: world.codec });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout.match(/^after \d ticks?$/gm)).toEqual([
      ...["after 1 tick", "after 2 ticks", "after 3 ticks"],
    ]);
    const { strip } = JSON.parse(
      (await place.run([...args, "--json"], { codec: world.codec })).stdout,
    );
    expect(strip.most).toBe(3);
    // An untaught network leaves every pixel between what is sure and what is not.
    for (const plane of strip.rows[0].planes)
      for (const heat of plane) expect(heat).toBeLessThan(1);
    const model = join(store.folderOf(run), "model.onnx");
    const template = await place.run(["inspect", model, "--task", "maze-path", "--template"]);
    expect(template.stdout).toContain("parameters: { rows: 3, cols: 3 }");
    expect(template.stdout).toContain("ticks: [logits.1, logits.2, logits]");
  }, 60_000);
});
