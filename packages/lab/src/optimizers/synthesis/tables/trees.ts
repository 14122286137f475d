/**
 * Least formula length L(f) and depth D(f) of all functions: Knuth's Algorithm L and its kin for depth (The Art of
 * Computer Programming 4A, section 7.1.2), over classes. Both are the same for all functions of a class, so of the
 * two operands of a last gate one can be taken to represent its class.
 */
import type { Basis, Pauses } from "../../../core/index.ts";
import { combine, mostMade } from "./combine.ts";
import type { FunctionSpace } from "./functions.ts";

/** Stands for a value that is not known yet. */
export const unknown: number = 255;

/**
 * Operators in the shortest formula of each class: a function that is no input or constant and has a last operator
 * costs one more than its operands together.
 */
export const leastLengths = (space: FunctionSpace, basis: Basis, rest: Pauses) =>
  leastCosts(space, basis, rest, (total) =>
    Array.from({ length: Math.ceil(total / 2) }, (_, i) => [i, total - 1 - i] as const),
  );

/** Gates on the longest path of the shallowest circuit of each class. */
export const leastDepths = (space: FunctionSpace, basis: Basis, rest: Pauses) =>
  leastCosts(space, basis, rest, (depth) =>
    Array.from({ length: depth }, (_, i) => [i, depth - 1] as const),
  );

/** Least costs by class, where `operandCosts` lists the pairs of operands' costs that make a cost. */
async function leastCosts(
  space: FunctionSpace,
  basis: Basis,
  rest: Pauses,
  operandCosts: (cost: number) => readonly (readonly [number, number])[],
): Promise<Uint8Array> {
  const { classOf, representatives } = space;
  const costs = trivialCosts(space);
  const members = membersByClass(space);
  const made = new Uint16Array(mostMade);
  const classesAt = (cost: number) => [...costs.keys()].filter((index) => costs[index] === cost);
  for (let cost = 1; costs.includes(unknown); cost++)
    for (const [first, second] of operandCosts(cost))
      for (const one of classesAt(first))
        for (const other of classesAt(second)) {
          if (rest.due()) await rest.take();
          for (const g of members[other]!) {
            const count = combine(basis, representatives[one]!, g, made);
            for (let i = 0; i < count; i++) {
              const index = classOf[made[i]!]!;
              if (costs[index] === unknown) costs[index] = cost;
            }
          }
        }
  return costs;
}

/** Zero for constants and inputs, else unknown, by class. */
export function trivialCosts({ classOf, projections, representatives }: FunctionSpace): Uint8Array {
  const costs = new Uint8Array(representatives.length).fill(unknown);
  for (const table of [0, ...projections]) costs[classOf[table]!] = 0;
  return costs;
}

/** Normal functions of each class. */
function membersByClass({ classOf, ones, representatives }: FunctionSpace): Uint16Array[] {
  const members: number[][] = representatives.map(() => []);
  for (let table = 0; table <= ones; table += 2) members[classOf[table]!]!.push(table);
  return members.map((tables) => Uint16Array.from(tables));
}
