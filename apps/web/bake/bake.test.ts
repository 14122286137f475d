import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { conditions } from "@mesascope/lab/studies";
import { afterAll, describe, expect, test } from "vitest";
import { calibrationOf, fromText, type Overview } from "../views/index.ts";
import { bake, glossaryFrom, readCalibration, sourcesFrom } from "./index.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mesascope-bake-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("sources", () => {
  const text = readFileSync(join(root, "docs/sources.yaml"), "utf8");

  test("are about conditions that there are", () => {
    const known = conditions.map(({ id }) => id);
    for (const { id, claims } of sourcesFrom(text, "sources"))
      for (const { condition } of claims) expect(known, id).toContain(condition);
  });

  test.each([
    ["year: 2019", "year: 20190", "sources: at '0.year'"],
    ["score: 3", "score: 6", "sources: at '0.credibility.score'"],
    ["type: preprint", "type: rumour", "sources: at '0.type'"],
    ["id: raventos-2023", "id: risks-from-learned-optimization", "two sources have the same id"],
    ["venue: arXiv", "", "sources: at '0.venue'"],
  ])("with '%s' as '%s' are refused with the place", (from, to, words) => {
    expect(() => sourcesFrom(text.replace(from, to), "sources")).toThrow(words);
  });
});

test("the glossary's table gives its terms, without its head", () => {
  expect(
    glossaryFrom(
      "# Words\n\n| word | means here |\n|---|---|\n| arm | one cell |\n| x, y | `a` or b |\n",
    ),
  ).toEqual([
    { term: "arm", meaning: "one cell" },
    { term: "x, y", meaning: "`a` or b" },
  ]);
});

test("of a calibration a study gets the signatures that it uses", () => {
  const rate = { value: 0.9, interval: { low: 0.5, high: 1, level: 0.95 }, n: 9 };
  const none = { value: null, interval: { low: null, high: null } };
  const signature = (name: string) => ({
    ...{ signature: name, applies: 7, threshold: 0.5 },
    all: { sensitivity: rate, specificity: rate, area: none },
  });
  const path = join(folder, "calibration.json");
  const content = {
    ...{ quick: true, mazes: 32, seed: 1, measured: [{ big: true }] },
    subjects: [true, true, false].map((optimizer, i) => ({ id: `s${i}`, optimizer })),
    signatures: ["ticks", "pursuit"].map(signature),
  };
  writeFileSync(path, JSON.stringify(content));
  const known = readCalibration(path)!;
  expect(known.subjects).toEqual({ optimizers: 2, others: 1 });
  const own = calibrationOf(known, ["ticks", "novel-success"])!;
  expect(own.signatures.map(({ signature }) => signature)).toEqual(["ticks"]);
  expect(own.signatures[0]!.all.area.value).toBeNaN();
  expect(calibrationOf(known, ["novel-success"])).toBeUndefined();
  expect(readCalibration(join(folder, "none.json"))).toBeUndefined();
  writeFileSync(path, "{}");
  expect(readCalibration(path)).toBeUndefined();
});

test("every study and condition of the checkout is baked, as text that reads back", () => {
  const files = bake(root);
  const overview = fromText<Overview>(files.get("data/overview.json")!);
  expect(overview.conditions.map(({ id }) => id)).toEqual(conditions.map(({ id }) => id));
  for (const { id, number } of overview.studies) {
    const view = fromText<{ source: string }>(files.get(`data/studies/${id}.json`)!);
    expect(view.source).toBe(readFileSync(join(root, `studies/${number}-${id}.yaml`), "utf8"));
  }
});
