/** The machine that runs programs on a world of grids: typed arrays, nothing allocated while it runs. */
import { deepest, Op } from "./assemble.ts";
import type { GridWorld } from "./grid.ts";

/** How a run ended. */
export const Status = {
  /** The program came to its end elsewhere than at the goal. */
  halted: 0,
  /** The goal was entered. */
  goal: 1,
  /** The fuel was used up. */
  fuel: 2,
  /** A state came again, so that the program would have run for ever. */
  cycle: 3,
  /** The limit of the cost was passed. */
  cost: 4,
} as const;

/** What comparisons do when they are ablated: nothing is compared, and the same one always wins. */
export type Ablation = "none" | "first" | "last";

export interface MachineOptions {
  /** Steps that a run may take. */
  readonly fuel: number;
  /** Keeps the cells entered and the candidates passed over; slower. */
  readonly trace?: boolean;
  readonly ablation?: Ablation;
}

/** The machine; its fields tell of the last run. */
export interface Machine {
  /** Runs code from a cell and heading; a step is one machine operation. */
  run(code: Uint16Array, cell: number, heading: number, fuel: number, limit: number): number;
  status: number;
  cell: number;
  heading: number;
  /** Weights of the cells entered, trials left out. */
  cost: number;
  steps: number;
  /** Cells entered, trials left out. */
  moves: number;
  /** Cells entered in trials that were undone. */
  tried: number;
  /** Comparisons made: one for each `<` and each `choose`. */
  compared: number;
  /** With `trace`: moves before which another neighbour than the one entered was evaluated. */
  passedOver: number;
  /** Last test and last value. */
  flag: boolean;
  value: number;
  /** Cells marked, in order; `marksMade` of them. */
  readonly journal: Int32Array;
  marksMade: number;
  /** With `trace`: the cells entered, `moves` of them. */
  readonly path: Int32Array;
}

/** Makes a machine for a world. */
export function createMachine(world: GridWorld, options: MachineOptions): Machine {
  const { next, scent, weight } = world;
  const trace = options.trace ?? false;
  const forced = { none: 0, first: 1, last: 2 }[options.ablation ?? "none"];
  const size = options.fuel + 1;
  const marks = new Int32Array(world.cells);
  const journal = new Int32Array(size);
  const path = new Int32Array(trace ? size : 0);
  const stack = new Int32Array(2 * deepest + 2);
  // Trials under way, from the outermost to the innermost.
  const frames = 2 * deepest + 2;
  const frameCell = new Int32Array(frames);
  const frameHeading = new Int32Array(frames);
  const frameJournal = new Int32Array(frames);
  const frameBody = new Int32Array(frames);
  const frameSerial = new Int32Array(frames);
  const frameTurn = new Int32Array(frames);
  const frameBest = new Int32Array(frames);
  const frameBestHeading = new Int32Array(frames);
  const candidates = new Int32Array(size);

  function run(
    code: Uint16Array,
    startCell: number,
    startHeading: number,
    fuel: number,
    limit: number,
  ): number {
    let cell = startCell;
    let heading = startHeading;
    let pc = 0;
    let steps = 0;
    let cost = 0;
    let moves = 0;
    let tried = 0;
    let compared = 0;
    let passedOver = 0;
    let made = 0;
    let flag = false;
    let top = 0;
    let depth = 0;
    let serial = 0;
    let serials = 0;
    let status = -1;
    // Brent 1980: the state is kept at jumps whose number is a power of two, and compared at every other.
    let keptPc = -1;
    let keptCell = 0;
    let keptHeading = 0;
    let keptMarks = 0;
    let keptSerial = 0;
    let jumps = 0;
    let nextKept = 1;
    let candidateCount = 0;
    let fresh = false;

    for (;;) {
      if (steps >= fuel) {
        // Only what was still under way is out of fuel.
        status = code[pc] === Op.halt ? Status.halted : Status.fuel;
        break;
      }
      steps++;
      // The numbers are those of `Op`, written out: only then does the switch become a table of jumps.
      switch (code[pc++]) {
        case 0: // halt
          steps--;
          status = Status.halted;
          break;
        case 1: {
          // step
          const to = next[(cell << 2) | heading]!;
          if (to === cell) break;
          cell = to;
          if (depth === 0) {
            cost += weight[to]!;
            if (trace) {
              path[moves] = to;
              if (passes(candidateCount, to)) passedOver++;
              candidateCount = 0;
            }
            moves++;
            if (cost > limit) status = Status.cost;
            else if (scent[to] === 0) status = Status.goal;
          } else {
            tried++;
            if (trace && fresh) {
              candidates[candidateCount++] = to;
              fresh = false;
            }
            if (scent[to] === 0) pc = frameBody[depth - 1]!;
          }
          break;
        }
        case 2: // left
          heading = (heading + 3) & 3;
          break;
        case 3: // right
          heading = (heading + 1) & 3;
          break;
        case 4: // mark
          marks[cell]!++;
          journal[made++] = cell;
          break;
        case 5: // clear
          flag = next[(cell << 2) | heading] !== cell;
          break;
        case 6: {
          // marked
          const to = next[(cell << 2) | heading]!;
          flag = to !== cell && marks[to]! > 0;
          break;
        }
        case 7: // not
          flag = !flag;
          break;
        case 8: // unless
          pc += flag ? 1 : code[pc]! + 1;
          break;
        case 9: // skip
          pc += code[pc]! + 1;
          break;
        case 10: // back
          pc -= code[pc]! - 1;
          if (
            keptPc === pc &&
            keptCell === cell &&
            keptHeading === heading &&
            keptMarks === made &&
            keptSerial === serial
          ) {
            status = Status.cycle;
            break;
          }
          if (++jumps === nextKept) {
            nextKept *= 2;
            keptPc = pc;
            keptCell = cell;
            keptHeading = heading;
            keptMarks = made;
            keptSerial = serial;
          }
          break;
        case 11: // scent
          stack[top++] = scent[cell]!;
          break;
        case 12: // marks
          stack[top++] = marks[cell]!;
          break;
        case 13: // weight
          stack[top++] = weight[cell]!;
          break;
        case 14: // less
          top -= 2;
          compared++;
          flag = forced === 0 ? stack[top]! < stack[top + 1]! : forced === 1;
          break;
        case 15: // try
        case 17: // choose
          frameCell[depth] = cell;
          frameHeading[depth] = heading;
          frameJournal[depth] = made;
          frameSerial[depth] = serial;
          serial = ++serials;
          frameBody[depth] = pc + 1 + code[pc]!;
          frameTurn[depth] = 0;
          if (depth === 0) fresh = true;
          depth++;
          pc++;
          break;
        case 19: {
          // look
          frameCell[depth] = cell;
          frameHeading[depth] = heading;
          frameJournal[depth] = made;
          frameSerial[depth] = serial;
          serial = ++serials;
          heading = (heading + code[pc++]!) & 3;
          const to = next[(cell << 2) | heading]!;
          if (trace && depth === 0 && to !== cell) candidates[candidateCount++] = to;
          cell = to;
          depth++;
          break;
        }
        case 16: // undo
          depth--;
          while (made > frameJournal[depth]!) marks[journal[--made]!]!--;
          cell = frameCell[depth]!;
          heading = frameHeading[depth]!;
          serial = frameSerial[depth]!;
          break;
        case 18: {
          // next
          const at = depth - 1;
          const value = stack[--top]!;
          const turn = frameTurn[at]!;
          const from = (frameHeading[at]! + turn) & 3;
          const wins =
            forced === 0 ? turn === 0 || value < frameBest[at]! : forced === 2 || turn === 0;
          if (wins) {
            frameBest[at] = value;
            frameBestHeading[at] = from;
          }
          while (made > frameJournal[at]!) marks[journal[--made]!]!--;
          cell = frameCell[at]!;
          if (turn < 3) {
            frameTurn[at] = turn + 1;
            heading = (from + 1) & 3;
            serial = ++serials;
            if (at === 0) fresh = true;
            pc -= code[pc]! - 1;
          } else {
            compared++;
            heading = frameBestHeading[at]!;
            serial = frameSerial[at]!;
            depth = at;
            fresh = false;
            pc++;
          }
          break;
        }
      }
      if (status >= 0) break;
    }
    for (let i = 0; i < made; i++) marks[journal[i]!] = 0;
    machine.status = status;
    machine.cell = cell;
    machine.heading = heading;
    machine.cost = cost;
    machine.steps = steps;
    machine.moves = moves;
    machine.tried = tried;
    machine.compared = compared;
    machine.passedOver = passedOver;
    machine.flag = flag;
    machine.value = stack[0]!;
    machine.marksMade = made;
    return status;
  }

  /** Whether one of the neighbours evaluated is not the one entered. */
  function passes(count: number, entered: number): boolean {
    for (let i = 0; i < count; i++) if (candidates[i] !== entered) return true;
    return false;
  }

  const machine: Machine = {
    run,
    status: 0,
    cell: 0,
    heading: 0,
    cost: 0,
    steps: 0,
    moves: 0,
    tried: 0,
    compared: 0,
    passedOver: 0,
    flag: false,
    value: 0,
    journal,
    marksMade: 0,
    path,
  };
  return machine;
}
