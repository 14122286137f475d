/** Fits the toy model to one seed's calibrating runs and predicts every cell of the U x N surface. */
import type { Diversity } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import { tableCost, toyOptimum } from "../../theory/index.ts";

/** A budget and a diversity, with what three predictors say of the run-time bits there. */
export interface Cell {
  readonly update: number;
  readonly diversity: number;
  /** x*; the lower end where the model is indifferent. */
  readonly model: number;
  /** The upper end. */
  readonly modelHigh: number;
  readonly regime: string;
  /** Linear in log2 N between the anchors at the same budget. */
  readonly interpolation: number;
  /** Mean of the anchors at the same budget. */
  readonly constant: number;
}

/** What was fitted to one seed, and what follows from it. */
export interface SeedForecast {
  readonly seed: number;
  /** r: tuned bits in the whole that an update brings. */
  readonly rate: number;
  /** r at each point that it is the mean of: where they differ, bits are not proportional to updates. */
  readonly rates: readonly {
    readonly update: number;
    readonly diversity: number;
    readonly rate: number;
  }[];
  /** f: updates against run-time bits on fresh instances, both rising. */
  readonly cost: readonly { readonly bits: number; readonly updates: number }[];
  /** f at half of the largest x over f at nine tenths of it: how early the first half comes. */
  readonly shape: number | undefined;
  readonly cells: readonly Cell[];
}

export interface FitInput {
  readonly seed: number;
  /** B: bits at which the score can rise no further. */
  readonly ceiling: number;
  /** Run-time bits along training at the diversities that may be looked at; the last is the ladder for f. */
  readonly anchors: readonly {
    readonly diversity: Diversity;
    readonly points: readonly {
      readonly update: number;
      readonly value: number;
      /** Distinct instances met by then. */
      readonly instances: number;
    }[];
  }[];
  /** Bits on training instances of the learner without feedback. */
  readonly tuned: readonly {
    readonly update: number;
    readonly diversity: number;
    readonly value: number;
  }[];
  /** Diversities to predict. */
  readonly diversities: readonly number[];
}

/** Tuned bits count for the exchange rate while they are between these shares of the ceiling. */
const unsaturated = { from: 0.05, to: 0.8 };

/** Undefined where the runs show no cost or no exchange rate: nothing rose, or everything was saturated. */
export function fitSeed(input: FitInput): SeedForecast | undefined {
  const ladder = input.anchors.at(-1)!.points;
  const cost = costOf(ladder);
  const rates = input.tuned
    .filter(
      ({ value }) =>
        value > unsaturated.from * input.ceiling && value < unsaturated.to * input.ceiling,
    )
    .map(({ update, diversity, value }) => ({
      ...{ update, diversity, rate: (diversity * value) / update },
    }));
  if (cost.length < 2 || rates.length === 0) return undefined;
  const rate = mean(rates.map((point) => point.rate));
  const cells = ladder.flatMap(({ update }) =>
    input.diversities.map((diversity) => predict(input, cost, rate, update, diversity)),
  );
  return { seed: input.seed, rate, rates, cost, shape: shapeOf(cost), cells };
}

/** f as the least budget seen to reach each x: the running maximum of x along the ladder, from f(0) = 0. */
function costOf(ladder: FitInput["anchors"][number]["points"]): SeedForecast["cost"] {
  const points = [{ bits: 0, updates: 0 }];
  for (const { update, value } of ladder)
    if (value > points.at(-1)!.bits + 1e-9) points.push({ bits: value, updates: update });
  return points;
}

/** f(x) by straight lines. */
function updatesFor(cost: SeedForecast["cost"], bits: number): number {
  const above = cost.findIndex((point) => point.bits >= bits);
  if (above <= 0) return 0;
  const [a, b] = [cost[above - 1]!, cost[above]!];
  return a.updates + ((bits - a.bits) / (b.bits - a.bits)) * (b.updates - a.updates);
}

function shapeOf(cost: SeedForecast["cost"]): number | undefined {
  const largest = cost.at(-1)!.bits;
  const most = updatesFor(cost, 0.9 * largest);
  return most > 0 ? updatesFor(cost, 0.5 * largest) / most : undefined;
}

function predict(
  { ceiling, anchors }: FitInput,
  cost: SeedForecast["cost"],
  rate: number,
  update: number,
  diversity: number,
): Cell {
  const known = anchors.flatMap(({ points }) => points.filter((point) => point.update === update));
  const optimum = toyOptimum({
    budget: rate * update,
    diversity,
    cost: tableCost(cost.map(({ bits, updates }) => [bits, rate * updates])),
    xMax: cost.at(-1)!.bits,
    ceiling,
  });
  return {
    update,
    diversity,
    model: optimum.xStar,
    modelHigh: optimum.xRange?.high ?? optimum.xStar,
    regime: optimum.regime,
    interpolation: interpolated(known, diversity),
    constant: mean(known.map(({ value }) => value)),
  };
}

/** Linear in log2 N; beyond the anchors, the nearest of them. */
function interpolated(
  known: readonly { readonly instances: number; readonly value: number }[],
  diversity: number,
): number {
  const sorted = [...known].sort((a, b) => a.instances - b.instances);
  const above = sorted.findIndex(({ instances }) => instances >= diversity);
  if (above < 0) return sorted.at(-1)!.value;
  if (above === 0) return sorted[0]!.value;
  const [a, b] = [sorted[above - 1]!, sorted[above]!];
  const share = Math.log2(diversity / a.instances) / Math.log2(b.instances / a.instances);
  return a.value + share * (b.value - a.value);
}
