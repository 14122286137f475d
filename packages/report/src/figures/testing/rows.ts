/** SYNTHETIC rows of runs: the long form that a study's results take. */
import type { PlannedRun, Row, TrainingSpec } from "@mesascope/lab/studies";
import { bySteps, type Reached, rateBits, reached } from "./curves.ts";

/** Every row of a completed run. */
export function rowsOf(run: PlannedRun<TrainingSpec>, batch: number, steps: number): Row[] {
  const learner = String(run.arm.learner);
  const { diversity, checkpoints, budget } = run.spec;
  return checkpoints.flatMap((update) => {
    const at = reached(learner, diversity, update / budget.updates, run.seed);
    const base = {
      study: run.study,
      run: run.id,
      arm: run.arm,
      seed: run.seed,
      update,
      samples: update * batch * steps,
      final: update === budget.updates,
    };
    return [
      ...scalars(at).map((scalar) => ({ ...base, ...scalar })),
      ...series(at).map((point) => ({ ...base, ...point })),
    ];
  });
}

type Scalar = Pick<Row, "measure" | "value" | "unit">;

function scalars({ training, novel, removed, swapped }: Reached): Scalar[] {
  const bits: [string, number][] = [
    ["training", rateBits(training)],
    ["novel", rateBits(novel)],
    ["runTime", rateBits(novel)],
    ["tuned", rateBits(training) - rateBits(novel)],
    ["tunedAblation", rateBits(removed)],
    ["runTimeAblation", rateBits(training) - rateBits(removed)],
    ["swapped", rateBits(swapped)],
    ["tail", rateBits(novel) + 0.96],
  ];
  return [
    ...bits.map(([part, value]) => ({
      measure: `optimization-power.${part}`,
      value,
      unit: "bits",
    })),
    { measure: "novel-success.value", value: novel, unit: "reward" },
    { measure: "novel-success.training", value: training, unit: "reward" },
    { measure: "adaptation.regret", value: 5.5 - novel, unit: "reward" },
  ];
}

function series({ training, novel }: Reached): (Scalar & { readonly step: number })[] {
  const along = (measure: string, values: readonly number[]) =>
    values.map((value, index) => ({ measure, value, unit: "reward", step: index + 1 }));
  return [
    ...along("adaptation.training", bySteps(training, training - novel < 0.3)),
    ...along("adaptation.novel", bySteps(novel, true)),
  ];
}
