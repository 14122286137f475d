/** A SYNTHETIC outcome of a supervised study with a transition from memory to generalization, by formula. */
import type { Diversity } from "@mesascope/lab/core";
import type { Row, SupervisedOutcome, TransitionFindings } from "@mesascope/lab/studies";
import { scatter } from "./curves.ts";
import { synthetic } from "./synthetic.ts";

const gapOf = (diversity: number) => 4 / (1 + diversity / 64);

/** Distances after a share of training: from chance towards generalization, and on to memory where N is small. */
function place(diversity: Diversity, share: number, seed: number) {
  const learned = Math.min(1, 1.4 * share);
  const n = diversity === "fresh" ? 30 : Math.log2(diversity);
  const alpha = 1 / (1 + Math.exp(1.5 * (n - 3 - 5 * share))) + 0.03 * scatter(n, seed, share);
  const residual = 0.05 + 2 * (1 - learned);
  if (diversity === "fresh") return { toGeneralizer: residual, toChance: 2.4 * learned + 0.02 };
  const gap = gapOf(diversity);
  return {
    alpha,
    residual,
    gap,
    toGeneralizer: alpha ** 2 * gap + residual,
    toMemorizer: (1 - alpha) ** 2 * gap + residual,
    toChance: 2.4 * learned + 0.02,
  };
}

function rowsOf({ study }: ReturnType<typeof synthetic>): Row[] {
  return study.runs.flatMap((run) =>
    run.spec.checkpoints.flatMap((update) => {
      const found = place(run.spec.diversity, update / study.updates, run.seed);
      return Object.entries(found).map(([part, value]) => ({
        study: run.study,
        run: run.id,
        arm: run.arm,
        seed: run.seed,
        update,
        samples: update * 100,
        final: update === study.updates,
        measure: `predictor-distance.${part}`,
        value: value!,
        unit: "squared distance",
      }));
    }),
  );
}

function findingsOf({ study }: ReturnType<typeof synthetic>): TransitionFindings {
  const arms = [
    ...new Map(study.runs.map((run) => [`${run.arm.learner} ${run.arm.diversity}`, run])).values(),
  ];
  const learners = [...new Set(arms.map(({ arm }) => String(arm.learner)))];
  const updates = arms[0]!.spec.checkpoints;
  return {
    measure: "predictor-distance.alpha",
    at: 0.5,
    thresholds: learners.flatMap((learner) =>
      updates.map((update) => {
        const diversity = 2 ** (3 + (5 * update) / study.updates);
        return {
          learner,
          update,
          diversity,
          interval: { low: diversity / 1.5, high: diversity * 1.5, level: 0.95 },
          censored: "none" as const,
          censoredShare: 0,
        };
      }),
    ),
    path: arms.flatMap(({ arm, spec }) =>
      updates.map((update) => {
        const { toMemorizer, toGeneralizer, toChance } = {
          toMemorizer: undefined,
          ...place(spec.diversity, update / study.updates, 1),
        };
        const distances = {
          chance: toChance,
          generalizer: toGeneralizer,
          ...(toMemorizer === undefined ? {} : { memorizer: toMemorizer }),
        };
        const [nearest] = Object.entries(distances).sort(([, a], [, b]) => a - b)[0]!;
        return {
          learner: String(arm.learner),
          diversity: spec.diversity,
          update,
          nearest: nearest as keyof typeof distances,
          agreed: 1,
          distances,
        };
      }),
    ),
  };
}

/** A study of two learners in which nothing failed. */
export function syntheticStrategies(): SupervisedOutcome {
  const base = synthetic({ learners: ["gru", "mlp-feedback"] }, () => false);
  const { study, entries } = base;
  return {
    kind: "supervised",
    study: {
      ...study,
      file: {
        ...study.file,
        task: { family: "in-context-regression", form: "small", parameters: {} },
      },
    },
    entries,
    rows: rowsOf(base),
    verdicts: [],
    thresholds: [],
    reference: {
      unit: "mean squared error, negated",
      chance: "zero",
      best: "ridge",
      predictors: [
        { id: "zero", title: "Zero", told: false, score: -4.25, bits: 0 },
        {
          id: "ridge",
          title: "Generalizer (ridge regression)",
          told: false,
          score: -1.8,
          bits: 6.1,
        },
      ],
    },
    conclusion: { id: "transition", findings: findingsOf(base) as never },
  };
}
