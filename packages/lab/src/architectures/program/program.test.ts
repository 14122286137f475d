import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError, keyOf } from "../../core/index.ts";
import {
  assemble,
  bitsOf,
  cheapestPath,
  createMachine,
  decode,
  drawGrid,
  encode,
  type Grid,
  gridLanguage,
  gridWorld,
  languages,
  parseGrid,
  parseProgram,
  primitives,
  printProgram,
  programPolicy,
  runOnGrids,
  Sort,
} from "./index.ts";
import { Reference } from "./testing/reference.ts";

const all = Object.values(languages);

/** Programs of a sort whose depth is bounded, any primitive equally likely among those that still fit. */
function term(sort: number, depth: number): fc.Arbitrary<number[]> {
  const fitting = primitives
    .map(({ sort: s, args }, place) => ({ s, args, place }))
    .filter(({ s, args }) => s === sort && (args.length === 0 || depth > 0));
  return fc.oneof(
    ...fitting.map(({ args, place }) =>
      fc.tuple(...args.map((arg) => term(arg, depth - 1))).map((parts) => [place, ...parts.flat()]),
    ),
  );
}
const anyProgram = term(Sort.block, 6).map((places) => Uint8Array.from(places));

const anyGrid: fc.Arbitrary<Grid> = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), height: fc.integer({ min: 2, max: 4 }) })
  .chain(({ width, height }) => {
    const size = width * height;
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      walls: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15 })), {
        minLength: size,
        maxLength: size,
      }),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: size, maxLength: size }),
      start: fc.constant(size - 1),
      heading: fc.integer({ min: 0, max: 3 }),
      goal: fc.integer({ min: 0, max: size - 2 }),
    });
  });

describe("the machine", () => {
  const fuel = 400;

  it("does what the rules say, step for step, for any program on any grid", () => {
    fc.assert(
      fc.property(anyProgram, anyGrid, (program, grid) => {
        const [run] = runOnGrids(assemble(program), [grid], { fuel });
        const reference = new Reference(grid, program, fuel);
        if (run!.status === "cycle") {
          // A cycle is claimed: the rules must still be running when the fuel is gone.
          expect(reference.status).toBe("fuel");
          return;
        }
        expect([run!.status, run!.steps, run!.cost]).toEqual([
          reference.status,
          reference.steps,
          reference.state.cost,
        ]);
        expect(run!.path.at(-1)).toBe(reference.state.cell);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves no marks behind: a run does not depend on the runs before it", () => {
    fc.assert(
      fc.property(anyProgram, anyProgram, anyGrid, (first, second, grid) => {
        const machine = createMachine(gridWorld([grid]), { fuel });
        const outcome = () => {
          machine.run(assemble(second), grid.start, grid.heading, fuel, 1000);
          const { status, cell, heading, steps, cost } = machine;
          return { status, cell, heading, steps, cost };
        };
        const alone = outcome();
        machine.run(assemble(first), grid.start, grid.heading, fuel, 1000);
        expect(outcome()).toEqual(alone);
      }),
    );
  });

  const corridor: Grid = {
    width: 5,
    height: 1,
    walls: [0, 0, 0, 0, 0],
    weights: [1, 2, 3, 4, 5],
    start: 0,
    heading: 1,
    goal: 4,
  };

  it("stops runaways: by fuel where states never repeat, else where one comes again", () => {
    const status = (text: string) =>
      runOnGrids(assemble(parseProgram(text)), [corridor], { fuel })[0]!;
    expect(status("loop { mark }")).toMatchObject({ status: "fuel", steps: fuel });
    expect(status("loop { left }").status).toBe("cycle");
    expect(status("while clear { step }; loop {}").status).toBe("goal");
  });

  it("counts the cost of cells entered, and none for what is only tried", () => {
    const [run] = runOnGrids(assemble(parseProgram("choose { step } by scent; step")), [corridor], {
      fuel,
    });
    expect(run).toMatchObject({ cost: 2 + 3, moves: 2, tried: 1, compared: 1 });
    const limited = { ...corridor, limit: 13 };
    const all = parseProgram("while clear { step }");
    expect(runOnGrids(assemble(all), [limited], { fuel })[0]!.status).toBe("cost");
    expect(runOnGrids(assemble(all), [{ ...limited, limit: 14 }], { fuel })[0]!.solved).toBe(true);
  });

  it("always takes the first or the last candidate when the comparison is ablated", () => {
    const code = assemble(parseProgram("choose { step } by scent"));
    const east = { ...corridor, start: 2, heading: 1 };
    const path = (ablation: "none" | "first" | "last") =>
      runOnGrids(code, [{ ...east, heading: 3 }], { fuel, ablation })[0]!.path;
    expect(path("none")).toEqual([2, 3]);
    expect(path("first")).toEqual([2, 1]);
    expect(path("last")).toEqual([2]);
  });
});

describe("text", () => {
  it("is read back as it was printed", () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(parseProgram(printProgram(program))).toEqual(program);
      }),
    );
  });

  const faults: [string, string][] = [
    [
      "loop { stpe }",
      "program:1:8: expected a statement (step, left, right, mark, if, while, loop, choose) or '}', not 'stpe'; did you mean 'step'?",
    ],
    [
      "step\nwhile { step }",
      "program:2:7: expected a test (clear, marked, not, or two values with '<' between them), not '{'",
    ],
    [
      "loop { step",
      "program:1:12: expected a statement (step, left, right, mark, if, while, loop, choose) or '}', not the end of the text",
    ],
    ["if scent step { }", "program:1:10: expected '<', not 'step'"],
    ["choose { step } scent", "program:1:17: expected 'by', not 'scent'"],
    [
      "choose { step } by sent",
      "program:1:20: expected a value (scent, marks, weight, try, ahead, toleft, toright), not 'sent'; did you mean 'scent'?",
    ],
    [
      "step }",
      "program:1:6: expected a statement (step, left, right, mark, if, while, loop, choose) or the end, not '}'",
    ],
  ];
  it.each(faults)("%j is refused with its place", (text, message) => {
    expect(() => parseProgram(text)).toThrow(message);
  });

  it("refuses what is nested too deeply, in one sentence", () => {
    const deep = `${"loop {".repeat(100_000)}${"}".repeat(100_000)}`;
    expect(() => parseProgram(deep)).toThrow(/nested deeper than/);
  });

  it("passes over comments and semicolons", () => {
    expect(printProgram(parseProgram("# go\n;step;;left # turn\nloop{}"))).toBe(
      "step; left; loop {}",
    );
  });
});

describe("description lengths", () => {
  it("are those of code words that read back, whatever follows", () => {
    for (const language of all)
      fc.assert(
        fc.property(anyProgram, fc.string({ unit: fc.constantFrom("0", "1") }), (program, rest) => {
          fc.pre(Number.isFinite(bitsOf(language, program)));
          const word = encode(language, program);
          expect(word).toHaveLength(bitsOf(language, program));
          expect(decode(language, word + rest)).toEqual({ program, bits: word.length });
        }),
        { numRuns: 50 },
      );
  });

  it("come from prefix-free words: no sort has one word that begins another", () => {
    for (const { words } of all)
      words.forEach((a, i) => {
        words.forEach((b, j) => {
          if (
            i !== j &&
            a !== undefined &&
            b !== undefined &&
            primitives[i]!.sort === primitives[j]!.sort
          )
            expect(b.startsWith(a)).toBe(false);
        });
      });
  });

  it("are sums of prices, counted by hand", () => {
    // more loop [more mark, more choose [more step, end] marks, end] end
    const program = parseProgram("loop { mark; choose { step } by marks }");
    const byHand = 1 + 3 + (1 + 3) + (1 + 4 + (1 + 3 + 1) + 2) + 1 + 1;
    expect(bitsOf(languages["search"]!, program)).toBe(byHand);
    expect(bitsOf(languages["reflex"]!, program)).toBe(Number.POSITIVE_INFINITY);
  });

  it("are refused where no prefix code has them", () => {
    const prices = { end: 1, more: 1, step: 1, left: 1, right: 1 };
    expect(() => gridLanguage("x", "", prices)).toThrow(
      "language 'x': no prefix code has these prices for a statement; some must be larger",
    );
    expect(() => gridLanguage("x", "", { step: 1.5 })).toThrow(
      "the price of 'step' is a whole number from 1 to 64, not 1.5",
    );
    expect(() => gridLanguage("x", "", { stpe: 1 } as never)).toThrow(/did you mean 'step'/);
    expect(() => encode(languages["reflex"]!, parseProgram("choose {} by scent"))).toThrow(
      /'reflex' has no 'choose'/,
    );
    expect(() => decode(languages["search"]!, "11")).toThrow(InputError);
  });
});

it("finds the cheapest way, as all ways tried one by one do", () => {
  fc.assert(
    fc.property(anyGrid, (grid) => {
      const { next, weight } = gridWorld([grid]);
      const cheapest = (cell: number, seen: ReadonlySet<number>): number => {
        if (cell === grid.goal) return 0;
        let best = Number.POSITIVE_INFINITY;
        for (let heading = 0; heading < 4; heading++) {
          const to = next[4 * cell + heading]!;
          if (!seen.has(to))
            best = Math.min(best, weight[to]! + cheapest(to, new Set([...seen, to])));
        }
        return best;
      };
      fc.pre(grid.width * grid.height <= 9);
      const found = cheapestPath(grid);
      expect(found.cost).toBe(cheapest(grid.start, new Set([grid.start])));
      const cost = found.path.slice(1).reduce((sum, cell) => sum + grid.weights[cell]!, 0);
      if (Number.isFinite(found.cost)) expect(cost).toBe(found.cost);
    }),
    { numRuns: 200 },
  );
});

it("refuses grids that are none", () => {
  const grid = {
    width: 2,
    height: 1,
    walls: [0, 0],
    weights: [1, 1],
    start: 0,
    heading: 0,
    goal: 1,
  };
  expect(() => gridWorld([{ ...grid, goal: 2 }])).toThrow(
    "grid 1: the goal is a cell from 0 to 1, not 2",
  );
  expect(() => gridWorld([{ ...grid, weights: [1] }])).toThrow(/grid 1: walls and weights/);
  expect(() => gridWorld([{ ...grid, weights: [1, 0] }])).toThrow(/weights are whole numbers/);
  expect(() => gridWorld([])).toThrow(InputError);
});

describe("drawings of mazes", () => {
  const drawing = ["+-+-+", "|>  |", "+ +-+", "|3 G|", "+-+-+"].join("\n");

  it("are read as they are drawn", () => {
    expect(parseGrid(drawing)).toEqual({
      width: 2,
      height: 2,
      // North 1, east 2, south 4, west 8, read off the drawing by hand.
      walls: [1 + 8, 1 + 2 + 4, 4 + 8, 1 + 2 + 4],
      weights: [1, 1, 3, 1],
      start: 0,
      heading: 1,
      goal: 3,
    });
    expect(drawGrid(parseGrid(drawing))).toBe(drawing);
    expect(drawGrid(parseGrid(drawing), [0, 2, 3])).toContain("|* G|");
  });

  const spoilt: [string, string][] = [
    [
      drawing.replace(">", "x"),
      "maze:2:2: expected ^, >, v, <, G, a digit from 1 to 9, '.' or a blank, not 'x'",
    ],
    [drawing.replace("3", "v"), "maze:4:2: there is a second start"],
    [drawing.replace("G", " "), "maze:1:1: there is no goal (G)"],
    [drawing.replace("|>", "x>"), "maze:2:1: expected a wall '|' or a blank, not 'x'"],
    ["+-+", "maze:1:1: a drawing has an odd number of lines and of columns, at least 3 of each"],
  ];
  it.each(spoilt)("%j is refused", (text, message) => {
    expect(() => parseGrid(text)).toThrow(message);
  });
});

it("plays as a policy the moves that it makes, and stays when it is done", async () => {
  const grid = parseGrid(["+-+-+", "|>  |", "+ +-+", "|  G|", "+-+-+"].join("\n"));
  const policy = programPolicy<Grid, unknown>(parseProgram("right; step; left; step; step"), {
    grid: (instance) => instance,
    actions: [10, 11, 12, 13],
    stay: 14,
    fuel: 100,
  });
  policy.begin([grid, { ...grid, heading: 0 }], { key: keyOf(0) });
  const played: number[][] = [];
  for (let step = 0; step < 3; step++) {
    const batch = { step, size: 2, states: [], observations: () => new Float32Array(0) };
    played.push([...(await policy.decide(batch)).actions]);
  }
  // South and east to the goal; from the other heading east first, and then against walls.
  expect(played).toEqual([
    [12, 11],
    [11, 14],
    [14, 14],
  ]);
});
