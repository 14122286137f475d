/** Base optimizers over one small network, at a budget counted in evaluations of it. */
import type { OptimizerAlgorithm } from "../../core/index.ts";
import { optimizerAlgorithms } from "../../optimizers/index.ts";

export const methods = [
  "adam",
  "sgd",
  "evolution-strategy",
  "cma-es",
  "genetic",
  "random-search",
] as const;

export type Method = (typeof methods)[number];

/** How a method is set, relative to what it does by default here. */
export interface Setting {
  readonly method: Method;
  /** Factor of the step: of a learning rate, or of the deviation by which candidates differ. */
  readonly step: number;
  /** Factor of what an update compares: the examples of a gradient, or the candidates of a population. */
  readonly breadth: number;
}

interface Plain {
  readonly algorithm: string;
  readonly step: number;
  /** Name of the parameter that the step is. */
  readonly named: string;
  readonly rest: object;
}

const gradient = { examples: 64 };
const population = { candidates: 64, examples: 64 };

/** Steps are those of a few that came farthest on a pilot seed; where none came anywhere, middling ones. */
const plain: Readonly<Record<Method, Plain>> = {
  adam: { algorithm: "supervised", step: 0.005, named: "learningRate", rest: {} },
  sgd: { algorithm: "supervised", step: 0.2, named: "learningRate", rest: { optimizer: "sgd" } },
  "evolution-strategy": {
    ...{ algorithm: "evolution-strategy", step: 0.02, named: "learningRate" },
    rest: { deviation: 0.1 },
  },
  "cma-es": { algorithm: "cma-es", step: 0.3, named: "deviation", rest: {} },
  genetic: { algorithm: "genetic", step: 0.05, named: "mutation", rest: { deviation: 0.1 } },
  "random-search": { algorithm: "random-search", step: 0.3, named: "deviation", rest: {} },
};

/** Evaluations of the network that a gradient costs with its loss: forward, and twice as much back. */
export const gradientCost = 3;

export interface ChosenMethod {
  readonly algorithm: OptimizerAlgorithm;
  readonly parameters: object;
  /** Forward passes of an example that one update costs; the way back counts as two more. */
  readonly evaluations: number;
}

/** The algorithm of a setting with its parameters. */
export function chosenMethod({ method, step, breadth }: Setting): ChosenMethod {
  const { algorithm, named, rest, step: usual } = plain[method];
  const known = optimizerAlgorithms.get(algorithm) as never as OptimizerAlgorithm;
  const stepped = { ...rest, [named]: usual * step };
  if (algorithm === "supervised") {
    const batch = Math.max(1, Math.round(gradient.examples * breadth));
    return {
      ...{ algorithm: known, parameters: { ...stepped, batch } },
      evaluations: gradientCost * batch,
    };
  }
  const { examples } = population;
  // Mirrored perturbations come in pairs.
  const candidates = 2 * Math.max(2, Math.round((population.candidates * breadth) / 2));
  return {
    ...{ algorithm: known, parameters: { ...stepped, batch: examples, population: candidates } },
    evaluations: candidates * examples,
  };
}
