/** The toy model of section 2.1: costs, optimum, threshold, frontier. */
export type { Cost, CostShape } from "./cost.ts";
export { parseCost, parseCostTable } from "./cost-text.ts";
export { exponentialCost } from "./costs/exponential.ts";
export { fixedCost } from "./costs/fixed.ts";
export { functionCost } from "./costs/function.ts";
export { linearCost } from "./costs/linear.ts";
export { powerCost } from "./costs/power.ts";
export { tableCost } from "./costs/table.ts";
export { type FrontierRow, frontier, requiredBudget } from "./frontier.ts";
export { effectiveInstances, type Regime, type ToyModel, type ToyOptimum } from "./model.ts";
export { toyOptimum } from "./optimum.ts";
