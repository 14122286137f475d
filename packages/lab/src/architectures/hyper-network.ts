/** A network whose weights come out of a shorter genome: the information funnel of the paper, section 2.1. */
import type { Graph } from "@mesascope/graph";
import { z } from "zod";
import { declaring } from "./declaring.ts";
import { expressiveCodes, type GenomeSize, genomeCodes, grown } from "./genome.ts";
import { gru } from "./gru.ts";
import { mlp, mlpFeedback } from "./mlp.ts";
import type { Network } from "./network.ts";
import { recurrentConv, recurrentConvFields } from "./recurrent-conv.ts";

const inner = { gru, mlp, "mlp-feedback": mlpFeedback } as const;

const genomeFields = {
  code: z
    .enum(genomeCodes)
    .default("labels")
    .describe(
      "How the genome is written out: by a network over neurons' labels, by patterns over their places, by fixed random combinations, or at sparse places.",
    ),
  bits: z
    .number()
    .positive()
    .max(32)
    .default(8)
    .describe("Bits of genome for each weight of a matrix; with 32 every weight is written out."),
  gated: z
    .literal(true)
    .optional()
    .describe(
      "Whether the genome also says which connections there are; left out where it does not.",
    ),
};

const canGate = ({ code, gated }: GenomeSize) => !gated || expressiveCodes.includes(code);

const cannotGate = {
  path: ["gated"],
  error: `needs a code that says entries by a network: ${expressiveCodes.join(" or ")}`,
};

const parameters = z
  .strictObject({
    grows: z
      .enum(["gru", "mlp", "mlp-feedback"])
      .default("gru")
      .describe("The architecture that the genome is written out into."),
    width: z.number().int().min(1).max(4096).default(64).describe("Its width."),
    ...genomeFields,
  })
  .refine(canGate, cannotGate);

type HyperParameters = z.infer<typeof parameters>;

/** The architecture that is grown, and its parameters. */
function grownBy({ grows, width }: HyperParameters) {
  const network = inner[grows] as Network<unknown>;
  return { network, given: network.parameters.parse({ width }) };
}

export const hyperNetwork: Network<HyperParameters> = {
  id: "hyper-network",
  kind: "network",
  title: "network grown from a genome",
  description:
    "A network whose weights are produced from a genome with fewer bits than they have (the genomic bottleneck of Shuvaev et al. 2024, patterns after Stanley 2007, random subspaces, or sparse connections), and which connections there are if it is so chosen (after Verbancsics and Stanley 2011): it can express what has a short description in the genome's terms.",
  parameters,
  carry(io, given) {
    const { network, given: own } = grownBy(given);
    return network.carry(io, own);
  },
  hooks(given) {
    const { network, given: own } = grownBy(given);
    return network.hooks(own);
  },
  build(graph, inputs, io, given, uniform) {
    const { network, given: own } = grownBy(given);
    return network.build(growing(graph, given, uniform), inputs, io, own, uniform);
  },
};

const convParameters = z
  .strictObject({ ...recurrentConvFields, ...genomeFields })
  .refine(canGate, cannotGate);

export const hyperConv: Network<z.infer<typeof convParameters>> = {
  ...recurrentConv,
  id: "hyper-conv",
  title: "recurrent convolution grown from a genome",
  description:
    "The recurrent convolution with recall (Bansal et al. 2022) with kernels that are produced from a genome with fewer bits than they have, by the codes of the network grown from a genome: with sparse connections, a fixed part of them is there and shared by all ticks.",
  parameters: convParameters,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build: (graph, inputs, io, given, uniform) =>
    recurrentConv.build(growing(graph, given, uniform), inputs, io, given, uniform),
};

/** The graph as the network sees it: a matrix that it declares comes from a genome; biases are few, and their own. */
const growing = (graph: Graph, genome: GenomeSize, uniform: () => number): Graph =>
  declaring(graph, (name, shape, init) =>
    shape.length < 2
      ? graph.parameter(name, shape, init)
      : grown(graph, name, shape, init, genome, uniform),
  );
