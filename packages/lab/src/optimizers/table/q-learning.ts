/** Tabular Q-learning over whole observations. Watkins and Dayan 1992. */
import { z } from "zod";
import {
  type BatchPolicy,
  type EpisodicLearner,
  type LearnedPolicy,
  type OptimizerAlgorithm,
  Random,
  type RolloutBatch,
  type TableArchitecture,
} from "../../core/index.ts";
import { hashRows, ObservationTable } from "./observation-table.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(256).describe("Episodes an update."),
  learningRate: z.number().positive().max(1).default(0.2).describe("Step towards each target."),
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
  discount: z.number().min(0).max(1).default(0.9).describe("Discount per step."),
});

type QLearningParameters = z.infer<typeof parameters>;
type Context = Parameters<OptimizerAlgorithm<TableArchitecture, QLearningParameters>["create"]>[0];

const words = (floats: Float32Array): Int32Array =>
  new Int32Array(floats.buffer, floats.byteOffset, floats.length);

/** The largest of `count` numbers from `offset`; ties go to one of them by `u`, uniform on [0, 1). */
function bestOf(rows: Float32Array, offset: number, count: number, u: number): number {
  let best = rows[offset]!;
  let ties = 1;
  for (let a = 1; a < count; a++) {
    const value = rows[offset + a]!;
    if (value > best) {
      best = value;
      ties = 1;
    } else if (value === best) ties++;
  }
  let pick = Math.floor(u * ties);
  for (let a = 0; a < count; a++) if (rows[offset + a] === best && pick-- === 0) return a;
  return 0;
}

/** Greedy in the table; uniform where the observation was never met; random with share `exploration()`. */
function tablePolicy(
  table: () => ObservationTable,
  actions: number,
  observationSize: number,
  exploration: () => number,
): BatchPolicy {
  let random: Random;
  return {
    hooks: [],
    begin: (_instances, { key }) => {
      random = new Random(key);
    },
    decide: (batch) => {
      const current = table();
      const hashes = hashRows(words(batch.observations()), observationSize);
      const chosen = new Int32Array(batch.size);
      const share = exploration();
      for (let i = 0; i < batch.size; i++) {
        const at = current.find(hashes[2 * i]!, hashes[2 * i + 1]!);
        const explores = share > 0 && random.uniform() < share;
        const u = random.uniform();
        chosen[i] =
          at < 0 || explores ? Math.floor(u * actions) : bestOf(current.rows, at, actions, u);
      }
      return Promise.resolve({ actions: chosen });
    },
  };
}

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
      const high = hashes[2 * k]!;
      const low = hashes[2 * k + 1]!;
      let at = table.find(high, low);
      const old = at < 0 ? 0 : table.rows[at + actions[k]!]!;
      const error = target - old;
      if (error !== 0) {
        if (at < 0) at = table.insert(high, low);
        table.rows[at + actions[k]!] = old + p.learningRate * error;
      }
      errors += Math.abs(error);
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

function create({ parameters: p, io, budget }: Context): Promise<EpisodicLearner> {
  let table = new ObservationTable(io.outputs);
  let updates = 0;
  const exploration = () => {
    const share = budget.updates > 1 ? updates / (budget.updates - 1) : 0;
    return p.explorationStart + (p.explorationEnd - p.explorationStart) * share;
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
      const error = learn(table, experience, io.observationSize, p);
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

export const qLearning: OptimizerAlgorithm<TableArchitecture, QLearningParameters> = {
  id: "q-learning",
  title: "tabular Q-learning",
  description:
    "Q-learning over whole observations (Watkins and Dayan 1992): each row is learned on its own, with exploration that fades to zero.",
  searches: "table",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
