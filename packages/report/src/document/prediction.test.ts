import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { figuresOf } from "../catalogue/index.ts";
import { syntheticStrategies } from "../figures/testing/strategies.ts";
import { renderReport } from "./index.ts";

const outcome = syntheticStrategies();
const provenance = {
  generated: "2000-01-01T00:00:00Z",
  command: "mesascope report",
  versions: { mesascope: "0.1.0" },
};
const urns = {
  ...outcome,
  study: {
    ...outcome.study,
    file: { ...outcome.study.file, id: "urns", task: { family: "balls-and-urns", parameters: {} } },
  },
};

describe("a study of predictors in the report", () => {
  const text = renderReport({ outcomes: [outcome, urns], conditions: [], provenance });
  const { document } = parseHTML(text);
  const words = document.body.textContent!.replace(/\s+/g, " ");

  test("has its figures, the main one first", () => {
    expect(figuresOf(outcome).map(({ name }) => name)).toEqual([
      "strategy-by-diversity",
      "strategy-path",
    ]);
  });

  test("explains the measures once for both families", () => {
    expect(words.split("Between memory and generalization")).toHaveLength(2);
  });

  test("tells the threshold of every budget and the path of every arm", () => {
    // Planted: log2 of the threshold is 3 + 5 times the share of training, so 2^8 at the end and 2^5.5 half-way.
    expect(words).toContain("as near to one as to the other at N = 256 (171 to 384)");
    expect(words).toMatch(/1,000 ?45 \(30 to 68\)/);
    expect(words).toContain("chance, then memorizer");
  });

  test("holds no value that is not one", () => {
    expect(words).not.toMatch(/\b(?:NaN|undefined|Infinity|null|\[object)\b/);
  });
});
