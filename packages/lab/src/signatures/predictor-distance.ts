/**
 * Where a predictor stands between memory and generalization: M is the posterior mean over the training instances, G
 * that over the distribution they are drawn from. Raventos et al. 2023 (arXiv 2306.15063), section 2; relative
 * distance after Wurgaft et al. 2025 (arXiv 2506.17859).
 */
import type {
  ExampleBatch,
  Quantity,
  Signature,
  SupervisedLoss,
  SupervisedTask,
} from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { referenceOutputs } from "../tasks/index.ts";
import { level } from "./bits.ts";
import { predict } from "./conditions-of-prediction.ts";
import { countedSteps } from "./step-errors.ts";

/** Outputs as what they predict: probabilities where the loss takes logits. */
function predictions(loss: SupervisedLoss, outputs: Float32Array, size: number): Float64Array {
  const out = Float64Array.from(outputs);
  if (loss === "squared-error") return out;
  if (loss === "binary-cross-entropy") return out.map((x) => 1 / (1 + Math.exp(-x)));
  for (let at = 0; at < out.length; at += size) {
    const row = out.subarray(at, at + size);
    const largest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (let j = 0; j < size; j++) {
      row[j] = Math.exp(row[j]! - largest);
      total += row[j]!;
    }
    for (let j = 0; j < size; j++) row[j]! /= total;
  }
  return out;
}

/** Inner products of a - b and c - d, one an example, averaged over its counted steps. */
type Inner = (a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array) => number[];

function innerProduct(examples: ExampleBatch, size: number): Inner {
  const { batch, weights } = examples;
  const steps = countedSteps(examples);
  return (a, b, c, d) =>
    Array.from({ length: batch }, (_, i) => {
      let sum = 0;
      let count = 0;
      for (const t of steps) {
        if (weights[t * batch + i] === 0) continue;
        count++;
        const at = (t * batch + i) * size;
        for (let j = at; j < at + size; j++) sum += (a[j]! - b[j]!) * (c[j]! - d[j]!);
      }
      return sum / count;
    });
}

/** Least mean squared distance between M and G at which the line between them is taken to have a direction. */
const leastGap = 1e-9;

interface Place {
  readonly toGeneralizer: readonly number[];
  readonly toChance: readonly number[];
  /** Mean distance of the blind predictor to the generalizer. */
  readonly chance: number;
  readonly line?: {
    readonly toMemorizer: readonly number[];
    readonly gap: number;
    readonly alpha: number;
    /** One an example; their mean is `alpha`, their spread its uncertainty to first order. */
    readonly alphas: readonly number[];
    readonly residual: readonly number[];
    readonly relative: number;
  };
}

function placeOf(task: SupervisedTask, examples: ExampleBatch, outputs: Float32Array): Place {
  const { rules, references, training } = task;
  const as = (values: Float32Array) => predictions(rules.loss, values, rules.outputs);
  const of = (id: string) => as(referenceOutputs(task, id, examples, []));
  const inner = innerProduct(examples, rules.outputs);
  const f = as(outputs);
  const g = of(references.generalizer!);
  const toGeneralizer = inner(f, g, f, g);
  const blind = of(references.chance);
  const place = {
    toGeneralizer,
    toChance: inner(f, blind, f, blind),
    chance: mean(inner(blind, g, blind, g)),
  };
  if (!training.all) return place;
  const m = of(references.memorizer!);
  const squares = inner(m, g, m, g);
  const gap = mean(squares);
  if (gap < leastGap) return place;
  const along = inner(f, g, m, g);
  const alpha = mean(along) / gap;
  const point = g.map((value, i) => value + alpha * (m[i]! - value));
  const toMemorizer = inner(f, m, f, m);
  return {
    ...place,
    line: {
      toMemorizer,
      gap,
      alpha,
      alphas: along.map((a, i) => alpha + (a - alpha * squares[i]!) / gap),
      residual: inner(f, point, f, point),
      relative:
        (1 + (Math.sqrt(mean(toGeneralizer)) - Math.sqrt(mean(toMemorizer))) / Math.sqrt(gap)) / 2,
    },
  };
}

/** Quantities of a place, their names starting with `prefix`. */
function partsOf(
  { toGeneralizer, toChance, line }: Place,
  unit: string,
  named: (name: string) => string,
): Record<string, Quantity> {
  const averaged = (values: readonly number[], of: string): Quantity => ({
    value: mean(values),
    unit: of,
    interval: meanInterval(values, level),
  });
  const parts = {
    [named("toGeneralizer")]: averaged(toGeneralizer, unit),
    [named("toChance")]: averaged(toChance, unit),
  };
  if (!line) return parts;
  return {
    ...parts,
    [named("toMemorizer")]: averaged(line.toMemorizer, unit),
    [named("alpha")]: {
      ...averaged(line.alphas, "share of the way to the memorizer"),
      value: line.alpha,
    },
    [named("residual")]: averaged(line.residual, unit),
    [named("relative")]: { value: line.relative, unit: "0 at the generalizer, 1 at the memorizer" },
    [named("gap")]: { value: line.gap, unit },
  };
}

export const predictorDistance: Signature = {
  id: "predictor-distance",
  question:
    "Does the subject predict as one who remembers the training instances, or as one who works out any instance?",
  source:
    "Raventos et al. 2023 (arXiv 2306.15063), section 2; Wurgaft et al. 2025 (arXiv 2506.17859); alpha is the projection on the line from generalizer to memorizer, unclipped",
  unit: "squared distance",
  async supervised(subject, instances, { task, key }) {
    const { memorizer, generalizer } = task.references;
    if (!memorizer || !generalizer)
      return {
        signature: "predictor-distance",
        applicable: false,
        reason: "the family names no memorizing and no generalizing predictor",
      };
    const unit =
      task.rules.loss === "squared-error"
        ? "squared distance"
        : "squared distance of probabilities";
    const at = async (condition: "training" | "novel") => {
      const { examples, outputs } = await predict(subject, task, instances, condition, key);
      return placeOf(task, examples, outputs);
    };
    const novel = await at("novel");
    const training = await at("training");
    return {
      signature: "predictor-distance",
      applicable: true,
      value: mean(novel.toGeneralizer),
      unit,
      interval: meanInterval(novel.toGeneralizer, level),
      n: novel.toGeneralizer.length,
      baselines: {
        generalizer: 0,
        chance: novel.chance,
        ...(novel.line ? { memorizer: novel.line.gap } : {}),
      },
      parts: {
        ...partsOf(novel, unit, (name) => name),
        ...partsOf(training, unit, (name) => `training${name[0]!.toUpperCase()}${name.slice(1)}`),
      },
      series: {},
    };
  },
};
