/** Bad input: each one clear sentence and exit code 2, before any work is done. */
import { existsSync, writeFileSync } from "node:fs";
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

/** Runs the command, which must refuse, and gives its one sentence. */
async function refusal(args: readonly string[]): Promise<string> {
  const noPool = () => {
    throw new Error("work was begun");
  };
  const { code, stdout, stderr } = await place.run(args, { pool: noPool });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim().split("\n"), stderr).toHaveLength(1);
  return stderr.trim();
}

const run = ["run", "small-study", "--data", "data"];

describe("words of the command line that mean nothing", () => {
  const table: [string, string[], RegExp][] = [
    ["an unknown command", ["rnu"], /^mesascope: unknown command 'rnu' \(Did you mean run\?\)$/],
    [
      "an unknown option",
      [...run, "--profil", "full"],
      /unknown option '--profil' \(Did you mean --profile\?\)$/,
    ],
    [
      "an unknown study",
      ["run", "smal-study"],
      /unknown study 'smal-study'; did you mean 'small-study'\? Known: 001-small-study\.$/,
    ],
    [
      "a part of a study's name",
      ["run", "smal"],
      /unknown study 'smal'; did you mean 'small-study'\?/,
    ],
    [
      "a study file that is not there",
      ["run", "other/001-x.yaml"],
      /^mesascope: other\/001-x\.yaml: there is no such file$/,
    ],
    ["no study at all", ["run"], /missing required argument 'study'$/],
    ["one study twice", ["run", "001", "small-study"], /study 'small-study' is named twice$/],
    [
      "an unknown profile",
      [...run, "--profile", "ful"],
      /--profile: unknown profile 'ful'; did you mean 'full'\? Known: full, quick, start\.$/,
    ],
    [
      "no seeds",
      [...run, "--seeds", "0"],
      /--seeds: must be a whole number of at least 1, not '0'$/,
    ],
    [
      "half a seed",
      [...run, "--seeds", "1.5"],
      /--seeds: must be a whole number of at least 1, not '1\.5'$/,
    ],
    [
      "jobs that are no number",
      [...run, "--jobs", "all"],
      /--jobs: must be a whole number of at least 1, not 'all'$/,
    ],
    ["a change without a value", [...run, "--set", "seeds"], /--set: expected key=value/],
    [
      "a change of a missing key",
      [...run, "--set", "budget.update=5"],
      /--set budget\.update=5: the study has no key 'budget\.update'; did you mean 'budget\.updates'\?$/,
    ],
    [
      "a change to nonsense",
      [...run, "--set", "budget.updates=none"],
      /--set budget\.updates=none: /,
    ],
    [
      "a run that is not there",
      ["show", "gru-n1-s1-0123456789"],
      /unknown study 'gru-n1-s1-0123456789'/,
    ],
    ["nothing to report", ["report", "--data", "none"], /--data none: there is nothing to report/],
  ];
  for (const [name, args, message] of table)
    it(`${name}: ${message.source}`, async () => {
      expect(await refusal(args)).toMatch(message);
    });
});

describe("study files that are wrong", () => {
  const table: [string, (text: string) => string, RegExp][] = [
    [
      "an unknown key",
      (text) => text.replace("condition:", "conditon:"),
      /studies\/001-small-study\.yaml:3:1: unknown key 'conditon'; did you mean 'condition'\?$/,
    ],
    [
      "N = 0",
      (text) => text.replace("diversity: [1, 16]", "diversity: [0, 16]"),
      /yaml:18:15: diversity must be a whole number of at least 1, or 'fresh', not 0$/,
    ],
    [
      "N = 2.5",
      (text) => text.replace("diversity: [1, 16]", "diversity: [2.5, 16]"),
      /yaml:18:15: diversity must be a whole number of at least 1, or 'fresh', not 2\.5$/,
    ],
    [
      "more instances than there are keys",
      (text) =>
        text
          .replace("  form: noiseless", "  form: noiseless\n  parameters: { keyBits: 8 }")
          .replace("diversity: [1, 16]", "diversity: [1, 16, 4096]"),
      /4096 is more than/,
    ],
    [
      "an unknown architecture",
      (text) => text.replace("architecture: gru", "architecture: grv"),
      /yaml:11:19: unknown architecture 'grv'; did you mean 'gru'\?/,
    ],
    [
      "an unknown signature",
      (text) => text.replace("novel-success]", "novel-succes]"),
      /yaml:23:36: unknown signature 'novel-succes'; did you mean 'novel-success'\?/,
    ],
    [
      "another id than the file's name says",
      (text) => text.replace("id: small-study", "id: other-study"),
      /yaml: the file's name says 'small-study', its id says 'other-study'$/,
    ],
    ["no YAML", (text) => text.replace("title: A", "title: : A"), /yaml:2:\d+: not valid YAML/],
  ];
  for (const [name, spoil, message] of table)
    it(`${name}: ${message.source}`, async () => {
      place.study(spoil(studyText));
      expect(await refusal(run)).toMatch(message);
      expect(existsSync(place.data)).toBe(false);
    });

  it("do not hide the others from the list", async () => {
    place.study(
      studyText.replace("condition:", "conditon:").replace("small-study", "spoilt"),
      "002-spoilt",
    );
    const { code, stdout, stderr } = await place.run(["list"]);
    expect(code).toBe(2);
    expect(stdout).toContain("small-study");
    expect(stderr).toMatch(/002-spoilt\.yaml:3:1: unknown key 'conditon'/);
  });
});

it("a data folder that cannot be written is refused before any work", async () => {
  writeFileSync(join(place.cwd, "file"), "");
  const data = join(place.cwd, "file", "runs");
  expect(await refusal(["run", "001", "--data", data])).toBe(
    `mesascope: --data ${data}: cannot make the folder ${data}: a part of the path is a file, not a folder`,
  );
});

it("a stack trace is shown when it is asked for, and only then", async () => {
  const { stderr } = await place.run(["run", "nothing"], { env: { MESASCOPE_DEBUG: "1" } });
  expect(stderr).toMatch(/\n {4}at /);
});
