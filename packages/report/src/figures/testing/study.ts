/** A SYNTHETIC study file and its planned runs. */
import type { Diversity } from "@mesascope/lab/core";
import type { PlannedRun, TrainingFile, TrainingSpec, TrainingStudy } from "@mesascope/lab/studies";
import { arms, horizon } from "./curves.ts";

const learner = (architecture: string, algorithm: string) => ({
  architecture,
  parameters: architecture === "gru" ? { width: 64 } : {},
  algorithm,
  algorithmParameters: algorithm === "actor-critic" ? { learningRate: 0.003 } : {},
});

const arm = (diversity: Diversity, name: string) => ({ diversity, learner: name });

export interface StudyShape {
  readonly form: "noiseless" | "noisy";
  readonly diversities: readonly Diversity[];
  readonly learners: readonly string[];
  readonly seeds: number;
  readonly updates: number;
  readonly checkpoints: readonly number[];
}

function studyFile({
  form,
  diversities,
  learners,
  seeds,
  updates,
  checkpoints,
}: StudyShape): TrainingFile {
  return {
    kind: "training",
    id: `synthetic-${form}-bandit`,
    title: `Synthetic study of a ${form} keyed bandit`,
    condition: "diversity",
    claim:
      "The more distinct instances, the less tuning each can get, the more run-time optimization pays.",
    rationale:
      "Synthetic: these numbers were made by formula to test figures; nothing was trained or measured.",
    task: { family: "keyed-bandit", form, parameters: {} },
    learners: Object.fromEntries(
      learners.map((name) => [
        name,
        learner(name, name === "table" ? "q-learning" : "actor-critic"),
      ]),
    ),
    factors: { diversity: [...diversities], learner: [...learners] },
    seeds,
    inStart: true,
    figures: [],
    budget: { updates },
    checkpoints: checkpoints.length,
    measure: { signatures: ["novel-success", "optimization-power", "adaptation"], episodes: 2048 },
    predictions: predictions(diversities[0]!, diversities.at(-1)!),
    thresholds: [
      { measure: "optimization-power.runTime", learner: "gru", level: 0.5 },
      { measure: "optimization-power.runTime", learner: "mlp-feedback", level: 0.5 },
    ],
    notControlled: [
      "Learners differ in the number of parameters.",
      "Only one set of learning rates was used; it was chosen on pilot seeds.",
    ],
    profiles: { start: {}, quick: {}, full: {} },
  };
}

function predictions(few: Diversity, many: Diversity): TrainingFile["predictions"] {
  return [
    {
      id: "run-time-bits-rise",
      statement:
        "Run-time bits of the recurrent learner rise from the fewest instances to fresh ones.",
      measure: "optimization-power.runTime",
      from: arm(few, "gru"),
      to: arm(many, "gru"),
      direction: "rises",
      margin: 2,
    },
    {
      id: "tuned-bits-fall",
      statement:
        "Tuned bits of the recurrent learner fall from the fewest instances to fresh ones.",
      measure: "optimization-power.tuned",
      from: arm(few, "gru"),
      to: arm(many, "gru"),
      direction: "falls",
      margin: 2,
    },
    {
      id: "key-only-stays-at-chance",
      statement: "A learner that sees only the key stays at chance on new instances.",
      measure: "optimization-power.runTime",
      to: arm(many, "mlp"),
      direction: "none",
      margin: 0.25,
    },
    {
      id: "feedback-rises",
      statement: "Reward of the learner with feedback on new instances rises with diversity.",
      measure: "novel-success.value",
      from: arm(few, "mlp-feedback"),
      to: arm(many, "mlp-feedback"),
      direction: "rises",
      margin: 3.2,
    },
    {
      id: "key-only-rises",
      statement:
        "Run-time bits of a learner that sees only the key rise from the fewest instances to fresh ones.",
      measure: "optimization-power.runTime",
      from: arm(few, "mlp"),
      to: arm(many, "mlp"),
      direction: "rises",
      margin: 0.5,
    },
  ];
}

/** The study with every run planned. */
export function plannedStudy(shape: StudyShape): TrainingStudy {
  const file = studyFile(shape);
  const { id, task, learners, budget, measure } = file;
  const parameters = { arms, steps: horizon, keyBits: 32, best: 1, others: 0 };
  const runs = shape.learners.flatMap((name) =>
    shape.diversities.flatMap((diversity) =>
      Array.from({ length: shape.seeds }, (_, index): PlannedRun<TrainingSpec> => {
        const { architecture, algorithm } = learners[name]!;
        const seed = index + 1;
        return {
          id: `${name}-${diversity}-${seed}-synthetic`,
          study: id,
          arm: arm(diversity, name),
          seed,
          spec: {
            version: 1,
            task: { family: task.family, parameters },
            diversity,
            learner: {
              architecture,
              architectureParameters: architecture === "gru" ? { width: 64 } : {},
              algorithm,
              algorithmParameters: { batch: 256 },
            },
            budget,
            checkpoints: shape.checkpoints,
            measure,
            seed,
          },
        };
      }),
    ),
  );
  return {
    kind: "training",
    file,
    number: "000",
    profile: "quick",
    seeds: shape.seeds,
    updates: budget.updates,
    runs,
    source: `# SYNTHETIC: for tests of the report.\nid: ${id}\ncondition: diversity\n`,
  };
}
