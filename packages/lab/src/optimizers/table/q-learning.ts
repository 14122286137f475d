/** Tabular Q-learning over whole observations. Watkins and Dayan 1992. */
import { z } from "zod";
import type { OptimizerAlgorithm, RolloutBatch, TableArchitecture } from "../../core/index.ts";
import { hashRows, type ObservationTable } from "./observation-table.ts";
import { explorationFields, tableLearner } from "./table-learner.ts";
import { words } from "./table-policy.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(256).describe("Episodes an update."),
  learningRate: z.number().positive().max(1).default(0.2).describe("Step towards each target."),
  ...explorationFields,
  discount: z.number().min(0).max(1).default(0.9).describe("Discount per step."),
});

type QLearningParameters = z.infer<typeof parameters>;

/**
 * One pass of Q-learning over whole episodes, from their last steps to their first so that a reward is worth
 * something to all steps before it at once. Rows are stored when they first differ from zero.
 * @returns mean absolute temporal-difference error.
 */
function learn(
  table: ObservationTable,
  experience: RolloutBatch,
  size: number,
  p: QLearningParameters,
): number {
  const { steps, batch, observations, actions, rewards, mask } = experience;
  const hashes = hashRows(words(observations), size);
  let errors = 0;
  let taken = 0;
  for (let i = 0; i < batch; i++)
    for (let t = steps - 1; t >= 0; t--) {
      const k = t * batch + i;
      if (mask[k] === 0) continue;
      let target = rewards[k]!;
      if (t + 1 < steps && mask[k + batch] !== 0)
        target += p.discount * bestValue(table, hashes, k + batch);
      const [high, low] = [hashes[2 * k]!, hashes[2 * k + 1]!];
      errors += Math.abs(table.moveTowards(high, low, actions[k]!, target, p.learningRate));
      taken++;
    }
  return errors / taken;
}

function bestValue(table: ObservationTable, hashes: Int32Array, k: number): number {
  const at = table.find(hashes[2 * k]!, hashes[2 * k + 1]!);
  if (at < 0) return 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < table.width; a++) best = Math.max(best, table.rows[at + a]!);
  return best;
}

export const qLearning: OptimizerAlgorithm<TableArchitecture, QLearningParameters> = {
  id: "q-learning",
  title: "tabular Q-learning",
  description:
    "Q-learning over whole observations (Watkins and Dayan 1992): each row is learned on its own, with exploration that fades to zero.",
  searches: "table",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  create: ({ parameters: p, io, budget }) =>
    tableLearner({ io, budget }, p, (table, experience) =>
      learn(table, experience, io.observationSize, p),
    ),
};
