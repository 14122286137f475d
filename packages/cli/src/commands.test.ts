/** What the commands print and write, with runs made of arithmetic. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "./testing/place.ts";
import { studyText } from "./testing/study.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

const run = ["run", "001", "--data", "data", "--jobs", "2"];

/** The names of all runs after a run of the study. */
async function runIds(): Promise<string[]> {
  const { stdout } = await place.run(["show", "001", "--data", "data", "--json"]);
  return JSON.parse(stdout).runs.map(({ id }: { id: string }) => id);
}

describe("run", () => {
  it("runs every arm with every seed, judges, and writes report and figures", async () => {
    const { code, stdout, stderr } = await place.run(run);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(
      "001 A small study\nquick: 2 seeds, 60 updates a run; 8 of 8 runs complete\n",
    );
    expect(stdout).toMatch(/^diversity +(supported|contradicted|undetermined)/m);
    expect(stdout).toContain(
      "Engine: arithmetic 1, 1 thread a run: 8 runs\nReport: data/report/index.html\n",
    );
    expect(stderr).toContain("1 study, 8 runs, 2 at a time\n");
    expect(stderr).toMatch(/^small-study: 100%, 8 of 8 runs/m);
    expect(readFileSync(join(place.data, "report/index.html"), "utf8")).toContain("A small study");
    expect(existsSync(join(place.data, "report/figures/small-study-verdicts.svg"))).toBe(true);
  });

  it("does nothing that is done already, and says the same again", async () => {
    const first = await place.run([...run, "--quiet"]);
    const again = await place.run([...run, "--quiet"], {
      pool: () => ({
        ...{ jobs: 1, kill: () => {}, close: () => Promise.resolve() },
        execute: () => Promise.reject(new Error("a complete run was run again")),
      }),
    });
    expect(again).toEqual({ ...first, stderr: "" });
  });

  it("tells of runs that fail, ends with 1, and repeats them the next time", async () => {
    place.behave({ gru: { end: "throw", at: 20, once: true } });
    const { code, stdout, stderr } = await place.run(run);
    expect(code).toBe(1);
    expect(stdout).toContain("4 of 8 runs complete, 4 failed\n");
    expect(stdout).toMatch(/^failed gru-n1-s1-[0-9a-f]{10}: the loss is not a number$/m);
    expect(stderr).toMatch(/^gru-n16-s2-[0-9a-f]{10} failed: the loss is not a number$/m);
    expect(readFileSync(join(place.data, "report/index.html"), "utf8")).toContain(
      "the loss is not a number",
    );
    expect((await place.run(run)).code).toBe(0);
  });

  it("leaves a corrupted run as it is, says so, and ends with 1", async () => {
    await place.run(run);
    const [id] = await runIds();
    const path = join(place.data, "small-study", id!, "result.json");
    writeFileSync(path, "{");
    const { code, stdout, stderr } = await place.run(run);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `${id} is corrupted and was left as it is: ${path} is not valid JSON.`,
    );
    expect(stdout).toContain("7 of 8 runs complete, 1 corrupted\n");
    expect(readFileSync(path, "utf8")).toBe("{");
  });

  it("takes a profile, seeds and changes, and gives results as JSON", async () => {
    const args = [
      ...run,
      "--profile",
      "full",
      "--seeds",
      "1",
      "--set",
      "budget.updates=30",
      "--json",
      "--quiet",
    ];
    const { code, stdout, stderr } = await place.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { studies, report } = JSON.parse(stdout);
    expect(studies).toHaveLength(1);
    expect(studies[0]).toMatchObject({ id: "small-study", profile: "full", seeds: 1, updates: 30 });
    expect(studies[0].runs).toHaveLength(4);
    expect(studies[0].arms[0].measures["optimization-power.runTime"]).toMatchObject({
      seeds: 1,
      unit: "bits",
    });
    expect(report).toBe(join(place.data, "report/index.html"));
    const shown = JSON.parse((await place.run(["show", "1", "--data", "data", "--json"])).stdout);
    expect(shown).toMatchObject({ profile: "full", seeds: 1, updates: 30 });
  });
});

describe("start", () => {
  it("runs every study at its smallest and reports", async () => {
    const { code, stdout } = await place.run(["start", "--data", "data", "--jobs", "2", "--quiet"]);
    expect(code).toBe(0);
    expect(stdout).toContain("start: 1 seed, 60 updates a run; 4 of 4 runs complete");
    expect(stdout).toContain("Report: data/report/index.html");
  });

  it("leaves out a study that says so, and names it", async () => {
    place.study(
      `${studyText.replace("small-study", "long-study")}inStart: false\n`,
      "002-long-study",
    );
    const { code, stdout, stderr } = await place.run(["start", "--data", "data"]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("002");
    expect(stderr).toContain(
      "Not run, to keep this short: long-study (mesascope start --all runs them too).\n",
    );
  });
});

describe("list", () => {
  it("shows each study with what was run of it", async () => {
    expect((await place.run(["list", "--data", "data"])).stdout).toBe(
      "no.  study        condition  start  quick  full  title\n" +
        "001  small-study  diversity    0/4    0/8  0/12  A small study\n",
    );
    await place.run([...run, "--quiet"]);
    const [study] = JSON.parse((await place.run(["list", "--data", "data", "--json"])).stdout);
    expect(study.profiles.quick).toMatchObject({ runs: 8, complete: 8, absent: 0 });
    // The profiles share runs: the same run is never computed twice.
    expect(study.profiles.full).toMatchObject({ runs: 12, complete: 8, absent: 4 });
  });
});

describe("show", () => {
  it("shows arms, verdicts and single runs", async () => {
    await place.run([...run, "--quiet"]);
    const study = await place.run(["show", "small-study", "--data", "data"]);
    expect(study.code).toBe(0);
    expect(study.stdout).toMatch(/^gru +16 +2\/2 +-?\d\.\d\d \[/m);
    const [id] = await runIds();
    const single = await place.run(["show", id!, "--data", "data"]);
    expect(single.stdout).toMatch(/^updates +samples +optimization-power +novel-success$/m);
    expect(single.stdout).toMatch(/^ +60 +480 +/m);
    expect(
      JSON.parse((await place.run(["show", id!, "--data", "data", "--json"])).stdout),
    ).toMatchObject({
      id,
      state: { status: "complete" },
    });
    const wrong = await place.run(["show", id!.replace("gru", "grv"), "--data", "data"]);
    expect(wrong.stderr).toContain(`did you mean '${id}'?`);
  });
});

describe("report", () => {
  it("prints the path of the report, and writes evidence where it is asked to", async () => {
    await place.run([...run, "--quiet"]);
    const { code, stdout } = await place.run(["report", "--data", "data", "--evidence", "results"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "data/report/index.html\n" });
    const evidence = JSON.parse(
      readFileSync(join(place.cwd, "results/001-small-study.json"), "utf8"),
    );
    expect(evidence[0]).toMatchObject({
      condition: "diversity",
      study: "small-study",
      profile: "quick",
    });
  });
});

describe("schema and help", () => {
  it("print what editors and people need", async () => {
    const { stdout } = await place.run(["schema"]);
    for (const kind of JSON.parse(stdout).anyOf)
      expect(Object.keys(kind.properties)).toContain("predictions");
    const top = (await place.run(["--help"])).stdout;
    const commands = [...top.split("Commands:")[1]!.matchAll(/^ {2}([a-z]+)\b/gm)];
    expect(commands.length).toBeGreaterThan(8);
    for (const [, command] of commands) {
      if (command === "help") continue;
      const help = await place.run([command!, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout, command).toMatch(/Examples?:\n {2}\$ .*mesascope /);
    }
    expect((await place.run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await place.run([])).code).toBe(2);
  });
});

it("colours are for terminals, and not for those who do not want them", async () => {
  await place.run([...run, "--quiet"]);
  let text = "";
  const stdout = { isTTY: true, write: (part: string) => (text += part) };
  await place.run(["show", "001", "--data", "data"], { stdout });
  expect(text).toContain("\u001b[1m");
  text = "";
  await place.run(["show", "001", "--data", "data"], { stdout, env: { NO_COLOR: "1" } });
  expect(text).not.toContain("\u001b");
});
