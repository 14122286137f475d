/**
 * The conditions of *Risks from Learned Optimization* (arXiv 1906.01820), section 2 unless named, as claims
 * that can be tested. The report, the README and the command all take their table from here.
 */
import type { StudyOutcome, Verdict } from "./types.ts";

export interface Condition {
  readonly id: string;
  readonly condition: string;
  readonly claim: string;
  /** Direction that the paper argues for. */
  readonly prediction: string;
}

const entry = (id: string, condition: string, claim: string, prediction: string): Condition => ({
  id,
  condition,
  claim,
  prediction,
});

export const conditions: readonly Condition[] = [
  entry(
    "power",
    "Optimization power",
    "A required performance on every instance takes at least so many bits, spent by the base optimizer or at run time.",
    "Nobody obtains more bits than were spent; the two levels trade off.",
  ),
  entry(
    "diversity",
    "Better generalization through search",
    "The more distinct instances, the less tuning each can get, the more run-time optimization pays.",
    "Run-time bits rise with N and with branching, past a threshold.",
  ),
  entry(
    "training-share",
    "Compute spent in training against at run time",
    "Where far more computation goes into training than into running, the base optimizer does the work.",
    "Run-time bits fall as the ratio grows.",
  ),
  entry(
    "ex-post",
    "Immediate against after-the-fact adjustment",
    "A mesa-optimizer adjusts to a novel situation at once; tuned policies only through further updates.",
    "The searcher recovers within the episode, the memorizer only by updates.",
  ),
  entry(
    "prior-information",
    "Features found at run time",
    "A policy that finds an environment's important features at run time needs less prior information.",
    "Description length is shorter for the one that discovers.",
  ),
  entry(
    "toy-model",
    "The toy model",
    "x* = argmax of (P - f(x))/N + x; f is relatively independent of N.",
    "Predictions beat interpolation and a constant; x* never falls as P grows.",
  ),
  entry(
    "simple-tasks",
    "Rules against search",
    "Tic-tac-toe needs only simple rules; Go, chess and shogi are played by search with learned heuristics.",
    "No gain from search in tic-tac-toe, a large gain elsewhere.",
  ),
  entry(
    "dqn-lookahead",
    "A DQN that plays well must search inside",
    "A plain deep Q-network that played such a game well would compute something like a tree search.",
    "Look-ahead grows with strength where search is needed.",
  ),
  entry(
    "compression",
    "Compression of complex policies",
    "A short search program describes a long particular policy.",
    "Description lengths cross at some maze length; never for random labels.",
  ),
  entry(
    "restriction",
    "Task restriction",
    "Many narrow services make mesa-optimization less likely than one general system.",
    "Run-time bits are lower in the specialists.",
  ),
  entry(
    "human-modelling",
    "Modelling optimizers",
    "Predicting agents that optimize builds machinery that can be reused for optimizing.",
    "Fewer updates to act well when the modelled agents optimize.",
  ),
  entry(
    "tabular",
    "No mesa-optimization in a table",
    "A table learns each input's output on its own.",
    "Held-out run-time bits are exactly zero.",
  ),
  entry(
    "shortest-program",
    "Shortest program",
    "Choosing the shortest program that solves the task favours programs that search.",
    "The shortest solver searches, past a task complexity.",
  ),
  entry(
    "reachability",
    "Reachability",
    "A good learned algorithm is found by local search only along a nearly monotone path.",
    "Reaching it falls with the fraction needed at once.",
  ),
  entry(
    "range",
    "Algorithmic range",
    "The wider the set of algorithms that an architecture expresses, the likelier one that optimizes is found.",
    "Run-time bits rise with range at high N, not at low N.",
  ),
  entry(
    "explicit-simplicity",
    "Explicit simplicity bias",
    "Regularization, weight sharing and sparsity push to compressed policies, so to search.",
    "The threshold moves to lower N.",
  ),
  entry(
    "implicit-simplicity",
    "Implicit simplicity bias",
    "Networks are likelier to fit a simple function, without regularization.",
    "Probability falls roughly exponentially with complexity.",
  ),
  entry(
    "capacity",
    "Capacity",
    "A small model must compress what a large one may store.",
    "Run-time bits are higher when capacity is scarce.",
  ),
  entry(
    "time-penalty",
    "Penalizing time or space",
    "Penalizing run time moves optimization back into precomputation.",
    "Run-time bits fall.",
  ),
  entry(
    "length-penalty",
    "Penalizing length",
    "Penalizing description length does the opposite.",
    "Run-time bits rise.",
  ),
  entry(
    "circuits",
    "Minimal circuits",
    "Neither a minimal-depth nor a minimal-size circuit is a mesa-optimizer (a conjecture).",
    "None found.",
  ),
  entry(
    "funnel",
    "Information funnel",
    "Choosing parameters indirectly, through a short genome, adds pressure to compress.",
    "Run-time bits rise as the funnel narrows.",
  ),
  entry(
    "statefulness",
    "Statefulness",
    "Being able to save and recall helps, within an episode and across episodes.",
    "Run-time bits rise with statefulness.",
  ),
  entry(
    "hard-coded",
    "Hard-coded optimization",
    "The more search is built in, the less the network does on its own.",
    "Run-time bits with the searcher removed fall as built-in search grows.",
  ),
  entry(
    "gan",
    "Not only reinforcement learning",
    "Adversarial training might produce mesa-optimizers too.",
    "Signatures present where the instances need them.",
  ),
  entry(
    "evolution",
    "Plants and animals",
    "In a varied world organisms that optimize within a life win over fixed policies.",
    "Plastic organisms take over past a diversity.",
  ),
  entry(
    "unidentifiable",
    "Unidentifiable objectives (section 3)",
    "Data that do not separate objectives leave the choice to the base optimizer's bias.",
    "Pseudo-alignment falls as disagreement is shown in training.",
  ),
  entry(
    "deception",
    "Deceptive alignment (section 4)",
    "An agent that values later episodes and knows of the selection behaves well while watched.",
    "Deceptive where the model says so.",
  ),
];

/** What one study found of a condition, in short. */
export interface ConditionEvidence {
  readonly study: string;
  readonly number: string;
  readonly profile: string;
  readonly seeds: number;
  /** The study's main verdict. */
  readonly verdict: Pick<
    Verdict,
    "prediction" | "verdict" | "effect" | "unit" | "interval" | "margin"
  >;
}

export interface ConditionRow extends Condition {
  /** "not yet studied", or the verdicts at this scale. */
  readonly status: string;
  readonly evidence: readonly ConditionEvidence[];
}

/** The evidence that outcomes give: each study's main verdict, and other predictions that name a condition by id. */
export function evidenceOf(
  outcomes: readonly StudyOutcome[],
): (ConditionEvidence & { readonly condition: string })[] {
  return outcomes.flatMap(({ study, verdicts }) =>
    verdicts.flatMap((verdict, i) => {
      const condition =
        i === 0 ? study.file.condition : conditions.find(({ id }) => id === verdict.prediction)?.id;
      if (!condition) return [];
      return [
        {
          condition,
          study: study.file.id,
          number: study.number,
          profile: study.profile,
          seeds: study.seeds,
          verdict,
        },
      ];
    }),
  );
}

/** Every condition of the paper with its status from the evidence given; nothing is left out. */
export function conditionRows(
  evidence: readonly (ConditionEvidence & { readonly condition: string })[],
): ConditionRow[] {
  return conditions.map((condition) => {
    const own = evidence.filter((item) => item.condition === condition.id);
    const status = own.length
      ? own
          .map(
            ({ verdict, number, profile }) =>
              `${verdict.verdict} at this scale (study ${number}, ${profile})`,
          )
          .join("; ")
      : "not yet studied";
    return { ...condition, status, evidence: own };
  });
}
