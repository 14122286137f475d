import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { gradientOf, operationNames } from "./testing/operation_table.ts";
import { readmeParts, replaceParts } from "./testing/readme.ts";

describe("the README", () => {
  it("has the tutorial and the table of operations as the code has them", () => {
    const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const advice = "run `npx tsx packages/graph/src/testing/write_readme.ts`";
    expect(text, advice).toBe(replaceParts(text, readmeParts()));
  });

  it.each(operationNames())("says of %s whether gradients pass", (name) => {
    expect(gradientOf(name)).toBeDefined();
  });

  it("has a tutorial that does what it says", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import("./testing/tutorial.ts");
    const said = new Map(log.mock.calls.map(([what, value]) => [what, value as Float32Array]));
    log.mockRestore();
    for (const what of ["probabilities", "from the file"]) {
      expect(Array.from(said.get(what)!, Math.round)).toEqual([0, 1, 1, 0]);
    }
    expect(said.get("hidden layer")!.length).toBe(32);
    expect(new Set(said.get("without it")!).size).toBe(1);
  });
});
