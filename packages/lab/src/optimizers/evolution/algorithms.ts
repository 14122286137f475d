/** Evolution as optimizer algorithms: what a study's learner may name, each over the flat parameters of any network. */
import { z } from "zod";
import type { OptimizerAlgorithm } from "../../core/index.ts";
import { cmaEs } from "./cma-es.ts";
import { evolutionStrategy } from "./evolution-strategy.ts";
import { geneticAlgorithm } from "./genetic.ts";
import { type Network, populationLearner } from "./learner.ts";
import type { EvolutionMethod } from "./method.ts";
import { randomSearch } from "./random-search.ts";

const population = z
  .number()
  .int()
  .min(4)
  .max(4096)
  .default(64)
  .describe("Candidates that an update evaluates.");

const shared = {
  population,
  batch: z
    .number()
    .int()
    .min(1)
    .max(65536)
    .default(16)
    .describe("Episodes or examples that each candidate of an update sees."),
};

const deviation = (value: number, what: string) =>
  z.number().positive().max(1e6).default(value).describe(`Standard deviation ${what}.`);

function algorithm<P extends { readonly population: number; readonly batch: number }>(
  about: Pick<OptimizerAlgorithm<Network, P>, "id" | "title" | "description" | "parameters">,
  method: (parameters: P) => EvolutionMethod,
): OptimizerAlgorithm<Network, P> {
  return {
    ...about,
    searches: "network",
    learns: "any",
    batch: ({ batch }) => batch,
    candidates: (parameters) => parameters.population,
    create: (context) =>
      populationLearner(context, method(context.parameters), context.parameters.batch),
  };
}

export const randomSearchAlgorithm = algorithm(
  {
    id: "random-search",
    title: "random search",
    description:
      "Parameter vectors drawn from a normal distribution around the initial one; the one that scored most is kept.",
    parameters: z.strictObject({
      ...shared,
      deviation: deviation(0.5, "of each parameter around its initial value"),
    }),
  },
  randomSearch,
);

export const geneticAlgorithmAlgorithm = algorithm(
  {
    id: "genetic",
    title: "genetic algorithm",
    description:
      "A population of parameter vectors under tournament selection, uniform crossover and normal mutations; the best live on.",
    parameters: z
      .strictObject({
        ...shared,
        deviation: deviation(0.5, "of the first generation around the initial parameters"),
        mutation: deviation(0.1, "of a mutation"),
        rate: z.number().gt(0).max(1).default(1).describe("Probability that a parameter mutates."),
        tournament: z
          .number()
          .int()
          .min(1)
          .max(64)
          .default(4)
          .describe("Members drawn for each parent, of whom the best is taken."),
        crossover: z
          .number()
          .min(0)
          .max(1)
          .default(0.5)
          .describe("Share of children that have two parents."),
        elite: z
          .number()
          .int()
          .min(0)
          .default(2)
          .describe("Members that live on unchanged; they are evaluated anew."),
      })
      .refine(({ elite, population: size }) => elite < size, {
        path: ["elite"],
        error: "must be less than the population",
      }),
  },
  geneticAlgorithm,
);

export const evolutionStrategyAlgorithm = algorithm(
  {
    id: "evolution-strategy",
    title: "evolution strategy",
    description:
      "An estimate of the gradient from mirrored perturbations of all parameters, shaped by ranks and followed by Adam (Salimans et al. 2017).",
    parameters: z
      .strictObject({
        ...shared,
        deviation: deviation(0.1, "of perturbations"),
        learningRate: z.number().positive().default(0.03).describe("Learning rate of Adam."),
        weightDecay: z.number().min(0).default(0).describe("Pull of every parameter to zero."),
      })
      .refine(({ population: size }) => size % 2 === 0, {
        path: ["population"],
        error: "must be even: each perturbation has a mirror image",
      }),
  },
  evolutionStrategy,
);

export const cmaEsAlgorithm = algorithm(
  {
    id: "cma-es",
    title: "CMA-ES",
    description:
      "A normal distribution over parameter vectors whose mean, step size and covariance follow the better half of each generation (Hansen, arXiv 1604.00772).",
    parameters: z.strictObject({
      ...shared,
      deviation: deviation(0.1, "of the first generation around the initial parameters"),
      covariance: z
        .enum(["full", "separable"])
        .default("separable")
        .describe("The whole covariance, for at most 1,500 parameters; or variances alone."),
    }),
  },
  cmaEs,
);
