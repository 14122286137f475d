/** What algorithms share that learn a table of action values from whole episodes. */
import { z } from "zod";
import type {
  EpisodicLearner,
  LearnedPolicy,
  OptimizerAlgorithm,
  RolloutBatch,
  TableArchitecture,
} from "../../core/index.ts";
import { ObservationTable } from "./observation-table.ts";
import { tablePolicy } from "./table-policy.ts";

type Context = Parameters<OptimizerAlgorithm<TableArchitecture, unknown>["create"]>[0];

/** Fields of a zod object. */
export const explorationFields = {
  explorationStart: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("Share of random actions at the first update."),
  explorationEnd: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("Share at the last update; linear in between."),
} as const;

type Exploration = z.infer<z.ZodObject<typeof explorationFields>>;

/**
 * A learner that plays by a table of action values, with a share of random actions that changes over the budget.
 * @param learn changes the table by whole episodes and gives the mean absolute error that it found.
 */
export function tableLearner(
  { io, budget }: Pick<Context, "io" | "budget">,
  { explorationStart, explorationEnd }: Exploration,
  learn: (table: ObservationTable, experience: RolloutBatch) => number,
): Promise<EpisodicLearner> {
  let table = new ObservationTable(io.outputs);
  let updates = 0;
  const exploration = () => {
    const share = budget.updates > 1 ? updates / (budget.updates - 1) : 0;
    return explorationStart + (explorationEnd - explorationStart) * share;
  };
  const learned = (): LearnedPolicy => ({
    kind: "episodic",
    policy: () =>
      tablePolicy(
        () => table,
        io.outputs,
        io.observationSize,
        () => 0,
      ),
    parameters: () => arraysOf(table),
    onnx: () => undefined,
    size: table.count * table.width,
  });
  return Promise.resolve({
    kind: "episodic",
    explorer: tablePolicy(() => table, io.outputs, io.observationSize, exploration),
    get updates() {
      return updates;
    },
    update(experience) {
      const error = learn(table, experience);
      updates++;
      return Promise.resolve({
        metrics: { temporalDifference: error, rows: table.count },
        flops: 0,
      });
    },
    learned,
    snapshot: () => ({ ...arraysOf(table), updates: { shape: [1], data: Int32Array.of(updates) } }),
    restore(snapshot) {
      const { hashes, rows, updates: made } = snapshot;
      table = ObservationTable.fromArrays(io.outputs, {
        hashes: hashes!.data as Int32Array,
        rows: rows!.data as Float32Array,
      });
      updates = (made!.data as Int32Array)[0]!;
    },
    dispose: () => Promise.resolve(),
  });
}

function arraysOf(table: ObservationTable) {
  const { hashes, rows } = table.toArrays();
  return {
    hashes: { shape: [hashes.length / 2, 2], data: hashes },
    rows: { shape: [hashes.length / 2, table.width], data: rows },
  };
}
