/** A whole study of the smallest problem, whose minimal circuits can be listed by hand. */
import { describe, expect, it } from "vitest";
import { solverInPlace } from "../../optimizers/index.ts";
import { booleanProblems, problemOf } from "../../tasks/index.ts";
import { circuitStudy } from "./study.ts";

describe("the 2 x 2 maze", () => {
  it("has three smallest circuits, all of which search, and one shallowest among them", async () => {
    const problem = problemOf("maze-2x2", booleanProblems);
    const { rows, drawings } = await circuitStudy(problem, { solver: solverInPlace });
    // Down is right for a b' c d + a' c d, with each way a product: (ab)' (cd), ((ab)' c) d and ((ab)' d) c. The first
    // has both products as wires and depth 2, the others have one and depth 3.
    expect(
      rows.map(({ origin, size, depth, circuits }) => [origin, size, depth, circuits]),
    ).toEqual([
      ["size", 3, 2, 3],
      ["depth", 3, 2, 1],
      ["explicit", 3, 2, 1],
      ["shrunk", 3, 2, 1],
    ]);
    expect(rows[0]).toMatchObject({
      ...{ proved: true, complete: true, evaluations: 2, circuitsThatSearch: 3 },
      represented: { least: 0.5, mean: (1 + 0.5 + 0.5) / 3, greatest: 1 },
    });
    expect(rows[1]).toMatchObject({ used: { least: 1, mean: 1, greatest: 1 } });
    const shallow = drawings.find(({ origin }) => origin === "depth")!;
    expect(shallow.roles.map(({ kind }) => kind)).toEqual([
      ...["input", "input", "input", "input"],
      ...["evaluation", "evaluation", "output"],
    ]);
    expect(shallow.drawing.wires).toHaveLength(shallow.roles.length);
  });
});

it("scores that are given leave nothing to be represented", async () => {
  const problem = problemOf("argmax-2bit", booleanProblems);
  const { rows } = await circuitStudy(problem, { solver: solverInPlace, most: 5 });
  for (const row of rows) expect(row).toMatchObject({ evaluations: 0, used: null });
  expect(rows[0]).toMatchObject({ circuits: 5, complete: false });
});

it("stops when it is told to", async () => {
  const problem = problemOf("maze-2x2", booleanProblems);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(circuitStudy(problem, { solver: solverInPlace, signal })).rejects.toThrow("enough");
});
