/** Queries, exports, new studies and completion, as a user meets them; runs are made of arithmetic. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseStudy, planStudy, type RunEntry, rowsOf } from "@mesascope/lab/studies";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repository } from "./provenance.ts";
import { openFakeArchive } from "./testing/fake-work.ts";
import { Place } from "./testing/place.ts";
import { studyText } from "./testing/study.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

const run = ["run", "001", "--data", "data", "--jobs", "2", "--quiet"];

const ask = (...args: string[]) => place.run(["query", "--data", "data", ...args]);

describe("query", () => {
  it("prints an aligned table, JSON and CSV", async () => {
    await place.run(run);
    const sql =
      "SELECT learner, diversity, count(*) AS runs, min(seed) / 3 AS third, NULL AS nothing " +
      "FROM runs GROUP BY ALL ORDER BY ALL LIMIT 2";
    expect(await ask(sql)).toEqual({
      code: 0,
      stderr: "",
      stdout:
        "learner  diversity  runs     third  nothing\n" +
        "gru              1     2  0.333333        -\n" +
        "gru             16     2  0.333333        -\n",
    });
    expect(JSON.parse((await ask("--json", sql)).stdout)).toEqual([
      { learner: "gru", diversity: 1, runs: 2, third: 1 / 3, nothing: null },
      { learner: "gru", diversity: 16, runs: 2, third: 1 / 3, nothing: null },
    ]);
    expect((await ask("--csv", sql)).stdout).toBe(
      `learner,diversity,runs,third,nothing\ngru,1,2,${1 / 3},\ngru,16,2,${1 / 3},\n`,
    );
  });

  it("carries what JSON and CSV have no words for", async () => {
    mkdirSync(place.data);
    const sql = `SELECT 9007199254740993 AS big, 'Infinity'::DOUBLE AS inf, 'say "a",
b' AS text, '' AS empty, [1, 2] AS list, '{"a": 1}'::JSON AS json`;
    const [row] = JSON.parse((await ask("--json", sql)).stdout);
    expect(row).toEqual({
      ...{ big: "9007199254740993", inf: "Infinity", text: 'say "a",\nb', empty: "" },
      ...{ list: [1, 2], json: { a: 1 } },
    });
    expect((await ask("--csv", sql)).stdout).toBe(
      'big,inf,text,empty,list,json\n9007199254740993,Infinity,"say ""a"",\nb","","[1,2]","{""a"": 1}"\n',
    );
    expect((await ask(sql)).stdout.trim().split("\n")).toHaveLength(2);
    expect((await ask("--json", "SELECT 1 WHERE false")).stdout).toBe("[]\n");
    expect((await ask("SELECT 1 AS one WHERE false")).stdout).toBe("one\n");
  });

  it("prints a long answer whole, in one piece that parses", async () => {
    mkdirSync(place.data);
    const sql = "SELECT range AS i FROM range(5000)";
    expect(JSON.parse((await ask("--json", sql)).stdout)).toHaveLength(5000);
    expect((await ask(sql)).stdout.split("\n")).toHaveLength(5002);
  });

  it("tells of failed and corrupted runs, and of runs while they are being written", async () => {
    place.behave({ gru: { end: "throw", at: 20 }, table: { delay: 40, keep: 5 } });
    const running = place.spawn(["run", "001", "--data", "data", "--jobs", "4"]);
    const seen = new Set<string>();
    while (!seen.has("partial") || !seen.has("failed")) {
      const { code, stdout, stderr } = await ask("--json", "SELECT DISTINCT status FROM runs");
      if (code === 2) expect(stderr).toContain("there is no such folder");
      else for (const { status } of JSON.parse(stdout)) seen.add(status);
    }
    await running;
    const { stdout } = await ask("--json", "SELECT status, message FROM failures");
    expect(JSON.parse(stdout)).toEqual(
      Array.from({ length: 4 }, () => ({ status: "failed", message: "the loss is not a number" })),
    );
    expect(seen.has("corrupted")).toBe(false);
  });

  it("is stopped by Ctrl-C, with the code of the signal", async () => {
    mkdirSync(place.data);
    const long =
      "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 11";
    const ended = await place.spawn(["query", "--data", "data", long], (child) => {
      setTimeout(() => child.kill("SIGINT"), 4000);
    });
    expect(ended).toEqual({ code: 130, stdout: "", stderr: "stopped\n" });
  });

  it("agrees with the rows that figures and verdicts are made of", async () => {
    await place.run(run);
    const store = openFakeArchive(place.data);
    const entries: RunEntry[] = [];
    for (const id of await store.runs("small-study")) {
      const planned = await store.planned("small-study", id);
      entries.push({ run: planned, state: await store.state(planned) });
    }
    const expected = rowsOf(entries).map(({ arm, ...row }) => ({
      ...row,
      ...{ learner: arm["learner"], diversity: arm["diversity"], step: row.step ?? null },
    }));
    const { stdout } = await ask(
      "--json",
      `SELECT study, run, learner, diversity, seed, update, samples, final, measure, step, value, unit
       FROM measurements WHERE kind IN ('value', 'part', 'series')`,
    );
    const order = (rows: object[]) =>
      rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    expect(expected.length).toBe(64);
    expect(order(JSON.parse(stdout))).toEqual(order(expected));
  });

  it("can be asked all that the guide and the help show", async () => {
    mkdirSync(place.data);
    const guide = readFileSync(join(repository, "docs/guide/data.md"), "utf8");
    const { stdout: help } = await place.run(["query", "--help"]);
    const queries = [guide, help].flatMap((text) =>
      [...text.matchAll(/mesascope query (?:--\w+ )?"([^"]+)"/g)].map(([, sql]) => sql!),
    );
    expect(queries.length).toBeGreaterThan(8);
    for (const sql of queries) {
      const { code, stderr } = await ask(sql);
      const wrong = /lerner|^COPY/.test(sql);
      expect(code, stderr).toBe(wrong ? 2 : 0);
      // Where the guide shows a refusal, it is this one.
      if (wrong) expect(guide).toContain(stderr);
    }
  });

  it("names every table and column in its help", async () => {
    const { stdout } = await place.run(["query", "--help"]);
    for (const words of ["runs: one row", "measurements: one number", "unreadable_lines "])
      expect(stdout).toContain(words);
    mkdirSync(place.data);
    const { stdout: columns } = await ask(
      "--json",
      "SELECT table_name AS t, column_name AS c, data_type AS d FROM information_schema.columns",
    );
    const all: { t: string; c: string; d: string }[] = JSON.parse(columns);
    expect(all.length).toBeGreaterThan(40);
    for (const { t, c, d } of all) {
      const section = stdout.split(`\n${t}: `)[1]!.split("\n\n")[0];
      expect(section).toMatch(new RegExp(`^  ${c} +${d} `, "m"));
    }
  });
});

describe("export", () => {
  it("writes every table, or those that are named", async () => {
    await place.run(run);
    const { code, stdout } = await place.run(["export", "--data", "data", "--format", "csv"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^file +rows +bytes\nexport\/runs\.csv +8 +[\d,]+\n/);
    expect(readdirSync(join(place.cwd, "export")).sort()).toEqual([
      ...["failures.csv", "measurements.csv", "metrics.csv", "runs.csv"],
    ]);
    const some = ["export", "--data", "data", "--table", "runs", "--table", "runs", "--out", "b"];
    const { files } = JSON.parse((await place.run([...some, "--json"])).stdout);
    expect(files).toMatchObject([
      { table: "runs", path: join(place.cwd, "b/runs.parquet"), rows: 8 },
    ]);
    expect(readFileSync(files[0].path).subarray(0, 4).toString()).toBe("PAR1");
  });

  it("that cannot be written says so, and leaves nothing behind", async () => {
    await place.run(run);
    writeFileSync(join(place.cwd, "file"), "");
    const { code, stderr } = await place.run(["export", "--data", "data", "--out", "file"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^mesascope: the export to .*file was not finished: EEXIST.*\n$/);
  });
});

describe("bad input", () => {
  const table: [string[], string][] = [
    [
      ["query", "SELECT 1", "--data", "none"],
      "--data none: there is no such folder: no study was run here yet; try 'mesascope start'",
    ],
    [["query"], "missing required argument 'sql'"],
    [["query", "SELECT 1", "--json", "--csv"], "--json and --csv exclude each other"],
    [
      ["query", "SELECT * FROM run", "--data", "."],
      "query:1:15: unknown table 'run'; did you mean 'runs'? Known: runs, measurements, metrics, failures",
    ],
    [
      ["export", "--format", "parkuet"],
      "--format: unknown format 'parkuet'; did you mean 'parquet'? Known: csv, parquet.",
    ],
    [
      ["export", "--table", "metric"],
      "--table: unknown table 'metric'; did you mean 'metrics'? Known: failures, measurements, metrics, runs.",
    ],
    [
      ["init", "My_Study"],
      "a study's id is lower-case words joined by hyphens, e.g. my-study, not 'My_Study'",
    ],
    [
      ["init", "small-study"],
      "there is a study 'small-study' already: studies/001-small-study.yaml",
    ],
    [["init", "--dir", "nowhere"], "--dir nowhere: there is no such folder"],
    [["complete", "bsh"], "unknown shell 'bsh'; did you mean 'bash'? Known: bash, fish, zsh."],
  ];
  for (const [args, message] of table)
    it(`${args.join(" ")}: one sentence and exit code 2`, async () => {
      expect(await place.run(args)).toEqual({
        code: 2,
        stdout: "",
        stderr: `mesascope: ${message}\n`,
      });
    });
});

describe("init", () => {
  const written = (path: string) => readFileSync(join(place.cwd, path), "utf8");

  it("writes a study that parses, plans and runs as it is", async () => {
    const { code, stdout, stderr } = await place.run(["init", "new-study"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "studies/002-new-study.yaml\n" });
    expect(stderr).toContain("mesascope run studies/002-new-study.yaml --profile start");
    const text = written("studies/002-new-study.yaml");
    const file = parseStudy(text, "002-new-study.yaml");
    for (const profile of ["start", "quick", "full"] as const)
      expect(
        planStudy(file, { number: "002", source: text, profile, set: [] }).runs.length,
      ).toBeGreaterThanOrEqual(12);
    const ran = await place.run([
      "run",
      "new-study",
      "--profile",
      "start",
      "--data",
      "data",
      "--quiet",
      // The fewest updates that leave room for its checkpoints; its own take a quarter of a minute.
      "--set",
      "budget.updates=20",
    ]);
    expect(ran.stdout).toContain("12 of 12 runs complete");
  });

  it("takes the next number, and never writes over a file", async () => {
    place.study(studyText.replace("small-study", "far-study"), "041-far-study");
    await place.run(["init"]);
    const before = written("studies/042-my-study.yaml");
    expect((await place.run(["init"])).stderr).toContain("already: studies/042-my-study.yaml");
    expect((await place.run(["init", "other", "--json", "--quiet"])).stdout).toContain(
      '"number": "043"',
    );
    expect(written("studies/042-my-study.yaml")).toBe(before);
  });

  it("points editors to a schema that is there", async () => {
    await place.run(["init"]);
    const line = written("studies/002-my-study.yaml").split("\n")[0];
    expect(line).toBe("# yaml-language-server: $schema=./study.schema.json");
    expect(JSON.parse(written("studies/study.schema.json"))).toEqual(
      JSON.parse((await place.run(["schema"])).stdout),
    );
    // In the checkout it is the one that the studies of the checkout use.
    const target = join(repository, "packages/cli/src/testing");
    const args = ["init", "of-the-checkout", "--dir", target, "--json", "--quiet"];
    const { stdout } = await place.run(args);
    const { file } = JSON.parse(stdout);
    const first = readFileSync(file, "utf8").split("\n")[0]!;
    rmSync(file);
    const near = first.replace("# yaml-language-server: $schema=", "");
    expect(existsSync(join(target, near))).toBe(true);
    expect(near).toBe("../../../../docs/study.schema.json");
  });
});

describe("completion", () => {
  /** What is offered for the last word, without descriptions. */
  async function offered(...words: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await place.run(["complete", "--", ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.pop()).toMatch(/^:\d+$/);
    return lines.map((line) => line.split("\t")[0]!);
  }

  it("offers commands, studies, runs, options and their values", async () => {
    await place.run(run);
    mkdirSync(join(place.cwd, "other/inner"), { recursive: true });
    const [id] = readdirSync(join(place.data, "small-study")).filter((name) =>
      /^gru-n1-s1/.test(name),
    );
    const table: [string[], string[]][] = [
      [["ru"], ["run"]],
      [["run", ""], ["small-study"]],
      [["run", "0"], ["001"]],
      [["run", "x"], []],
      [["games", "pe"], ["perft"]],
      [["games", "perft", "--dep"], ["--depth"]],
      [["theory", "sw"], ["sweep"]],
      [["run", "small-study", "--see"], ["--seeds"]],
      [
        ["run", "small-study", "--profile", ""],
        ["start", "quick", "full"],
      ],
      [["report", "--profile", "f"], ["full"]],
      [["show", "--data", "data", "gru-n1-s1"], [id!]],
      [
        ["export", "--format", ""],
        ["parquet", "csv"],
      ],
      [
        ["export", "--table", "me"],
        ["measurements", "metrics"],
      ],
      [["query", "--data", "da"], ["data"]],
      [["query", "--data", "other/"], ["other/inner"]],
      [["complete", "z"], ["zsh"]],
    ];
    for (const [words, expected] of table)
      expect(await offered(...words), words.join(" ")).toEqual(expected);
    const { stdout } = await place.run(["--help"]);
    for (const name of await offered("")) expect(stdout).toContain(`\n  ${name} `);
  });

  it("has a script for each shell, and bash understands its own", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, stdout } = await place.run(["complete", shell]);
      expect(code).toBe(0);
      expect(stdout).toContain("mesascope complete --");
    }
    const { stdout: script } = await place.run(["complete", "bash"]);
    // The command is played by a function that shows the words it was asked about.
    const test = `${script}
      mesascope() { shift 2; printf '%s\\tx\\n' "$#:$*" 'with blank'; echo :4; }
      try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mesascope; printf '<%s>' "\${COMPREPLY[@]}"; echo; }
      try mesascope run ''; try mesascope export --format = p; try mesascope 'query' '$(touch hacked)'`;
    const output = execFileSync("bash", ["--norc", "-c", test], {
      cwd: place.cwd,
      encoding: "utf8",
    });
    expect(output.split("\n")).toEqual([
      "<2:run\\ ><with\\ blank>",
      "<2:export\\ --format=p><with\\ blank>",
      "<2:query\\ \\$\\(touch\\ hacked\\)><with\\ blank>",
      "",
    ]);
    expect(existsSync(join(place.cwd, "hacked"))).toBe(false);
  });
});
