/**
 * A run made of arithmetic, slow or fatal as its parameters say: what the executor and the commands are
 * tested with. It keeps state and resumes exactly, as the real one does.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { NamedArrays } from "@mesascope/lab/core";
import type {
  CheckpointRecord,
  PlannedRun,
  RunArchive,
  RunResult,
  TrainingSpec,
} from "@mesascope/lab/studies";
import { type ArrayCodec, openArchive, type RunStore } from "@mesascope/store";
import type { RunContext } from "../executor/index.ts";

/** File of the data folder that tells how the runs of each learner behave, where their parameters do not. */
export const behaviourFile = "behaviour.json";

/** How a fake run behaves. */
export interface Behaviour {
  /** Milliseconds an update. */
  readonly delay?: number;
  /** Updates between two kept states; 10 if left out. */
  readonly keep?: number;
  /** What happens at update `at`. */
  readonly end?: "throw" | "uncaught" | "exit" | "kill" | "nonsense";
  readonly at?: number;
  /** Whether `end` happens only the first time that the run gets there. */
  readonly once?: boolean;
}

/** Arrays as JSON. */
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

/** The data folder as the tests open it. */
export const openFakeArchive = (data: string): RunStore => openArchive(data, { codec: jsonCodec });

type FakeRun = PlannedRun<TrainingSpec>;

/** A run of `updates` updates that behaves as told. */
export function fakeRun(
  name: string,
  updates: number,
  behaviour: Behaviour = {},
  seed = 1,
): FakeRun {
  const arm = { learner: name, diversity: 16 };
  return {
    ...{ id: `${name}-n16-s${seed}-${updates}`, study: "fake", arm, seed },
    spec: {
      version: 1,
      task: { family: "keyed-bandit", parameters: {} },
      diversity: 16,
      learner: {
        ...{ architecture: name, architectureParameters: {}, algorithm: "arithmetic" },
        algorithmParameters: { ...behaviour },
      },
      budget: { updates },
      checkpoints: [updates],
      measure: { signatures: ["novel-success"], episodes: 16 },
      seed,
    },
  };
}

/** Executes a fake run in a child process: the work that `fake-child.ts` serves. */
export async function fakeWork(run: PlannedRun, context: RunContext) {
  const archive = openFakeArchive(context.data);
  const opening = await archive.open(run, {
    signal: context.signal,
    onHeld: ({ pid }) => context.notice(`waiting for process ${pid}, which has ${run.id} in hand`),
  });
  if (opening.status === "stopped") return { status: "stopped", updates: 0 } as const;
  if (opening.status === "complete") return { status: "complete" } as const;
  try {
    return await execute(run as FakeRun, opening.archive, context);
  } finally {
    await opening.release();
  }
}

function behaviourOf(run: FakeRun, data: string): Behaviour {
  const path = `${data}/${behaviourFile}`;
  if (!existsSync(path)) return run.spec.learner.algorithmParameters as Behaviour;
  const all = JSON.parse(readFileSync(path, "utf8")) as Record<string, Behaviour>;
  return all[String(run.arm.learner)] ?? {};
}

const spentAt = (updates: number) => ({ updates, samples: updates * 8, flops: 0, candidates: 0 });
const arraysOf = (x: number): NamedArrays => ({ x: { shape: [1], data: Float32Array.of(x) } });

async function execute(run: FakeRun, archive: RunArchive, context: RunContext) {
  const behaviour = behaviourOf(run, context.data);
  const resumed = await archive.resume();
  let x = Number(resumed?.arrays.x?.data[0] ?? run.seed / 7);
  const budget = run.spec.budget.updates;
  for (let update = (resumed?.spent.updates ?? 0) + 1; update <= budget; update++) {
    // Every update lets the event loop turn, so that a stop is heard.
    await sleep(behaviour.delay ?? 0);
    x = Math.fround((Math.fround(x) * 3.7 + 0.11) % 1);
    archive.metrics({ update, loss: x });
    context.report(update);
    const stopping = context.signal.aborted && update < budget;
    if (stopping || update % (behaviour.keep ?? 10) === 0)
      await archive.keep({
        ...{ spent: spentAt(update), seconds: 1, arrays: arraysOf(x) },
        ...{ checkpoints: [], pending: { count: 0, sums: {} } },
      });
    if (stopping) return { status: "stopped", updates: update } as const;
    if (update === behaviour.at) meetEnd(run, behaviour, context.data);
  }
  await archive.complete(resultOf(run, x), arraysOf(x), undefined);
  return { status: "complete" } as const;
}

function meetEnd(run: PlannedRun, { end, once }: Behaviour, data: string): void {
  const mark = `${data}/${run.id}.ended-once`;
  if (once && existsSync(mark)) return;
  writeFileSync(mark, "");
  if (end === "throw") throw new Error("the loss is not a number");
  if (end === "uncaught") setImmediate(() => Promise.reject(new TypeError("nobody catches this")));
  if (end === "exit") process.exit(3);
  if (end === "kill") process.kill(process.pid, "SIGKILL");
  if (end === "nonsense") process.send?.({ type: "ended", outcome: "fine" });
}

function resultOf(run: FakeRun, x: number): RunResult {
  const { budget, checkpoints, measure } = run.spec;
  const whole = { low: x, high: x, level: 0.95 };
  const record = (updates: number): CheckpointRecord => ({
    spent: spentAt(updates),
    metrics: { loss: x },
    measurements: measure.signatures.map((signature) => ({
      ...{ signature, applicable: true, value: x, unit: "bits", interval: whole, n: 16 },
      ...{ baselines: {}, parts: { runTime: { value: x, unit: "bits" } }, series: {} },
    })),
  });
  return {
    ...run,
    ...{
      spent: spentAt(budget.updates),
      checkpoints: checkpoints.map(record),
      size: 1,
      versions: {},
      seconds: 1,
    },
    engine: { name: "arithmetic", version: "1", threads: 1 },
    when: new Date().toISOString(),
  };
}
