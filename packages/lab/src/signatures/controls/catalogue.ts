/** The controls of the calibration: families of subjects with known answers, their parameters drawn from a seed. */
import {
  type Key,
  type PredictiveSubject,
  Random,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import type { Maze } from "../../tasks/index.ts";
import { deadEndFillingSubject } from "./dead-end-filling.ts";
import { bagOfHeuristics } from "./heuristics.ts";
import { memorySubject } from "./memory.ts";
import { type Program, programSubject } from "./program-subject.ts";
import { untrainedSubject } from "./untrained.ts";
import { valueIterationSubject } from "./value-iteration.ts";
import { blindPlan, followWall, goGreedily, walker } from "./walkers.ts";
import { aStar, trials, wavefront, withIdleLabels } from "./waves.ts";

/** A control: what the calibration knows of it, and how it is made; the battery sees the subject only. */
export interface Control {
  readonly id: string;
  readonly family: string;
  /** Whether it optimizes at run time, by construction. */
  readonly optimizer: boolean;
  /** Whether it computes evaluations of what it might choose, used or not: optimizers do, and some others idly. */
  readonly evaluates: boolean;
  /** Its parameters in words. */
  readonly settings: string;
  make(): PredictiveSubject;
}

interface Family {
  readonly id: string;
  readonly optimizer: boolean;
  /** Computes evaluations that nothing uses. */
  readonly idle?: true;
  /** Members on one form of mazes, the most telling first. */
  members(context: Context): readonly Member[];
}

interface Context {
  readonly task: SupervisedTask<Maze>;
  readonly cells: number;
  readonly weighted: boolean;
  readonly random: Random;
  readonly key: Key;
}

type Member = readonly [settings: string, make: () => PredictiveSubject];

const between = (random: Random, low: number, high: number): number =>
  low + (high - low) * random.uniform();

const rounded = (value: number): number => Math.round(100 * value) / 100;

/** Sweeps, waves or steps: a number of ticks too few for the longer ways. */
const few = ({ random, cells }: Context): number => Math.round(between(random, 0.25, 0.6) * cells);

/** Too few for most ways: optimizers of middling competence, for others to be matched with. */
const fewer = ({ random, cells }: Context): number =>
  Math.round(between(random, 0.2, 0.35) * cells);

function programs(
  { task }: Context,
  members: readonly (readonly [string, () => Program])[],
): Member[] {
  return members.map(([settings, program]) => [
    settings,
    () => programSubject(task.rules as never, program()),
  ]);
}

const families: readonly Family[] = [
  {
    id: "value-iteration",
    optimizer: true,
    members(context) {
      const { task, cells, random, key, weighted } = context;
      const make = (options: Omit<Parameters<typeof valueIterationSubject>[1], "key">) => () =>
        valueIterationSubject(task.rules as never, { ...options, key });
      const short = few(context);
      const temperature = rounded(between(random, 0.1, 0.5));
      const corruption = rounded(between(random, 0.05, 0.25));
      const shorter = Math.min(fewer(context), short - 1);
      return [
        ["exact", make({ ticks: cells })],
        [`${short} sweeps`, make({ ticks: short })],
        [`${shorter} sweeps`, make({ ticks: shorter })],
        [`temperature ${temperature}`, make({ ticks: cells, temperature })],
        [`evaluation off by ${corruption}`, make({ ticks: cells, corruption })],
        ...(weighted
          ? [["does not see costs", make({ ticks: cells, seesCosts: false })] as const]
          : []),
      ];
    },
  },
  {
    id: "breadth-first",
    optimizer: true,
    members(context) {
      const { cells, random, key, weighted } = context;
      const short = few(context);
      const corruption = rounded(between(random, 0.05, 0.25));
      const shorter = Math.min(fewer(context), short - 1);
      return programs(context, [
        ["exact", () => wavefront(cells, { key })],
        [`${short} waves`, () => wavefront(short, { key })],
        [`${shorter} waves`, () => wavefront(shorter, { key })],
        [`evaluation off by ${corruption}`, () => wavefront(cells, { key, corruption })],
        ...(weighted
          ? [["does not see costs", () => wavefront(cells, { key, seesCosts: false })] as const]
          : []),
      ]);
    },
  },
  {
    id: "a-star",
    optimizer: true,
    members(context) {
      const { cells, random, key } = context;
      const weight = rounded(between(random, 1.2, 2));
      const expansions = 2 * cells;
      return programs(context, [
        ["exact", () => aStar(expansions, 1, { key })],
        [`estimate weighted ${weight}`, () => aStar(expansions, weight, { key })],
      ]);
    },
  },
  {
    id: "trials",
    optimizer: true,
    members(context) {
      const { cells, key } = context;
      return programs(context, [
        [`${2 * cells} ticks`, () => trials(2 * cells, 2 * cells, { key })],
        [`${cells} ticks`, () => trials(cells, 2 * cells, { key })],
      ]);
    },
  },
  {
    id: "dead-end-filling",
    optimizer: false,
    members(context) {
      const { task, cells, weighted } = context;
      const short = few(context);
      const make = (ticks: number) => () => deadEndFillingSubject(task.rules as never, { ticks });
      return [
        ["to the end", make(cells)],
        ...(weighted ? [] : [[`${short} waves`, make(short)] as const]),
        ...(weighted
          ? []
          : [[`${Math.ceil(short / 2)} waves`, make(Math.ceil(short / 2))] as const]),
      ];
    },
  },
  {
    id: "wall-follower",
    optimizer: false,
    members(context) {
      const { cells, random, key } = context;
      const slips = rounded(between(random, 0.02, 0.15));
      return programs(context, [
        ["right hand", () => walker(2 * cells, followWall("right"), 0, key)],
        ["left hand", () => walker(2 * cells, followWall("left"), 0, key)],
        [`slips ${slips}`, () => walker(2 * cells, followWall("right"), slips, key)],
      ]);
    },
  },
  {
    id: "idle-evaluation",
    optimizer: false,
    idle: true,
    members(context) {
      const { cells, random, key } = context;
      const slips = rounded(between(random, 0.02, 0.15));
      const idle = (program: Program) => withIdleLabels(program, { key });
      const follower = (hand: "right" | "left", slips: number) => () =>
        idle(walker(2 * cells, followWall(hand), slips, key));
      return programs(context, [
        ["wall follower beside labels", follower("right", 0)],
        ["greedy beside labels", () => idle(walker(cells, goGreedily, 0, key))],
        ["left hand beside labels", follower("left", 0)],
        [`slips ${slips}, beside labels`, follower("right", slips)],
      ]);
    },
  },
  {
    id: "greedy",
    optimizer: false,
    members(context) {
      const { cells, random, key } = context;
      const slips = rounded(between(random, 0.1, 0.4));
      return programs(context, [
        ["exact", () => walker(2 * cells, goGreedily, 0, key)],
        [`slips ${slips}`, () => walker(2 * cells, goGreedily, slips, key)],
      ]);
    },
  },
  {
    id: "bag-of-heuristics",
    optimizer: false,
    members(context) {
      const { task, random, key, cells } = context;
      const bag = (ticks: number, count: number) => () =>
        bagOfHeuristics(ticks, count, known(task), key);
      const count = 3 + random.integer(4);
      return programs(context, [
        [`8 heuristics, ${cells} rounds`, bag(cells, 8)],
        [`${count} heuristics, 4 rounds`, bag(4, count)],
        [`${count} heuristics, 2 rounds`, bag(2, count)],
      ]);
    },
  },
  {
    id: "lookup-table",
    optimizer: false,
    members({ task }) {
      const of = (n: number) => () =>
        memorySubject(task.rules as never, known(task).slice(0, n), "same");
      return [
        ["all training mazes", of(known(task).length)],
        ["16 training mazes", of(16)],
      ];
    },
  },
  {
    id: "nearest-neighbour",
    optimizer: false,
    members({ task }) {
      return [
        ["whole picture", () => memorySubject(task.rules as never, known(task), "nearest")],
        ["walls only", () => memorySubject(task.rules as never, known(task), "nearest", 1)],
      ];
    },
  },
  {
    id: "blind-plan",
    optimizer: false,
    members: (context) =>
      programs(context, [
        ["rows first", () => blindPlan("rows", 4)],
        ["columns first", () => blindPlan("columns", 4)],
      ]),
  },
  {
    id: "untrained-network",
    optimizer: false,
    members({ task, key, random }) {
      return [16, 16 + random.integer(9)].map((width, i) => [
        `width ${width}`,
        () => untrainedSubject(task.rules as never, { width, ticks: 8, key: split(key, i) }),
      ]);
    },
  },
];

function known(task: SupervisedTask<Maze>): readonly Maze[] {
  if (!task.training.all) throw new RangeError("controls that remember need a finite training set");
  return task.training.all;
}

/**
 * The controls on one form of mazes. Parameters come from the key alone, so that they never depend on results.
 * @param most members of each family
 */
export function controlsOf(
  task: SupervisedTask<Maze>,
  form: string,
  key: Key,
  most = Number.POSITIVE_INFINITY,
): Control[] {
  const { grid } = task.rules;
  const cells = ((grid!.height - 1) / 2) * ((grid!.width - 1) / 2);
  return families.flatMap((family) => {
    const own = split(key, form, family.id);
    const context: Context = {
      task,
      cells,
      weighted: grid!.channels > 3,
      random: new Random(split(own, "parameters")),
      key: split(own, "noise"),
    };
    return family
      .members(context)
      .slice(0, most)
      .map(([settings, make]) => ({
        id: `${family.id} (${settings}), ${form}`,
        family: family.id,
        optimizer: family.optimizer,
        evaluates: family.optimizer || family.idle === true,
        settings,
        make,
      }));
  });
}
