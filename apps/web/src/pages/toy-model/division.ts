/** The toy model at the settings of the page, worked out for its figures. */
import {
  type Cost,
  exponentialCost,
  fixedCost,
  linearCost,
  powerCost,
  tableCost,
  toyOptimum,
} from "@mesascope/lab/theory";
import type { Division } from "@mesascope/report/figures";
import type { Overlay } from "./overlay.ts";

/** Costs that can be chosen, each with what its two numbers are. */
export const costs = {
  fixed: {
    title: "machinery first: F + c x²",
    formula: "f(x) = F + c\\,x^{2}\\quad (x > 0)",
    parameters: [
      { name: "F", min: 0, max: 64, step: 1, start: 16 },
      { name: "c", min: 0.25, max: 8, step: 0.25, start: 1 },
    ],
    make: fixedCost,
  },
  power: {
    title: "rising: c xᵏ",
    formula: "f(x) = c\\,x^{k}",
    parameters: [
      { name: "c", min: 0.25, max: 8, step: 0.25, start: 1 },
      { name: "k", min: 1, max: 4, step: 0.25, start: 2 },
    ],
    make: powerCost,
  },
  linear: {
    title: "each bit the same: a x",
    formula: "f(x) = a\\,x",
    parameters: [{ name: "a", min: 1, max: 64, step: 1, start: 8 }],
    make: linearCost,
  },
  exponential: {
    title: "exponential: a (2ᵇˣ − 1)",
    formula: "f(x) = a\\,(2^{b x} - 1)",
    parameters: [
      { name: "a", min: 0.25, max: 8, step: 0.25, start: 1 },
      { name: "b", min: 0.25, max: 2, step: 0.25, start: 1 },
    ],
    make: exponentialCost,
  },
} as const;

export type CostName = keyof typeof costs;

export interface Settings {
  /** P in bits. */
  readonly budget: number;
  /** N. */
  readonly diversity: number;
  readonly cost: CostName;
  /** As many numbers as the cost has parameters. */
  readonly numbers: readonly number[];
  /** Measured points, with the model that belongs to them in place of the cost chosen. */
  readonly overlay?: Overlay | undefined;
}

/** Most run-time bits on the page. */
export const xMax = 8;
/** Largest N on the page, unless points were measured beyond it. */
const mostInstances = 2 ** 14;

const points = 160;

function costOf({ cost, numbers, overlay }: Settings): Cost {
  if (overlay) return tableOrPower(overlay);
  const make = costs[cost].make as (...values: readonly number[]) => Cost;
  return make(...numbers);
}

const tableOrPower = ({ cost }: Overlay): Cost =>
  "table" in cost
    ? tableCost(cost.table.map(({ x, bits }) => [x, bits]))
    : powerCost(1, cost.power);

/** @throws InputError for settings that are no model. */
export function divisionOf(settings: Settings): Division {
  const { budget, diversity, overlay } = settings;
  const cost = costOf(settings);
  const most = Math.min(overlay?.xMax ?? xMax, cost.limit);
  const ceiling = overlay?.ceiling;
  const model = { budget, cost, xMax: most, ...(ceiling === undefined ? {} : { ceiling }) };
  const { xStar, xRange, tunedBits, regime, threshold } = toyOptimum({ ...model, diversity });
  const steps = 4 * Math.log2(overlay?.mostInstances ?? mostInstances);
  return {
    ...{ budget, diversity, xStar, tunedBits, regime, threshold },
    ...(xRange ? { xRange } : {}),
    ...(ceiling === undefined ? {} : { ceiling }),
    // Just above 0 too, where a cost of machinery jumps.
    cost: [0, 1e-6, ...Array.from({ length: points }, (_, i) => ((i + 1) / points) * most)].map(
      (x) => ({ x, bits: cost.bits(x) }),
    ),
    frontier: Array.from({ length: steps + 1 }, (_, i) => {
      const n = 2 ** (i / 4);
      return { diversity: n, x: toyOptimum({ ...model, diversity: n }).xStar };
    }),
    ...(overlay ? { measured: overlay.measured } : {}),
  };
}
