/** From a family to a task: which instances are trained on, and which are kept apart. */
import {
  type Diversity,
  type EpisodicFamily,
  type EpisodicTask,
  InputError,
  type InstanceFamily,
  type InstanceSource,
  type Key,
  keyOf,
  parseParameters,
  Random,
  type SupervisedFamily,
  type SupervisedTask,
  split,
  type Task,
  type TaskFamily,
} from "../core/index.ts";
import { taskFamilies } from "./families.ts";
import { countable, countParts, type InstanceSpace, type Part, sampleOf } from "./partition.ts";

export interface DistributionOptions {
  /** Number of distinct training instances N, or `fresh` for a new one every time. */
  readonly diversity: Diversity;
  /** Names the N instances; for one seed the first N of a larger N are the same. */
  readonly seed: number;
}

/**
 * A task: rules, and instances of three parts that never share an identity.
 * @throws InputError in one sentence for unknown families, parameters that do not fit, a diversity that is no
 *   whole number of at least 1 or exceeds the training part, and an instance space with an empty part.
 */
export function makeTask<P, I, S>(
  family: EpisodicFamily<P, I, S>,
  given: unknown,
  options: DistributionOptions,
): EpisodicTask<I, S>;
export function makeTask<P, I>(
  family: SupervisedFamily<P, I>,
  given: unknown,
  options: DistributionOptions,
): SupervisedTask<I>;
export function makeTask(
  family: string | TaskFamily,
  given: unknown,
  options: DistributionOptions,
): Task;
export function makeTask(
  familyOrId: string | TaskFamily,
  given: unknown,
  options: DistributionOptions,
): Task {
  const family = typeof familyOrId === "string" ? taskFamilies.get(familyOrId) : familyOrId;
  const parameters = parseParameters<unknown>(family, given);
  const sources = sourcesOf(family, parameters, options);
  if (family.kind === "supervised")
    return {
      ...sources,
      kind: "supervised",
      rules: family.rules(parameters),
      predictors: family.predictors(parameters),
      references: family.references(parameters),
    };
  return {
    ...sources,
    kind: "episodic",
    rules: family.rules(parameters),
    chance: (instance) => family.chance(parameters, instance),
    optimum: family.optimum(parameters),
    // Computed on first use: a planning table may stand behind them.
    get reference() {
      return family.reference(parameters);
    },
    get solvers() {
      return family.solvers(parameters);
    },
    ...(family.episodes ? { episodes: family.episodes(parameters) } : {}),
  };
}

/**
 * The same for a family in which a policy acts.
 * @throws InputError as `makeTask`, and for a supervised family.
 */
export function makeEpisodicTask(
  family: string,
  given: unknown,
  options: DistributionOptions,
): EpisodicTask {
  const task = makeTask(family, given, options);
  if (task.kind !== "episodic")
    throw new InputError(`task family '${family}' is supervised: nothing acts in it`);
  return task;
}

/**
 * The same for a family in which outputs are compared with targets.
 * @throws InputError as `makeTask`, and for an episodic family.
 */
export function makeSupervisedTask(
  family: string,
  given: unknown,
  options: DistributionOptions,
): SupervisedTask {
  const task = makeTask(family, given, options);
  if (task.kind !== "supervised")
    throw new InputError(`task family '${family}' is episodic: it has no targets`);
  return task;
}

function sourcesOf<P, I>(
  family: InstanceFamily<P, I>,
  parameters: P,
  { diversity, seed }: DistributionOptions,
) {
  checkDiversity(family, parameters, diversity);
  return {
    family: family.id,
    parameters: parameters as unknown,
    training:
      diversity === "fresh"
        ? endless(family, parameters, "training")
        : finiteSource(distinct(family, parameters, diversity, split(keyOf(seed), "training"))),
    validation: endless(family, parameters, "validation"),
    heldOut: endless(family, parameters, "heldOut"),
  };
}

function endless<P, I>(family: InstanceSpace<P, I>, parameters: P, part: Part): InstanceSource<I> {
  return {
    diversity: "fresh",
    all: undefined,
    draw(key, count) {
      const random = new Random(key);
      return Array.from({ length: count }, () => sampleOf(family, parameters, part, random));
    },
  };
}

/** Draws from a list, each instance equally often. */
export function finiteSource<I>(all: readonly I[]): InstanceSource<I> {
  return {
    diversity: all.length,
    all,
    draw(key, count) {
      const random = new Random(key);
      return Array.from({ length: count }, () => all[random.integer(all.length)]!);
    },
  };
}

/**
 * The first `count` distinct identities of the training part that one stream brings.
 * @throws InputError where new ones fail to appear: where instances are too many to be counted one by one,
 *   `count` of the family is a bound that what is drawn may not reach.
 */
function distinct<P, I>(
  family: InstanceSpace<P, I>,
  parameters: P,
  count: number,
  key: Key,
): readonly I[] {
  const random = new Random(key);
  const seen = new Set<string>();
  const instances: I[] = [];
  // The last of `count` equally likely ones is missed so often with probability exp(-20).
  const patience = 100_000 + 20 * count;
  for (let repeats = 0; instances.length < count; ) {
    const instance = sampleOf(family, parameters, "training", random);
    const name = family.identity(parameters, instance).join();
    if (seen.has(name)) {
      if (++repeats > patience)
        throw new InputError(
          `diversity ${count} is more than the ${instances.length} distinct training instances of ` +
            `${family.id} that turned up before ${patience} repeats in a row`,
        );
      continue;
    }
    repeats = 0;
    seen.add(name);
    instances.push(instance);
  }
  return instances;
}

function checkDiversity<P, I>(
  family: InstanceSpace<P, I>,
  parameters: P,
  diversity: Diversity,
): void {
  if (diversity !== "fresh" && !(Number.isInteger(diversity) && diversity >= 1))
    throw new InputError(
      `diversity must be a whole number of at least 1, or 'fresh', not ${diversity}`,
    );
  const wanted = diversity === "fresh" ? 1 : diversity;
  const counts = countParts(family, parameters, { training: wanted, validation: 1, heldOut: 1 });
  if (counts) checkCounted(family.id, counts, wanted);
  else checkUncounted(family.count(parameters), wanted);
}

function checkCounted(id: string, counts: Readonly<Record<Part, number>>, wanted: number): void {
  const { training, validation, heldOut } = counts;
  if (training > 0 && training < wanted)
    throw new InputError(
      `diversity ${wanted} is more than the ${training} distinct training instances that ${id} has with ` +
        "these parameters",
    );
  const empty = training === 0 ? "training" : validation === 0 ? "validation" : "held-out";
  if (training === 0 || validation === 0 || heldOut === 0)
    throw new InputError(
      `the ${empty} part is empty: ${id} has only ${training + validation + heldOut} distinct instances ` +
        "with these parameters",
    );
}

/** Of more than `countable` identities, the training part has 80 % to within a few in a thousand. */
function checkUncounted(count: number, wanted: number): void {
  const limit = Math.min(countable, Math.floor(0.79 * count));
  if (wanted > limit)
    throw new InputError(
      `diversity ${wanted} is more than the ${limit} distinct training instances that can be kept apart; ` +
        "use 'fresh'",
    );
}
