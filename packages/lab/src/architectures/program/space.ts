/** Grid tasks as what program search takes: all of the given grids are to be solved. */
import type { EnumerableTask, Observation, ProgramTask } from "../../core/index.ts";
import { assemble, emit } from "./assemble.ts";
import { type Grid, type GridWorld, gridWorld } from "./grid.ts";
import type { GridLanguage } from "./language.ts";
import { createMachine, Status } from "./machine.ts";
import { placeOf, Sort } from "./primitives.ts";

/** Grids and a language, for exhaustive search. */
export function enumerableGrids(
  language: GridLanguage,
  grids: readonly Grid[],
  fuel: number,
): EnumerableTask {
  const world = gridWorld(grids);
  const machine = createMachine(world, { fuel });
  const { starts, headings, limits } = world;
  const distance = distances(world);
  let steps = 0;
  let runs = 0;
  return {
    language,
    emit,
    leastSteps: starts.reduce((sum, start) => sum + distance[start]!, 0),
    solves(words, length, budget = Number.POSITIVE_INFINITY) {
      words[length] = 0;
      steps = 0;
      for (let i = 0; i < starts.length; i++) {
        runs++;
        const within = Math.min(fuel, budget - steps);
        const status = machine.run(words, starts[i]!, headings[i]!, within, limits[i]!);
        steps += machine.steps;
        if (status !== Status.goal) return false;
      }
      return true;
    },
    get steps() {
      return steps;
    },
    get runs() {
      return runs;
    },
    hidden: (production) => production === placeOf.marked || production === placeOf.marks,
    final: (production) => production === placeOf.loop,
    observe: createObserver(world, fuel, machine, (count) => {
      runs += count;
    }),
  };
}

function createObserver(
  world: GridWorld,
  fuel: number,
  machine: ReturnType<typeof createMachine>,
  count: (runs: number) => void,
) {
  const states = 4 * world.cells;
  const steps = new Int32Array(states);
  let effects = new Int32Array(4 * states);
  return (sort: number, words: Uint16Array, length: number): Observation => {
    words[length] = 0;
    let size = 0;
    for (let state = 0; state < states; state++) {
      const status = machine.run(words, state >> 2, state & 3, fuel, Number.POSITIVE_INFINITY);
      const made = machine.marksMade;
      if (size + made + 4 > effects.length) {
        const larger = new Int32Array(2 * (effects.length + made));
        larger.set(effects);
        effects = larger;
      }
      // A run that never ends is the same however it goes on for ever.
      if (status === Status.fuel || status === Status.cycle) {
        steps[state] = fuel;
        effects[size++] = -1;
        continue;
      }
      steps[state] = machine.steps;
      if (sort === Sort.test) effects[size++] = machine.flag ? 1 : 0;
      else if (sort === Sort.value) effects[size++] = machine.value;
      else {
        effects[size++] = 4 * machine.cell + machine.heading;
        effects[size++] = 2 * machine.cost + (status === Status.goal ? 1 : 0);
        effects[size++] = made;
        effects.set(
          made > 1 ? machine.journal.slice(0, made).sort() : machine.journal.subarray(0, made),
          size,
        );
        size += made;
      }
    }
    count(states);
    return { effects, size, steps };
  };
}

/**
 * Grids and a language, for local search and genetic programming. A grid counts 1 if it is solved, else the share of
 * the shortest way that the program had behind it where it came nearest to the goal, at most 0.9. The score is the
 * mean over grids if that is at least `threshold`, else 0: with threshold 0 every approach earns credit, with 1 only
 * a program that solves every grid does.
 */
export function gradedGrids(
  language: GridLanguage,
  grids: readonly Grid[],
  fuel: number,
  threshold: number,
): ProgramTask {
  const world = gridWorld(grids);
  const machine = createMachine(world, { fuel, trace: true });
  const { starts, headings, limits } = world;
  const distance = distances(world);
  return {
    language,
    score(program) {
      const code = assemble(program);
      let solved = 0;
      let steps = 0;
      let total = 0;
      for (let i = 0; i < starts.length; i++) {
        const status = machine.run(code, starts[i]!, headings[i]!, fuel, limits[i]!);
        steps += machine.steps;
        if (status === Status.goal) {
          solved++;
          total++;
          continue;
        }
        let nearest = distance[starts[i]!]!;
        for (let at = 0; at < machine.moves; at++)
          nearest = Math.min(nearest, distance[machine.path[at]!]!);
        total += Math.min(0.9, 1 - nearest / distance[starts[i]!]!);
      }
      const mean = total / starts.length;
      return { score: mean >= threshold ? mean : 0, solved: solved === starts.length, steps };
    },
  };
}

/** Steps from every cell to its grid's goal (breadth first); infinite where there is no way. */
function distances({ cells, next, goals }: GridWorld): Float64Array {
  const distance = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
  const queue = Array.from(goals);
  for (const goal of goals) distance[goal] = 0;
  // Walls may stand on one side only: cells that lead to a cell are looked for, not those that it leads to.
  const leading = new Map<number, number[]>();
  for (let from = 0; from < cells; from++)
    for (let heading = 0; heading < 4; heading++) {
      const to = next[4 * from + heading]!;
      if (to !== from) leading.set(to, [...(leading.get(to) ?? []), from]);
    }
  for (let at = 0; at < queue.length; at++)
    for (const from of leading.get(queue[at]!) ?? [])
      if (distance[from] === Number.POSITIVE_INFINITY) {
        distance[from] = distance[queue[at]!]! + 1;
        queue.push(from);
      }
  return distance;
}
