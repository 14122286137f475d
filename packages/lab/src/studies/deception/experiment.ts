/** Tabular learners in the deceptive toy example, beside the exact best response. Hubinger et al. 2019, section 4. */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  pauses,
} from "../../core/index.ts";
import { bestResponse, planningOptimum } from "../../theory/index.ts";
import { measurement } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { policyGradient, qLearning, type TabularLearner } from "./learners.ts";
import { type LifetimeEnds, lifetimeEnds } from "./lifetime.ts";

const episodes = z.number().int().min(1).max(50);

const parameters = z.strictObject({
  training: episodes.default(2).describe("T: episodes after which straying is trained away."),
  deployment: episodes.default(3).describe("D: episodes that follow."),
  discount: z.number().min(0).max(1).default(1).describe("Worth of an episode to the one before."),
  stage: z
    .enum(["observed", "hidden"])
    .default("observed")
    .describe("Whether the agent is told which episode it is in."),
  learner: z
    .enum(["q-exploring", "q-greedy", "policy-gradient"])
    .default("q-exploring")
    .describe("How the agent learns what to do: by trying everything, or mostly what paid so far."),
  lifetimes: z.number().int().min(100).max(10_000_000).default(40_000).describe("Lives lived."),
});

type Parameters = z.infer<typeof parameters>;

const learners: Readonly<Record<Parameters["learner"], TabularLearner>> = {
  "q-exploring": qLearning(1),
  "q-greedy": qLearning(0.3),
  "policy-gradient": policyGradient,
};

/** Points along learning at which the policy is followed exactly. */
const points = 20;

export const deceptionExperiment: Experiment<Parameters> = {
  id: "deception",
  title: "Tabular learners in the deceptive toy example",
  description:
    "An agent learns its mesa-objective, to reach B in as many episodes as possible, over lifetimes of training and deployment episodes in the paper's 3 x 3 grid; its policy is followed exactly and compared with the best response.",
  parameters,
  unit: "lifetimes",
  work: ({ lifetimes }) => lifetimes,
  run: (p, context) => unlessStopped(context.signal, () => lived(p, context)),
};

async function lived(
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<ExperimentResult> {
  const { stage, lifetimes } = p;
  const every = Math.max(1, Math.floor(lifetimes / points));
  const history: LifetimeEnds[] = [];
  const pause = pauses(signal);
  for (const policy of learners[p.learner]({ model: p, stage, key, lifetimes }, every)) {
    history.push(lifetimeEnds(policy, stage, p));
    report(history.length * every);
    await pause.take();
  }
  const { defects, deceptive, value } = history.at(-1)!;
  const best = bestResponse(p);
  const told = stage === "observed";
  const isDeceptive = best.bestResponse.every((corner, i) => (corner === "B") === i >= p.training);
  const gamble = planningOptimum(p);
  const predictedDefect = told ? Number(best.bestResponse[0] === "B") : gamble.defectProbability;
  const optimum = told ? best.value : gamble.value;
  const inDeployment = defects.slice(p.training);
  return {
    measurements: [
      measurement(
        "deception",
        [deceptive, "probability"],
        {
          deceptive: [deceptive, "probability"],
          predicted: [
            told ? Number(isDeceptive) : hiddenDeception(gamble.defectProbability, p),
            "probability",
          ],
          defect: [defects[0]!, "probability"],
          predictedDefect: [predictedDefect, "probability"],
          error: [defects[0]! - predictedDefect, "probability"],
          deployment: [
            inDeployment.reduce((sum, one) => sum + one, 0) / inDeployment.length,
            "probability",
          ],
          value: [value, "episodes at B"],
          regret: [optimum - value, "episodes at B"],
        },
        { learning: history.map((at) => at.deceptive), defects },
      ),
    ],
  };
}

/** Probability that an agent which gambles alike in every episode complies in training and defects in deployment. */
const hiddenDeception = (p: number, { training, deployment }: Parameters): number =>
  (1 - p) ** training * p ** deployment;
