/**
 * A table of action values that are mean returns: Monte Carlo control with every visit counted. Sutton and Barto 2018,
 * Reinforcement Learning, sections 5.3 and 5.4.
 */
import { z } from "zod";
import type { OptimizerAlgorithm, RolloutBatch, TableArchitecture } from "../../core/index.ts";
import { hashRows, type ObservationTable } from "./observation-table.ts";
import { explorationFields, tableLearner } from "./table-learner.ts";
import { words } from "./table-policy.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(256).describe("Episodes an update."),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe("Step towards each return, so that later ones count more than earlier ones."),
  ...explorationFields,
  discount: z.number().min(0).max(1).default(1).describe("Discount per step."),
});

type ValueTableParameters = z.infer<typeof parameters>;

/**
 * Moves the value of every action taken towards the return that followed it. Rows are stored when they first differ
 * from zero.
 * @returns mean absolute error.
 */
function learn(
  table: ObservationTable,
  { steps, batch, observations, actions, rewards, mask }: RolloutBatch,
  size: number,
  { learningRate, discount }: ValueTableParameters,
): number {
  const hashes = hashRows(words(observations), size);
  let errors = 0;
  let taken = 0;
  for (let i = 0; i < batch; i++) {
    let total = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const k = t * batch + i;
      if (mask[k] === 0) continue;
      total = rewards[k]! + discount * total;
      const [high, low] = [hashes[2 * k]!, hashes[2 * k + 1]!];
      errors += Math.abs(table.moveTowards(high, low, actions[k]!, total, learningRate));
      taken++;
    }
  }
  return errors / taken;
}

export const valueTable: OptimizerAlgorithm<TableArchitecture, ValueTableParameters> = {
  id: "value-table",
  title: "table of mean returns",
  description:
    "The value of each action at each whole observation is the mean return that followed it (Monte Carlo control), with exploration that fades to zero.",
  searches: "table",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  create: ({ parameters: p, io, budget }) =>
    tableLearner({ io, budget }, p, (table, experience) =>
      learn(table, experience, io.observationSize, p),
    ),
};
