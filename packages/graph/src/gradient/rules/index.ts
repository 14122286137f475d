import type { GradientRule, Node } from "../../core/graph.ts";
import { convRules } from "./conv.ts";
import { elementwiseRules } from "./elementwise.ts";
import { importedRules } from "./imported.ts";
import { indexingRules } from "./indexing.ts";
import { layoutRules } from "./layout.ts";
import { matrixRules } from "./matrix.ts";
import { reduceRules } from "./reduce.ts";

const rules = new Map<string, GradientRule>(
  Object.entries({
    ...elementwiseRules,
    ...reduceRules,
    ...layoutRules,
    ...matrixRules,
    ...indexingRules,
    ...convRules,
    ...importedRules,
  }),
);

const domains = new Set(["", "ai.onnx", "com.microsoft"]);

/** The rule for a node: its own, or that of its operation, or undefined when it is not differentiable. */
export function ruleFor(node: Node): GradientRule | undefined {
  if (node.gradient !== undefined) return node.gradient;
  return domains.has(node.domain) ? rules.get(node.op) : undefined;
}

/** ONNX operations through which gradients pass. */
export const differentiableOperations = (): string[] => [...rules.keys()].sort();
