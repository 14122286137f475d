/** The rules of the grid language once more, written without the machine, to hold the machine against. */
import type { Program } from "../../../core/index.ts";
import { type Grid, placeOf, primitives } from "../index.ts";

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
export class Reference {
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
