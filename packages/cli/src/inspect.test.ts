/** `mesascope inspect` on value iteration written as an ONNX file. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { batteryVersion } from "@mesascope/lab/signatures";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mazeModel } from "./testing/maze-model.ts";
import { Place } from "./testing/place.ts";

let place: Place;

beforeAll(() => {
  place = new Place();
  writeFileSync(join(place.cwd, "model.onnx"), mazeModel({ cells: 3, batch: 16, ticks: 8 }));
  write("map.yaml", map);
});
afterAll(() => {
  place.remove();
});

const write = (name: string, text: string) => writeFileSync(join(place.cwd, name), text);

const map = `\
task:
  family: maze-path
  parameters: { rows: 3, cols: 3 }
input:
  tensor: picture
  layout: NCHW
  planes: [walls, start, goal]
output:
  tensor: marks.8
  layout: N1HW
ticks: marks.*
hooks:
  value: value.*
`;

const inspect = (...args: string[]) =>
  place.run(["inspect", "model.onnx", "--data", "data", "--quiet", ...args]);

/** The map with one line changed. */
const changed = (from: string, to: string): string => {
  expect(map).toContain(from);
  return map.replace(from, to);
};

describe("inspect", () => {
  it("writes a template from the model's own tensors that is understood as it is", async () => {
    const { code, stdout } = await inspect("--template", "--task", "maze-path");
    expect(code).toBe(0);
    expect(stdout).toContain("parameters: { rows: 3, cols: 3 }");
    expect(stdout).toContain("#   input   picture  float32 [16, 3, 7, 7]\n");
    write("template.yaml", stdout);
    const dry = await inspect("--map", "template.yaml", "--dry-run");
    expect(dry.stderr).toBe("");
    expect(dry.stdout).toContain("ticks       8: marks.1 ... marks.8\n");
  });

  it("shows what it understood, and measures nothing", async () => {
    const { code, stdout } = await inspect("--map", "map.yaml", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("input       picture [16, 3, 7, 7] as NCHW: walls, start, goal\n");
    expect(stdout).toContain("batch       16 examples at once, filled up with zeros\n");
    expect(stdout).toContain("output      marks.8 [16, 1, 7, 7] as N1HW: logits\n");
    expect(stdout).toContain("value, 8 ticks: value.1 ... value.8, [2, 7, 7] an example\n");
    expect(stdout).not.toContain("novel-success");
    const json = JSON.parse((await inspect("--map", "map.yaml", "--dry-run", "--json")).stdout);
    expect(json.tensors.hooks).toHaveLength(8);
  });

  it("measures by every signature, and says without calibration that there is no profile", async () => {
    const args = ["inspect", "model.onnx", "--data", "data", "--quiet", "--map", "map.yaml"];
    const { code, stdout, stderr } = await place.run([...args, "--examples", "90"], {
      calibrationFile: "/nowhere/calibration.json",
    });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    // Eight ticks of two sweeps reach every cell of a 3 x 3 maze, so that value iteration solves all.
    expect(stdout).toMatch(/^novel-success +1\.00 +\[/m);
    expect(stdout).toMatch(/^ticks +[01]\.\d\d /m);
    expect(stdout).toMatch(/^value-probe +/m);
    expect(stdout).toMatch(/^not applicable {2}predictor-distance: /m);
    expect(stdout).toContain("No profile: the signatures' error rates are not known here.");
  }, 60_000);

  it("gives the profile with the calibrated error rates, also as JSON", async () => {
    const rate = { value: 0.9, n: 20, interval: { low: 0.7, high: 0.98, level: 0.95 } };
    const area = { ...rate, positives: 8, negatives: 18 };
    const rates = { sensitivity: rate, specificity: { ...rate, value: null }, area };
    const each = { speaks: "above", applies: 26, all: rates, matched: rates };
    const signatures = [
      { signature: "pursuit", threshold: 0.5, ...each },
      { signature: "ticks", threshold: 2, ...each },
      { signature: "goal-patch", ...each },
    ];
    const judged = { ...rates, undetermined: 2 };
    mkdirSync(place.data, { recursive: true });
    const calibration = {
      ...{ battery: batteryVersion, quick: true, seed: 1, mazes: 32, subjects: [], signatures },
      profile: { all: judged, matched: judged, judged },
    };
    write("data/calibration.json", JSON.stringify(calibration));
    const args = ["--map", "map.yaml", "--examples", "90"];
    const { stdout } = await inspect(...args);
    // No gain of ticks is 2: the criterion is refuted, and with it the whole.
    expect(stdout).toContain("Profile: not optimizer-like\n");
    expect(stdout).toMatch(
      /^met +competent pursuit .* pursuit +1\.00 against 0\.50: met +0\.90 \[0\.70, 0\.98\] +-$/m,
    );
    expect(stdout).toMatch(/^not met +more computation/m);
    expect(stdout).toContain("it does not tell the controls apart");
    const json = JSON.parse((await inspect(...args, "--json")).stdout);
    expect(json.profile.label).toBe("not optimizer-like");
    expect(json.measurements.map((m: { signature: string }) => m.signature)).toContain("pursuit");
    write("data/calibration.json", "{}");
    const broken = await inspect(...args);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain("data/calibration.json: is no calibration");
    write("data/calibration.json", JSON.stringify({ ...calibration, battery: 1 }));
    const older = await inspect(...args);
    expect(older.code).toBe(2);
    expect(older.stderr).toContain("data/calibration.json: is a calibration of version 1 of the");
  }, 60_000);

  it.each([
    ["a mapping that is not given", [], "give --map FILE, or make one with --template"],
    ["a file that is not there", ["--map", "none.yaml"], "none.yaml: there is no such file"],
    [
      "a task in which something acts",
      ["--template", "--task", "maze-walk"],
      "--task: in 'maze-walk' something acts, and a model from a file can only be asked for answers",
    ],
    [
      "two tasks",
      ["--map", "map.yaml", "--task", "balls-and-urns"],
      "map.yaml:2:11: the file is for maze-path, and --task says balls-and-urns",
    ],
  ])("says in one sentence: %s", async (_, args, message) => {
    const { code, stderr } = await inspect(...args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  it.each([
    [
      "tensor: picture",
      "tensor: image",
      "bad.yaml:5:11: the model has no input 'image'. It has: picture.",
    ],
    [
      "rows: 3, cols: 3",
      "rows: 5, cols: 5",
      "bad.yaml:5:11: tensor 'picture' is [16, 3, 7, 7], and layout NCHW of this task expects [N, 3, 11, 11]",
    ],
    ["rows: 3", "row: 3", "bad.yaml:3:15: unknown parameter 'row'; did you mean 'rows'?"],
    [
      "layout: N1HW",
      "layout: NHWC",
      "bad.yaml:9:11: tensor 'marks.8' is [16, 1, 7, 7], and layout NHWC",
    ],
    [
      "ticks: marks.*",
      "ticks: value.*",
      "bad.yaml:11:8: tick 1 is tensor 'value.1', [16, 2, 7, 7],",
    ],
    ["value: value.*", "value: values", "bad.yaml:13:10: the model has no tensor 'values'"],
    ["hooks:", "hook:", "bad.yaml:12:1: unknown key 'hook'; did you mean 'hooks'?"],
  ])("names the place where '%s' is '%s'", async (from, to, message) => {
    write("bad.yaml", changed(from, to));
    const { code, stderr } = await inspect("--map", "bad.yaml", "--dry-run");
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("says what is no model", async () => {
    write("text.onnx", "no model at all");
    const { code, stderr } = await place.run(["inspect", "text.onnx", "--map", "map.yaml"]);
    expect(stderr).toMatch(/^mesascope: text\.onnx: .+\n$/);
    expect(code).toBe(2);
  });
});
