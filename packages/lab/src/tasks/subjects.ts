/** Subjects made of policies and of reference solvers. */
import {
  type BatchPolicy,
  type EpisodicRules,
  type EpisodicTask,
  InputError,
  Random,
  type Solver,
  type Subject,
  unknownName,
} from "../core/index.ts";
import { playEpisodes } from "./episodes.ts";

/**
 * A policy as a subject. A policy keeps the state of its episodes, so runs that are asked for at once are
 * played one after another.
 * @param ticks whether the policy's inner iterations may be varied; as it says itself where this is left out
 */
export function subjectOf<I, S>(
  rules: EpisodicRules<I, S>,
  policy: BatchPolicy<I, S>,
  { ticks = policy.ticks !== undefined }: { readonly ticks?: boolean } = {},
): Subject<I> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    hooks: policy.hooks,
    ticks,
    async run(instances, options) {
      for (const name of [...(options.read ?? []), ...Object.keys(options.patch ?? {})])
        if (!policy.hooks.includes(name))
          throw new InputError(unknownName("hook point", name, policy.hooks));
      if (options.ticks !== undefined && !ticks)
        throw new InputError("this subject has no ticks that could be varied");
      const run = last.then(() => playEpisodes(rules, instances, policy, options));
      last = run.catch(() => undefined);
      return run;
    },
  };
}

/** A solver that plays a batch of episodes; each draws one number a step from the policy's key. */
export function solverPolicy<I, S>(solver: Solver<I, S>): BatchPolicy<I, S> {
  let players: ReturnType<Solver<I, S>["begin"]>[] = [];
  let random: Random | undefined;
  let actions = new Int32Array(0);
  return {
    hooks: [],
    begin(instances, { key }) {
      players = instances.map((instance) => solver.begin(instance));
      random = new Random(key);
      actions = new Int32Array(instances.length);
    },
    async decide({ states, size }) {
      if (!random || size !== players.length)
        throw new RangeError(`${size} decisions asked of ${players.length} episodes begun`);
      for (let episode = 0; episode < size; episode++)
        actions[episode] = players[episode]!(states[episode]!, random.uniform());
      return { actions };
    },
  };
}

/**
 * One of the task's reference solvers as a subject.
 * @throws InputError naming the nearest solver when there is no such id.
 */
export function solverSubject<I, S>(task: EpisodicTask<I, S>, solverId: string): Subject<I> {
  const { solvers } = task;
  const solver = solvers.find(({ id }) => id === solverId);
  if (!solver)
    throw new InputError(
      unknownName(
        "solver",
        solverId,
        solvers.map(({ id }) => id),
      ),
    );
  return subjectOf(task.rules, solverPolicy(solver));
}
