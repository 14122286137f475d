/** A run whose training is three lines of arithmetic, exact under resumption like the real one. */
import type { NamedArrays } from "@mesascope/lab/core";
import type {
  CheckpointRecord,
  PlannedRun,
  RunArchive,
  RunResult,
  TrainingSpec,
} from "@mesascope/lab/studies";
import type { Holder, Processes } from "../processes.ts";
import type { ArrayCodec } from "../run.ts";

/** Arrays as JSON: the store does not care for the format. */
export const jsonCodec: ArrayCodec = {
  encode: (arrays) =>
    new TextEncoder().encode(
      JSON.stringify(
        Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          shape,
          [...data].map(String),
        ]),
      ),
    ),
  decode: (bytes) => {
    const entries = JSON.parse(new TextDecoder().decode(bytes)) as [string, number[], string[]][];
    return Object.fromEntries(
      entries.map(([name, shape, data]) => [
        name,
        { shape, data: Float32Array.from(data, Number) },
      ]),
    );
  },
};

/** A run of ten updates, measured at five and ten. */
export function plannedRun(seed = 1): PlannedRun<TrainingSpec> {
  return {
    id: `gru-n16-s${seed}-0123456789`,
    study: "diversity-test",
    arm: { learner: "gru", diversity: 16 },
    seed,
    spec: {
      version: 1,
      task: { family: "keyed-bandit", parameters: { arms: 6 } },
      diversity: 16,
      learner: {
        architecture: "gru",
        architectureParameters: { width: 64 },
        algorithm: "actor-critic",
        algorithmParameters: {},
      },
      budget: { updates: 10 },
      checkpoints: [5, 10],
      measure: { signatures: ["novel-success"], episodes: 16 },
      seed,
    },
  };
}

const spentAt = (updates: number) => ({ updates, samples: updates * 8, flops: 0, candidates: 0 });

const arraysOf = (x: number): NamedArrays => ({ x: { shape: [1], data: Float32Array.of(x) } });

function checkpointOf(updates: number, x: number): CheckpointRecord {
  return {
    spent: spentAt(updates),
    metrics: { loss: x },
    measurements: [
      {
        signature: "novel-success",
        applicable: true,
        value: x,
        unit: "reward",
        interval: { low: Number.NEGATIVE_INFINITY, high: x, level: 0.95 },
        n: 16,
        baselines: { chance: 1.33 },
        parts: { tail: { value: Number.NaN, unit: "bits" } },
        series: { bySteps: [x, x] },
      },
      { signature: "ticks", applicable: false, reason: "the learner has no ticks" },
    ],
  };
}

/** Trains to the end, keeping state after every third update; `stopAt` leaves off there, as a kill does. */
export async function train(
  run: PlannedRun<TrainingSpec>,
  archive: RunArchive,
  options: { readonly stopAt?: number } = {},
): Promise<void> {
  const resumed = await archive.resume();
  let x = resumed?.arrays.x?.data[0] ?? run.seed / 7;
  if (typeof x === "bigint") throw new Error("the state is a float");
  const checkpoints = [...(resumed?.checkpoints ?? [])];
  const { updates: budget } = run.spec.budget;
  for (let update = (resumed?.spent.updates ?? 0) + 1; update <= budget; update++) {
    x = Math.fround((Math.fround(x) * 3.7 + 0.11) % 1);
    archive.metrics({ update, loss: x });
    if (run.spec.checkpoints.includes(update)) checkpoints.push(checkpointOf(update, x));
    if (update % 3 === 0)
      await archive.keep({
        spent: spentAt(update),
        seconds: update,
        arrays: arraysOf(x),
        checkpoints,
        pending: { count: 1, sums: { loss: x } },
      });
    if (update === options.stopAt) return;
  }
  await archive.complete(resultOf(run, checkpoints), arraysOf(x), Uint8Array.of(1, 2, 3));
}

function resultOf(
  run: PlannedRun<TrainingSpec>,
  checkpoints: readonly CheckpointRecord[],
): RunResult {
  const { id, study, arm, seed, spec } = run;
  return {
    ...{ id, study, arm, seed, spec, checkpoints },
    spent: spentAt(spec.budget.updates),
    size: 1,
    engine: { name: "arithmetic", version: "1", threads: 1 },
    versions: { mesascope: "0.0.0" },
    seconds: 10,
    when: "2026-01-01T00:00:00.000Z",
  };
}

/** Processes that live and die as the test says; each call of `next` is a new one. */
export class Lives {
  readonly #dead = new Set<number>();
  #last = 100;

  /** A new living process. */
  next(): Processes {
    const pid = ++this.#last;
    return {
      self: { pid, started: "1", host: "here" },
      alive: (holder: Holder) => !this.#dead.has(holder.pid),
    };
  }

  kill(processes: Processes): void {
    this.#dead.add(processes.self.pid);
  }
}
