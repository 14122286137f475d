/** Reverse-mode differentiation: adds to a graph the nodes that compute gradients. */
import { isFloat } from "../core/dtype.ts";
import { check, GraphError } from "../core/errors.ts";
import { describe, type Node, producer, type Tensor } from "../core/graph.ts";
import { sameShape, size } from "../core/shape.ts";
import { zeros } from "../ops/layout.ts";
import { accumulate } from "./accumulate.ts";
import { ruleFor } from "./rules/index.ts";

/**
 * Gradients of `outputs` with respect to each of `wrt`, in the same graph; zeros where nothing depends on it.
 * @param outputs one scalar, or several tensors together with their `cotangents`, the gradients from above.
 * @throws GraphError naming the first operation on the way that has no gradient.
 */
export function gradients(
  outputs: Tensor | readonly Tensor[],
  wrt: readonly Tensor[],
  cotangents?: readonly Tensor[],
): Tensor[] {
  const from = Array.isArray(outputs) ? (outputs as readonly Tensor[]) : [outputs as Tensor];
  const seeds = cotangents ?? from.map(scalarSeed);
  from.forEach((output, i) => {
    const seed = seeds[i];
    check(
      seed !== undefined && sameShape(seed.shape, output.shape),
      () =>
        `gradients: cotangent ${seed ? describe(seed) : "(missing)"} does not fit output ${describe(output)}.`,
    );
  });
  const path = nodesBetween(from, wrt);
  const arrived = new Map<Tensor, Tensor[]>();
  from.forEach((output, i) => {
    push(arrived, output, seeds[i]!);
  });
  for (const node of path.nodes.reverse()) propagate(node, path.dependent, arrived);
  return wrt.map(
    (tensor) => take(arrived, tensor) ?? zeros(tensor.graph, tensor.shape, tensor.dtype),
  );
}

function scalarSeed(output: Tensor): Tensor {
  check(
    size(output.shape) === 1,
    () => `gradients: output ${describe(output)} is not a scalar and has no cotangent.`,
  );
  return output.graph.constant(1, output.shape, output.dtype);
}

/** The nodes on a way from `wrt` to `outputs`, in order, and the tensors that depend on `wrt`. */
function nodesBetween(outputs: readonly Tensor[], wrt: readonly Tensor[]) {
  const ancestors = new Set<Node>();
  const stack = outputs.map(producer);
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === undefined || ancestors.has(node)) continue;
    ancestors.add(node);
    for (const input of node.inputs) if (input) stack.push(producer(input));
  }
  const dependent = new Set<Tensor>(wrt);
  const nodes: Node[] = [];
  for (const node of [...ancestors].sort((a, b) => a.id - b.id)) {
    if (!node.inputs.some((input) => input && dependent.has(input))) continue;
    nodes.push(node);
    // Integers and bools carry no gradient, so nothing behind them depends on `wrt`.
    for (const output of node.outputs) if (isFloat(output.dtype)) dependent.add(output);
  }
  return { nodes, dependent };
}

function propagate(node: Node, dependent: Set<Tensor>, arrived: Map<Tensor, Tensor[]>): void {
  const received = node.outputs.map((output) => take(arrived, output));
  if (received.every((gradient) => gradient === undefined)) return;
  const rule = ruleFor(node);
  if (rule === undefined) {
    const name = node.outputs.find((output) => output.name !== undefined);
    throw new GraphError(
      `gradients: operation ${node.op}${name ? ` that computes "${name.name}"` : ""} of ${node.inputs
        .filter((input) => input !== undefined)
        .map(describe)
        .join(" and ")} has no gradient.`,
    );
  }
  const needs = node.inputs.map((input) => input !== undefined && dependent.has(input));
  const sent = rule(node, received, needs);
  node.inputs.forEach((input, i) => {
    const gradient = sent[i];
    if (!needs[i] || gradient === undefined) return;
    check(
      sameShape(gradient.shape, input!.shape),
      () =>
        `gradients: the gradient ${describe(gradient)} of ${node.op} does not fit its operand ${describe(input!)}.`,
    );
    push(arrived, input!, gradient);
  });
}

function push(arrived: Map<Tensor, Tensor[]>, tensor: Tensor, gradient: Tensor): void {
  const list = arrived.get(tensor);
  if (list === undefined) arrived.set(tensor, [gradient]);
  else list.push(gradient);
}

/** The sum of what arrived for a tensor. */
function take(arrived: Map<Tensor, Tensor[]>, tensor: Tensor): Tensor | undefined {
  const list = arrived.get(tensor);
  if (list === undefined) return undefined;
  const total = list.length === 1 ? list[0]! : accumulate(list);
  arrived.set(tensor, [total]);
  return total;
}
