/** The table of operations of the README, generated from the code. */
import { differentiableOperations } from "../gradient/rules/index.ts";
import * as ops from "../ops/index.ts";
import { operationSpecs } from "./operation_specs.ts";

/** Exported from `ops/`, but not operations of their own: built of others, or helpers. */
const helpers = new Set(["integers", "customGradient", "stopGradient"]);

/** Operations whose results carry no gradient, and why. */
const constant: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["equal", "greater", "greaterOrEqual", "less", "lessOrEqual", "and", "or", "not"].map(
      (name) => [name, "no (bool)"],
    ),
  ),
  ...Object.fromEntries(["argMax", "argMin", "oneHot"].map((name) => [name, "no (index)"])),
  ...Object.fromEntries(["sign", "floor", "ceil", "round"].map((name) => [name, "zero"])),
  ...Object.fromEntries(
    ["randomUniform", "randomNormal", "zeros"].map((name) => [name, "no (has no operand)"]),
  ),
};

/** Operations checked through the one that they are a form of. */
const forms: Readonly<Record<string, string>> = {
  affine: "gemm",
  flatten: "reshape",
  squeeze: "reshape",
  unsqueeze: "reshape",
  addAll: "add",
  scatterAddElements: "gatherElements",
  cast: "mul",
  asNumber: "mul",
};

/** Names of all operations. */
export const operationNames = (): string[] =>
  Object.entries(ops)
    .filter(([name, value]) => typeof value === "function" && !helpers.has(name))
    .map(([name]) => name)
    .sort();

/** The gradient of an operation in a word; undefined for one that nothing is said about. */
export function gradientOf(name: string): string | undefined {
  if (name in operationSpecs || (forms[name] ?? "") in operationSpecs) return "yes";
  return constant[name];
}

/** Markdown: operations by gradient, all of which run on both engines, and what imported models may contain. */
export function operationTable(): string {
  const rows = operationNames().map(
    (name) => `| \`${name}\` | ${gradientOf(name)} | native, wasm |`,
  );
  return [
    "| operation | gradient | engines |",
    "|---|---|---|",
    ...rows,
    "",
    `Gradients pass through these operations of imported models: ${differentiableOperations()
      .map((name) => `\`${name}\``)
      .join(", ")}.`,
  ].join("\n");
}
