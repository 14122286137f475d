/** The reading of circuits whose answers are known by construction. */
import { describe, expect, it } from "vitest";
import type { Circuit } from "../../core/index.ts";
import { booleanProblems, explicitSearch, problemOf, tabulate } from "../../tasks/index.ts";
import { evaluationsOf, readCircuit, searchWithFlip } from "./represents.ts";

const maze = tabulate(problemOf("maze-2x2", booleanProblems));
const and = 0b1000;
/** The second operand and not the first. */
const secondOnly = 0b0100;

/** Both ways are evaluated, then compared: wires 4 and 5 are the evaluations. */
const searching: Circuit = {
  inputs: 4,
  gates: [
    { op: and, a: 0, b: 1 },
    { op: and, a: 2, b: 3 },
    { op: secondOnly, a: 4, b: 5 },
  ],
  outputs: [{ wire: 6, complement: false }],
};

/** The same function, but down is never evaluated: wire 5 is "right does not lead there and the first step down is open". */
const committed: Circuit = {
  inputs: 4,
  gates: [
    { op: and, a: 0, b: 1 },
    { op: secondOnly, a: 4, b: 2 },
    { op: and, a: 5, b: 3 },
  ],
  outputs: [{ wire: 6, complement: false }],
};

describe("a circuit that evaluates both ways", () => {
  it("represents and uses both", () => {
    expect(readCircuit(searching, maze)).toMatchObject({ represented: 2, used: 2 });
  });

  it("is judged on the instances in which a way is not taken", () => {
    // Down is taken in 3 of 16 instances: it leads to the goal and right, in 3 of 4 cases, does not.
    const [right, down] = readCircuit(searching, maze).representations;
    expect(right).toEqual({
      ...{ wire: 4, candidate: 0, bit: 0 },
      // Were right to lead to the goal after all, it would be taken.
      ...{ notChosen: 3, decisive: 3, asSearch: 3, used: true },
    });
    expect(down).toEqual({
      ...{ wire: 5, candidate: 1, bit: 0 },
      // Were down to lead to the goal after all, it would be taken unless right does too: 3 x 3 of 16.
      ...{ notChosen: 13, decisive: 9, asSearch: 13, used: true },
    });
  });

  it("does so with complemented wires too", () => {
    const nand = 0b0111;
    const complemented: Circuit = {
      ...searching,
      gates: [{ ...searching.gates[0]!, op: nand }, searching.gates[1]!, { op: and, a: 4, b: 5 }],
    };
    expect(readCircuit(complemented, maze)).toMatchObject({ represented: 2, used: 2 });
  });
});

it("a circuit that evaluates one way represents one", () => {
  expect(readCircuit(committed, maze)).toMatchObject({ represented: 1, used: 1 });
});

it("an evaluation that nothing reads is represented, not used", () => {
  const idle: Circuit = {
    ...committed,
    gates: [...committed.gates, { op: and, a: 2, b: 3 }],
  };
  const { representations } = readCircuit(idle, maze);
  expect(representations.map(({ wire, used }) => [wire, used])).toEqual([
    [4, true],
    [7, false],
  ]);
});

it("scores that are inputs are not evaluations", () => {
  const given = tabulate(problemOf("argmax-2bit", booleanProblems));
  expect(evaluationsOf(given)).toEqual([]);
});

it.each(booleanProblems.map((problem) => [problem.id, problem] as const))(
  "%s: the open search represents and uses every evaluation",
  (_, problem) => {
    const tabulated = tabulate(problem);
    const { evaluations, represented, used } = readCircuit(explicitSearch(tabulated), tabulated);
    expect([represented, used]).toEqual([evaluations.length, evaluations.length]);
  },
);

it("the search with a bit the other way differs only where the bit decides", () => {
  // Right's evaluation decides wherever down leads to the goal (4 of 16).
  const [flipped] = searchWithFlip(maze, 0, 0);
  const difference = flipped! ^ maze.outputs[0]!;
  expect(difference.toString(2).replaceAll("0", "")).toHaveLength(4);
});
