import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError, keyOf, type Program } from "../../core/index.ts";
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
  placeOf,
  primitives,
  printProgram,
  programPolicy,
  runOnGrids,
  Sort,
} from "./index.ts";

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

interface State {
  cell: number;
  heading: number;
  marks: Map<number, number>;
  cost: number;
}

class Stop extends Error {}

/**
 * The rules, read off the guide and written without the machine: states are copied, trials work on copies, and the
 * run ends by an exception.
 */
class Reference {
  steps = 0;
  status = "halted";
  readonly #grid: Grid;
  readonly #program: Program;
  readonly #fuel: number;
  state: State;

  constructor(grid: Grid, program: Program, fuel: number) {
    this.#grid = grid;
    this.#program = program;
    this.#fuel = fuel;
    this.state = { cell: grid.start, heading: grid.heading, marks: new Map(), cost: 0 };
    try {
      this.block(0, this.state, true);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.status = error.message;
    }
  }

  tick() {
    if (this.steps === this.#fuel) throw new Stop("fuel");
    this.steps++;
  }

  neighbour(cell: number, heading: number): number {
    const { width, height, walls } = this.#grid;
    const x = (cell % width) + [0, 1, 0, -1][heading]!;
    const y = Math.floor(cell / width) + [-1, 0, 1, 0][heading]!;
    const wall = (walls[cell]! & (1 << heading)) !== 0;
    return wall || x < 0 || y < 0 || x >= width || y >= height ? cell : y * width + x;
  }

  skip(at: number): number {
    let end = at + 1;
    for (const _ of primitives[this.#program[at]!]!.args) end = this.skip(end);
    return end;
  }

  /** True if the goal was entered in a trial: what is left of the block being tried is passed over. */
  block(at: number, s: State, real: boolean): boolean {
    let from = at;
    while (this.#program[from] === placeOf.more) {
      if (this.statement(from + 1, s, real)) return true;
      from = this.skip(from + 1);
    }
    return false;
  }

  statement(at: number, s: State, real: boolean): boolean {
    const a = at + 1;
    switch (primitives[this.#program[at]!]!.name) {
      case "step": {
        this.tick();
        const to = this.neighbour(s.cell, s.heading);
        if (to === s.cell) return false;
        s.cell = to;
        if (real) s.cost += this.#grid.weights[to]!;
        if (to !== this.#grid.goal) return false;
        if (real) throw new Stop("goal");
        return true;
      }
      case "left":
      case "right":
        this.tick();
        s.heading = (s.heading + (this.#program[at] === placeOf.left ? 3 : 1)) % 4;
        return false;
      case "mark":
        this.tick();
        s.marks.set(s.cell, (s.marks.get(s.cell) ?? 0) + 1);
        return false;
      case "if": {
        const holds = this.test(a, s);
        this.tick();
        return holds && this.block(this.skip(a), s, real);
      }
      case "else": {
        const holds = this.test(a, s);
        this.tick();
        const first = this.skip(a);
        if (!holds) return this.block(this.skip(first), s, real);
        if (this.block(first, s, real)) return true;
        this.tick();
        return false;
      }
      case "while":
        for (;;) {
          const holds = this.test(a, s);
          this.tick();
          if (!holds) return false;
          if (this.block(this.skip(a), s, real)) return true;
          this.tick();
        }
      case "loop":
        for (;;) {
          if (this.block(a, s, real)) return true;
          this.tick();
        }
      default: {
        this.tick();
        let best = { value: Number.POSITIVE_INFINITY, heading: 0 };
        for (let turn = 0; turn < 4; turn++) {
          const heading = (s.heading + turn) % 4;
          const tried = { ...s, heading, marks: new Map(s.marks) };
          this.block(a, tried, false);
          const value = this.value(this.skip(a), tried);
          this.tick();
          if (value < best.value) best = { value, heading };
        }
        s.heading = best.heading;
        return this.block(a, s, real);
      }
    }
  }

  test(at: number, s: State): boolean {
    const { name } = primitives[this.#program[at]!]!;
    const to = this.neighbour(s.cell, s.heading);
    if (name === "not") {
      const holds = this.test(at + 1, s);
      this.tick();
      return !holds;
    }
    if (name === "less") {
      const first = this.value(at + 1, s);
      const second = this.value(this.skip(at + 1), s);
      this.tick();
      return first < second;
    }
    this.tick();
    return to !== s.cell && (name === "clear" || (s.marks.get(to) ?? 0) > 0);
  }

  value(at: number, s: State): number {
    const { name } = primitives[this.#program[at]!]!;
    const { width, goal, weights } = this.#grid;
    this.tick();
    if (name === "scent")
      return (
        Math.abs((s.cell % width) - (goal % width)) +
        Math.abs(Math.floor(s.cell / width) - Math.floor(goal / width))
      );
    if (name === "marks") return s.marks.get(s.cell) ?? 0;
    if (name === "weight") return weights[s.cell]!;
    const seen = { ...s, marks: new Map(s.marks) };
    if (name === "try") this.block(at + 1, seen, false);
    else {
      seen.heading = (s.heading + { ahead: 0, toleft: 3, toright: 1 }[name as "ahead"]) % 4;
      seen.cell = this.neighbour(s.cell, seen.heading);
    }
    const value = this.value(name === "try" ? this.skip(at + 1) : at + 1, seen);
    this.tick();
    return value;
  }
}

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
