/** Predictors of balls and urns that are known exactly; outputs are log probabilities. */
import type { ExampleBatch, ReferencePredictor } from "../../core/index.ts";
import type { UrnParameters } from "./parameters.ts";
import type { UrnInstance } from "./rules.ts";

type Predictor = ReferencePredictor<UrnInstance>;

/** A rule that gives probabilities from the colours drawn so far. */
interface UrnPredictor {
  reset(index: number): void;
  /** Writes the probabilities of the next ball. */
  next(into: Float64Array): void;
  see(colour: number): void;
}

function predictUrns(
  { colours, draws }: UrnParameters,
  { batch, inputs }: ExampleBatch,
  rule: UrnPredictor,
): Float32Array {
  const outputs = new Float32Array(draws * batch * colours);
  const probabilities = new Float64Array(colours);
  for (let i = 0; i < batch; i++) {
    rule.reset(i);
    for (let t = 0; t < draws; t++) {
      const at = (t * batch + i) * colours;
      const seen = inputs.subarray(at, at + colours).indexOf(1);
      if (seen >= 0) rule.see(seen);
      rule.next(probabilities);
      for (let c = 0; c < colours; c++) outputs[at + c] = Math.log(probabilities[c]!);
    }
  }
  return outputs;
}

/** (n_c + 1) / (n + m): the posterior mean under a uniform prior over urns (Laplace's rule of succession). */
function countingRule(colours: number): UrnPredictor {
  const counts = new Float64Array(colours);
  let total = 0;
  return {
    reset() {
      counts.fill(1);
      total = colours;
    },
    next(into) {
      for (let c = 0; c < colours; c++) into[c] = counts[c]! / total;
    },
    see(colour) {
      counts[colour]!++;
      total++;
    },
  };
}

/** The posterior mean under a uniform prior over the urns that are known. */
function mixtureRule(known: readonly UrnInstance[], colours: number): UrnPredictor {
  const urns = known.map(({ probabilities }) => Float64Array.from(probabilities));
  const likelihoods = urns.map((urn) => urn.map(Math.log));
  const logs = new Float64Array(urns.length);
  return {
    reset: () => logs.fill(0),
    next(into) {
      let largest = Number.NEGATIVE_INFINITY;
      for (const log of logs) if (log > largest) largest = log;
      into.fill(0);
      let total = 0;
      urns.forEach((urn, i) => {
        const weight = Math.exp(logs[i]! - largest);
        total += weight;
        for (let c = 0; c < colours; c++) into[c]! += weight * urn[c]!;
      });
      for (let c = 0; c < colours; c++) into[c]! /= total;
    },
    see(colour) {
      for (let i = 0; i < logs.length; i++) logs[i]! += likelihoods[i]![colour]!;
    },
  };
}

/** Probabilities that do not depend on what is drawn. */
const fixedRule = (of: (index: number) => ArrayLike<number>): UrnPredictor => {
  let probabilities: ArrayLike<number> = [];
  return {
    reset(index) {
      probabilities = of(index);
    },
    next: (into) => into.set(probabilities),
    see() {},
  };
};

export function urnPredictors(parameters: UrnParameters): readonly Predictor[] {
  const { colours } = parameters;
  const even = new Float64Array(colours).fill(1 / colours);
  return [
    {
      id: "uniform",
      title: "Uniform",
      knows: "inputs",
      description: "All colours alike: what the best blind predictor says.",
      predict: (batch) =>
        predictUrns(
          parameters,
          batch,
          fixedRule(() => even),
        ),
    },
    {
      id: "memorizer",
      title: "Memorizer (posterior over training urns)",
      knows: "training",
      description:
        "Posterior mean under a uniform prior over the training urns (Wurgaft et al. 2025, the memorizing predictor).",
      predict: (batch, known) => predictUrns(parameters, batch, mixtureRule(known, colours)),
    },
    {
      id: "generalizer",
      title: "Generalizer (counting)",
      knows: "inputs",
      description:
        "Counts of colours plus one, over their sum: the posterior mean under a uniform prior over all urns, and the best predictor on a new one (Laplace; the generalizing predictor of Wurgaft et al. 2025).",
      predict: (batch) => predictUrns(parameters, batch, countingRule(colours)),
    },
    {
      id: "oracle",
      title: "Oracle",
      knows: "instance",
      description: "The urn's own probabilities.",
      predict: (batch, known) =>
        predictUrns(
          parameters,
          batch,
          fixedRule((index) => known[index]!.probabilities),
        ),
    },
  ];
}
