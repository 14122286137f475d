/**
 * Prior information: how long is a policy that holds what matters in each environment, and how long one that finds it
 * out, when they score alike? Hubinger et al. 2019 (arXiv 1906.01820), section 2.1.
 */
import { z } from "zod";
import {
  type EpisodicTask,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type Key,
  type ObservationField,
  type SubjectParameters,
  split,
} from "../../core/index.ts";
import { coded } from "../../signatures/index.ts";
import {
  type BanditInstance,
  type BanditState,
  keyedBandit,
  makeTask,
  partlyShown,
} from "../../tasks/index.ts";
import {
  banditFields,
  imitator,
  learnerFields,
  meanReward,
  type OpenLearner,
  openLearner,
  pacer,
  playedBy,
  practise,
  replaceParameters,
  seedOf,
} from "../phases/index.ts";
import { asJson, measurement } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const { batch, learningRate } = learnerFields;

const parameters = z.strictObject({
  ...banditFields,
  ...{ batch, learningRate },
  diversity: z.number().int().min(1).describe("Distinct bandits N that are to be done well on."),
  features: z
    .enum(["given", "discovered"])
    .describe(
      "What tells which arm pays: the bandit's name, for a policy that knows its N bandits; or what the episode shows.",
    ),
  architecture: z.enum(["mlp-feedback", "gru"]).default("mlp-feedback").describe("Id."),
  widths: z
    .array(z.number().int().min(1).max(1024))
    .min(1)
    .default([4, 8, 16, 32])
    .describe("Widths that are tried; the shortest policy counts."),
  updates: z.number().int().min(1).default(600).describe("Updates for each width."),
  matched: z.number().positive().default(4.5).describe("The score, in reward, that all must have."),
  episodes: z.number().int().min(16).default(512).describe("Episodes of each measurement."),
});

type Parameters = z.infer<typeof parameters>;
type Bandits = EpisodicTask<BanditInstance, BanditState>;

interface Source {
  readonly shown: (field: ObservationField) => boolean;
  /** The solver that is imitated. */
  readonly teacher: string;
}

const sources: Readonly<Record<Parameters["features"], Source>> = {
  given: { shown: ({ role }) => role === "instance", teacher: "oracle" },
  discovered: { shown: ({ role }) => role !== "instance", teacher: "reference" },
};

/** Shares of parameters that are dropped, and bits that the others are rounded to. */
const dropped = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const precisions = [8, 7, 6, 5, 4, 3, 2];

interface Found {
  readonly bits: number;
  readonly score: number;
  readonly width: number;
  readonly dropped: number;
  readonly precision: number;
}

/** The shortest code of the learner's policy that still has the matched score. */
async function shortestCode(
  p: Parameters,
  width: number,
  { learner }: OpenLearner,
  task: Bandits,
  key: Key,
): Promise<Found | undefined> {
  // The value head never acts.
  const acting = Object.entries(learner.learned().parameters()).filter(
    ([name]) => !/^value\b/.test(name),
  );
  const values = Object.fromEntries(acting) as SubjectParameters["values"];
  const bandits = task.training.draw(split(key, "measured"), p.episodes);
  let best: Found | undefined;
  for (const share of dropped)
    for (const precision of precisions) {
      const code = coded(values, share, precision);
      if (best && code.bits >= best.bits) continue;
      replaceParameters(
        learner,
        Object.fromEntries(
          Object.entries(code.values).map(([name, data]) => [
            name,
            { shape: values[name]!.shape, data },
          ]),
        ),
      );
      const score = meanReward(
        await playedBy(learner, task.rules, bandits, split(key, "episodes")),
      );
      if (score >= p.matched) best = { bits: code.bits, score, width, dropped: share, precision };
    }
  return best;
}

/** Bits that N answers take at the least, if a policy that knows nothing else is to have the score (rate-distortion). */
export function leastBits({
  arms,
  diversity,
  matched,
  steps,
}: Pick<Parameters, "arms" | "diversity" | "matched" | "steps">): number {
  const right = Math.min(1, matched / steps);
  if (right <= 1 / arms) return 0;
  const surprise = (share: number) => (share > 0 ? -share * Math.log2(share) : 0);
  const doubt = surprise(right) + surprise(1 - right) + (1 - right) * Math.log2(arms - 1);
  return diversity * (Math.log2(arms) - doubt);
}

async function described(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { arms, steps, keyBits, best, others, diversity } = p;
  const whole: Bandits = makeTask(
    keyedBandit,
    { arms, steps, keyBits, best, others },
    { diversity, seed: seedOf(context) },
  );
  const { shown, teacher } = sources[p.features];
  const task = { ...whole, rules: partlyShown(whole.rules, shown) };
  const pace = pacer(context);
  const found: Found[] = [];
  const scores: number[] = [];
  for (const width of p.widths) {
    const key = split(context.key, width);
    const open = await openLearner(imitator(p.architecture, { ...p, width }, teacher), task, {
      ...{ updates: p.updates, key: split(key, "learner") },
    });
    try {
      await practise(open, task, { updates: p.updates, key: split(key, "practice"), pace });
      const bandits = task.training.draw(split(key, "trained"), p.episodes);
      scores.push(
        meanReward(await playedBy(open.learner, task.rules, bandits, split(key, "whole"))),
      );
      const code = await shortestCode(p, width, open, task, key);
      if (code) found.push(code);
    } finally {
      await open.learner.dispose();
    }
  }
  const data = asJson({ scores, found });
  const shortest = found.reduce<Found | undefined>(
    (a, b) => (a && a.bits <= b.bits ? a : b),
    undefined,
  );
  if (!shortest)
    return {
      measurements: [
        {
          signature: "prior",
          applicable: false,
          reason: `no width reaches a score of ${p.matched}`,
        },
      ],
      data,
    };
  return {
    measurements: [
      measurement("prior", [shortest.bits, "bits"], {
        bits: [shortest.bits, "bits"],
        logBits: [Math.log2(shortest.bits), "doublings of a bit"],
        score: [shortest.score, "reward"],
        width: [shortest.width, "units"],
        dropped: [shortest.dropped, "share of parameters"],
        precision: [shortest.precision, "bits a parameter"],
        bestScore: [Math.max(...scores), "reward"],
        answers: [leastBits(p), "bits"],
      }),
    ],
    data,
  };
}

export const priorInformation: Experiment<Parameters> = {
  id: "prior-information",
  title: "The length of what is known before",
  description:
    "Policies are trained on N bandits that are told apart by their names, or only by what an episode shows. Their parameters are dropped and rounded as far as a score that is the same for all allows, and coded; the shortest over several widths counts.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ widths, updates }) => widths.length * updates,
  run: (p, context) => unlessStopped(context.signal, () => described(p, context)),
};
