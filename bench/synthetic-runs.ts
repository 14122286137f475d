/** Run folders with numbers drawn at random, for benchmarks of what reads them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The study that they are of. */
export const study = "synthetic";

/** A complete run folder as the store writes it, with numbers drawn at random. */
export function writeRun(
  data: string,
  seed: number,
  updates: number,
  diagnostics: readonly string[],
): void {
  const learner = seed % 2 === 0 ? "gru" : "mlp";
  const diversity = 4 ** (seed % 8);
  const id = `${learner}-n${diversity}-s${seed}-${seed.toString(16).padStart(10, "0")}`;
  const folder = join(data, study, id);
  mkdirSync(folder, { recursive: true });
  const spec = {
    version: 1,
    task: { family: "keyed-bandit", parameters: { arms: 6, steps: 8 } },
    diversity,
    learner: {
      architecture: learner,
      architectureParameters: { width: 64 },
      algorithm: "actor-critic",
      algorithmParameters: { batch: 64 },
    },
    budget: { updates },
    checkpoints: [updates],
    measure: { signatures: ["optimization-power"], episodes: 2048 },
    seed,
  };
  const run = { id, study, arm: { learner, diversity }, seed, spec };
  const [when, versions] = ["2026-01-01T00:00:00.000Z", { mesascope: "0.1.0" }];
  writeFileSync(join(folder, "spec.json"), JSON.stringify({ ...run, versions, when }));
  const lines: string[] = [];
  for (let update = 1; update <= updates; update++)
    lines.push(
      JSON.stringify({
        update,
        ...Object.fromEntries(diagnostics.map((name) => [name, Math.random()])),
      }),
    );
  writeFileSync(join(folder, "metrics.jsonl"), `${lines.join("\n")}\n`);
  const number = () => ({ value: Math.random(), unit: "bits" });
  const parts = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`part${i}`, number()]));
  const checkpoints = Array.from({ length: 7 }, (_, i) => ({
    spent: {
      updates: Math.ceil((updates * (i + 1)) / 7),
      samples: 1000 * i,
      flops: 1,
      candidates: 0,
    },
    metrics: { loss: Math.random() },
    measurements: [
      {
        ...{ signature: "optimization-power", applicable: true, ...number() },
        ...{ interval: { low: 0, high: 1, level: 0.95 }, n: 2048, baselines: {}, parts },
        series: { reward: Array.from({ length: 8 }, Math.random) },
      },
    ],
  }));
  const spent = checkpoints.at(-1)!.spent;
  const engine = { name: "none", version: "1", threads: 1 };
  const result = {
    ...run,
    spent,
    checkpoints,
    size: 1,
    engine,
    versions,
    seconds: 1,
    when,
    files: {},
  };
  writeFileSync(join(folder, "result.json"), JSON.stringify(result));
}
