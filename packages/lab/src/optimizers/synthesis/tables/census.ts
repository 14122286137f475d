/**
 * How many functions of up to four inputs have which least size, length and depth; the tables of Knuth, The Art of
 * Computer Programming 4A, section 7.1.2, computed anew.
 */
import { type Basis, pauses } from "../../../core/index.ts";
import { type FunctionSpace, functionSpace } from "./functions.ts";
import { type FindWithin, leastSizes, mostExhausted, sizesFit } from "./sizes.ts";
import { leastDepths, leastLengths, unknown } from "./trees.ts";

/** Functions and classes (NPN) that have one least cost. */
export interface CensusRow {
  readonly value: number;
  readonly functions: number;
  readonly classes: number;
}

/** Functions and classes that share a property. */
export interface CensusGroup {
  readonly functions: number;
  readonly classes: number;
  /** The least truth table of each class, as hexadecimal digits. */
  readonly representatives: readonly string[];
}

export interface Census {
  readonly inputs: number;
  readonly basis: Basis;
  readonly functions: number;
  readonly classes: number;
  /** By gates of the smallest circuit, C(f); null where it was not asked for. */
  readonly size: readonly CensusRow[] | null;
  /** Functions whose size is not proved, only that it is at least `atLeast`; null where there are none. */
  readonly sizeOpen: (CensusGroup & { readonly atLeast: number }) | null;
  /** By operators of the shortest formula, L(f). */
  readonly length: readonly CensusRow[];
  /** By gates on the longest path of the shallowest circuit, D(f). */
  readonly depth: readonly CensusRow[];
  /** Functions whose smallest circuit has fewer gates than their shortest formula has operators, as far as sizes are proved. */
  readonly sizeBelowLength: CensusGroup | null;
  /** Functions none of whose smallest circuits is also a shallowest one, as far as sizes are proved. */
  readonly noJointMinimum: CensusGroup | null;
}

/** Least costs by class of a function space; the numbering of classes is the space's. 255 stands for what is not proved. */
export interface LeastCosts {
  readonly space: FunctionSpace;
  readonly lengths: Uint8Array;
  readonly depths: Uint8Array;
  /** Null where sizes were not asked for. */
  readonly sizes: Uint8Array | null;
  /** Least depth of a smallest circuit; null where sizes were not asked for. */
  readonly sizeDepths: Uint8Array | null;
}

export interface CensusOptions {
  readonly signal?: AbortSignal;
  /** Leaves sizes out where exhaustion takes minutes: of four inputs over AND and OR. */
  readonly quickSizesOnly?: boolean;
  /** Settles the few classes that exhaustion leaves open, of four inputs over AND and OR. */
  readonly find?: FindWithin;
}

const known = new Map<string, LeastCosts>();

/**
 * Least size, length and depth of every class of functions. Computed once a process.
 * @throws InputError for more than four inputs; the signal's reason when aborted.
 */
export async function leastCosts(
  inputs: number,
  basis: Basis,
  options: CensusOptions = {},
): Promise<LeastCosts> {
  const space = functionSpace(inputs);
  const key = `${basis} ${inputs}`;
  const withSizes = !options.quickSizesOnly || sizesFit(inputs, basis);
  const before = known.get(key);
  if (before && (before.sizes || !withSizes)) return before;
  const rest = pauses(options.signal);
  const lengths = before?.lengths ?? (await leastLengths(space, basis, rest));
  const depths = before?.depths ?? (await leastDepths(space, basis, rest));
  const found = withSizes
    ? await leastSizes(space, basis, depths, rest, { find: options.find })
    : null;
  const costs: LeastCosts = {
    space,
    lengths,
    depths,
    sizes: found?.sizes ?? null,
    sizeDepths: found?.depths ?? null,
  };
  known.set(key, costs);
  return costs;
}

/**
 * Counts functions and classes by least size, length and depth.
 * @throws InputError for more than four inputs; the signal's reason when aborted.
 */
export async function takeCensus(
  inputs: number,
  basis: Basis,
  options: CensusOptions = {},
): Promise<Census> {
  const { space, lengths, depths, sizes, sizeDepths } = await leastCosts(inputs, basis, options);
  return {
    inputs,
    basis,
    functions: space.ones + 1,
    classes: space.representatives.length,
    size: sizes && rows(space, sizes),
    sizeOpen: sizes && open(space, sizes),
    length: rows(space, lengths),
    depth: rows(space, depths),
    sizeBelowLength: sizes && group(space, (index) => sizes[index]! < lengths[index]!),
    noJointMinimum:
      sizeDepths &&
      group(space, (index) => sizeDepths[index] !== unknown && sizeDepths[index]! > depths[index]!),
  };
}

function rows(space: FunctionSpace, costs: Uint8Array): CensusRow[] {
  const values = [...new Set(costs)].filter((cost) => cost !== unknown).sort((a, b) => a - b);
  return values.map((value) => {
    const { functions, classes } = group(space, (index) => costs[index] === value);
    return { value, functions, classes };
  });
}

function open(space: FunctionSpace, sizes: Uint8Array): Census["sizeOpen"] {
  const unproved = group(space, (index) => sizes[index] === unknown);
  return unproved.classes > 0 ? { atLeast: mostExhausted + 1, ...unproved } : null;
}

function group(space: FunctionSpace, has: (index: number) => boolean): CensusGroup {
  const members = [...space.sizes.keys()].filter(has);
  const digits = Math.max(1, 2 ** (space.inputs - 2));
  return {
    functions: members.reduce((sum, index) => sum + space.sizes[index]!, 0),
    classes: members.length,
    representatives: members.map(
      (index) => `0x${space.representatives[index]!.toString(16).padStart(digits, "0")}`,
    ),
  };
}
