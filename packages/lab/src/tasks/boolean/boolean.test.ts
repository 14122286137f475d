/** The search problems against rules of thumb that do not search, and the open search against the tables. */
import { describe, expect, it } from "vitest";
import { InputError, outputTables } from "../../core/index.ts";
import { booleanProblems, explicitSearch, problemOf, tabulate } from "./index.ts";

/** The candidate that the table of a problem names, by row. */
function choices(id: string): number[] {
  const problem = problemOf(id, booleanProblems);
  const { outputs } = tabulate(problem);
  return Array.from({ length: 2 ** problem.inputs.length }, (_, row) =>
    outputs.reduce((choice, table, i) => choice + Number((table >> BigInt(row)) & 1n) * 2 ** i, 0),
  );
}

const bit = (row: number, j: number) => ((row >> j) & 1) === 1;

describe("what is chosen", () => {
  it("in the 2 x 2 maze is down exactly if both passages down are open and one of the others is not", () => {
    expect(choices("maze-2x2")).toEqual(
      Array.from({ length: 16 }, (_, row) => {
        const right = bit(row, 0) && bit(row, 1);
        return bit(row, 2) && bit(row, 3) && !right ? 1 : 0;
      }),
    );
  });

  it("in the 2 x 3 maze is down exactly if right is closed or a dead end and down is not", () => {
    expect(choices("maze-2x3")).toEqual(
      Array.from({ length: 64 }, (_, row) => {
        // From either middle cell the goal is reached through 1-2-5 or through 4-5.
        const onward = (bit(row, 1) && bit(row, 2)) || bit(row, 5);
        return onward && !bit(row, 0) && bit(row, 3) && bit(row, 4) ? 1 : 0;
      }),
    );
  });

  it("of two scores is the second exactly if it is greater", () => {
    expect(choices("argmax-2bit")).toEqual(
      Array.from({ length: 16 }, (_, row) => (row >> 2 > (row & 3) ? 1 : 0)),
    );
    expect(choices("argmax-count")).toEqual(
      Array.from({ length: 16 }, (_, row) => {
        const ones = [0, 1, 1, 2];
        return ones[row >> 2]! > ones[row & 3]! ? 1 : 0;
      }),
    );
  });

  it("in Nim is the first heap that the sum of heaps makes smaller (Bouton 1901)", () => {
    expect(choices("nim-3-1-1")).toEqual(
      Array.from({ length: 16 }, (_, row) => {
        const heaps = [row & 3, (row >> 2) & 1, row >> 3];
        const sum = heaps.reduce((a, b) => a ^ b);
        return Math.max(
          0,
          heaps.findIndex((heap) => (heap ^ sum) < heap),
        );
      }),
    );
  });

  it("in the game tree is right exactly if it wins against every reply and left does not", () => {
    expect(choices("game-tree")).toEqual(
      Array.from({ length: 64 }, (_, row) => {
        const left = (bit(row, 0) || bit(row, 1)) && bit(row, 2);
        const right = bit(row, 3) && (bit(row, 4) || bit(row, 5));
        return right && !left ? 1 : 0;
      }),
    );
  });
});

it.each(booleanProblems.map((problem) => [problem.id, problem] as const))(
  "%s: just one candidate is chosen, and the open search computes the outputs",
  (_, problem) => {
    const tabulated = tabulate(problem);
    const ones = (1n << (1n << BigInt(problem.inputs.length))) - 1n;
    expect(tabulated.chosen.reduce((sum, table) => sum ^ table)).toBe(ones);
    expect(tabulated.chosen.reduce((sum, table) => sum | table)).toBe(ones);
    expect(outputTables(explicitSearch(tabulated))).toEqual(tabulated.outputs);
  },
);

it("names the nearest problem when there is none of a name", () => {
  expect(() => problemOf("maze-2x4", booleanProblems)).toThrow(InputError);
  expect(() => problemOf("maze2x3", booleanProblems)).toThrow(/did you mean 'maze-2x3'/);
});
