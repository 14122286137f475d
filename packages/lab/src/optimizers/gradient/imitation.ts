/**
 * Imitation of a solver on the learner's own states: DAgger, Ross, Gordon and Bagnell 2011 (arXiv 1011.0686),
 * algorithm 3.1 with beta = 0, online: each update learns from new episodes, none are kept.
 */
import { adam, compileTraining, div, logProbability, mul, neg, sum } from "@mesascope/graph";
import { z } from "zod";
import type { EpisodicLearner, OptimizerAlgorithm } from "../../core/index.ts";
import {
  type EpisodicContext,
  episodicLearner,
  type Network,
  unrolledGraph,
} from "./episodic-network.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(64).describe("Episodes an update."),
  learningRate: z.number().positive().default(3e-3).describe("Learning rate of Adam."),
  clipNorm: z.number().positive().default(1).describe("Largest global norm of the gradient."),
  teacher: z
    .string()
    .default("reference")
    .describe(
      "Id of the task's solver that is imitated; `reference`: the task's reference solver.",
    ),
});

type ImitationParameters = z.infer<typeof parameters>;

async function create(context: EpisodicContext<ImitationParameters>): Promise<EpisodicLearner> {
  const { parameters: p, io } = context;
  const { graph, outputs } = unrolledGraph(context, p.batch);
  const advice = graph.input("advice", [io.horizon, p.batch], "int64");
  const mask = graph.input("mask", [io.horizon, p.batch]);
  const each = mul(logProbability(outputs.logits, advice), mask);
  const trainer = await compileTraining(neg(div(sum(each), sum(mask))), {
    optimizer: adam({ learningRate: p.learningRate }),
    clipNorm: p.clipNorm,
  });
  return episodicLearner(context, {
    trainer,
    batch: p.batch,
    async update({ observations, advice: given, mask: taken }) {
      if (!given) throw new Error("imitation needs the advice of a teacher");
      const { loss } = await trainer.update({ observations, advice: given, mask: taken });
      return { loss };
    },
  });
}

export const imitation: OptimizerAlgorithm<Network, ImitationParameters> = {
  id: "imitation",
  title: "imitation of a solver (DAgger)",
  description:
    "The learner plays, and a solver says at each of its states what it would do there: that is learned (Ross et al. 2011).",
  searches: "network",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  teacher: ({ teacher }) => teacher,
  create,
};
