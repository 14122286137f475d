/** A table learned from targets: the mean target of every whole input that was met, as counts give it. */
import { z } from "zod";
import type {
  ExampleBatch,
  LearnedPredictor,
  NamedArrays,
  OptimizerAlgorithm,
  PredictiveSubject,
  SupervisedLearner,
  SupervisedLoss,
  TableArchitecture,
  TaskInterface,
} from "../../core/index.ts";
import { hashRows, ObservationTable } from "./observation-table.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(64).describe("Examples an update."),
  strength: z
    .number()
    .positive()
    .optional()
    .describe(
      "How many examples the mean of all counts as in each row (Cestnik 1990); without it, a row met once is taken for certain.",
    ),
});

type LookupParameters = z.infer<typeof parameters>;
type Context = Parameters<OptimizerAlgorithm<TableArchitecture, LookupParameters>["create"]>[0];

/** A probability of 0 or 1 as a logit must stay finite; float32 tells no smaller ones apart from 0. */
const least = 1e-6;

/** A mean target in the form that the loss takes. */
function outputOf(loss: SupervisedLoss, mean: number): number {
  if (loss === "squared-error") return mean;
  const p = Math.min(1 - least, Math.max(least, mean));
  return loss === "cross-entropy" ? Math.log(p) : Math.log(p / (1 - p));
}

/** One row for each step of an example: what was shown until then, and nothing after. */
function hashesOf(
  { inputs, batch }: Pick<ExampleBatch, "inputs" | "batch">,
  steps: number,
  size: number,
): Int32Array {
  const width = steps * size + 1;
  const rows = new Int32Array(steps * batch * width);
  const words = new Int32Array(inputs.buffer, inputs.byteOffset, inputs.length);
  for (let step = 0; step < steps; step++)
    for (let i = 0; i < batch; i++) {
      const row = (step * batch + i) * width;
      rows[row] = step + 1;
      for (let t = 0; t <= step; t++) {
        const from = (t * batch + i) * size;
        rows.set(words.subarray(from, from + size), row + 1 + t * size);
      }
    }
  return hashRows(rows, width);
}

/** What was never met is answered with the mean of all targets. */
function subjectOf(
  table: ObservationTable,
  prior: Float64Array,
  { io, loss, strength }: { io: TaskInterface; loss: SupervisedLoss; strength: number },
): PredictiveSubject {
  const { outputs, horizon, observationSize } = io;
  return {
    hooks: [],
    ticks: undefined,
    async predict(examples) {
      const hashes = hashesOf(examples, horizon, observationSize);
      const out = new Float32Array(horizon * examples.batch * outputs);
      for (let k = 0; k < horizon * examples.batch; k++) {
        const at = table.find(hashes[2 * k]!, hashes[2 * k + 1]!);
        const count = at < 0 ? 0 : table.rows[at + outputs]!;
        for (let o = 0; o < outputs; o++) {
          const overall = prior[o]! / Math.max(1, prior[outputs]!);
          const mean =
            count > 0 ? (table.rows[at + o]! + strength * overall) / (count + strength) : overall;
          out[k * outputs + o] = outputOf(loss, mean);
        }
      }
      return { outputs: out, read: {} };
    },
  };
}

function create({ io, loss, parameters: { strength = 0 } }: Context): Promise<SupervisedLearner> {
  if (!loss) throw new Error("a supervised algorithm needs a task with a loss");
  const { outputs, horizon, observationSize } = io;
  /** Sums of targets and, last, of weights. */
  let table = new ObservationTable(outputs + 1);
  let prior = new Float64Array(outputs + 1);
  let updates = 0;
  const arrays = (): NamedArrays => {
    const { hashes, rows } = table.toArrays();
    return {
      hashes: { shape: [hashes.length / 2, 2], data: hashes },
      rows: { shape: [hashes.length / 2, outputs + 1], data: rows },
    };
  };
  const learned = (): LearnedPredictor => ({
    kind: "supervised",
    subject: () => subjectOf(table, prior, { io, loss, strength }),
    parameters: arrays,
    onnx: () => undefined,
    size: table.count * outputs,
  });
  return Promise.resolve({
    kind: "supervised",
    get updates() {
      return updates;
    },
    update(examples) {
      const hashes = hashesOf(examples, horizon, observationSize);
      for (let k = 0; k < horizon * examples.batch; k++) {
        const weight = examples.weights[k]!;
        if (weight === 0) continue;
        const at = table.insert(hashes[2 * k]!, hashes[2 * k + 1]!);
        for (let o = 0; o <= outputs; o++) {
          const add = weight * (o < outputs ? examples.targets[k * outputs + o]! : 1);
          table.rows[at + o]! += add;
          prior[o]! += add;
        }
      }
      updates++;
      return Promise.resolve({ metrics: { rows: table.count }, flops: 0 });
    },
    learned,
    snapshot: () => ({
      ...arrays(),
      // Two words for each sum: float32 would round it.
      prior: { shape: [outputs + 1, 2], data: new Int32Array(prior.slice().buffer) },
      updates: { shape: [1], data: Int32Array.of(updates) },
    }),
    restore(snapshot) {
      table = ObservationTable.fromArrays(outputs + 1, {
        hashes: snapshot["hashes"]!.data as Int32Array,
        rows: snapshot["rows"]!.data as Float32Array,
      });
      prior = new Float64Array((snapshot["prior"]!.data as Int32Array).slice().buffer);
      updates = (snapshot["updates"]!.data as Int32Array)[0]!;
    },
    dispose: () => Promise.resolve(),
  });
}

export const lookup: OptimizerAlgorithm<TableArchitecture, LookupParameters> = {
  id: "lookup",
  title: "table of mean targets",
  description:
    "Keeps the mean target of every whole input that it has met, and answers what it never met with the mean of all: learning without generalization.",
  searches: "table",
  learns: "supervised",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
