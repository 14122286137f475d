/** Changes to an imported graph so that tensors can be read and patched, without touching the nodes that use them. */

import type { PatchPlan } from "../compile/patch.ts";
import type { DType } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import type { GraphDef, NodeDef, ValueDef } from "./schema.ts";

/** Every tensor of a graph that has a name, in order: inputs, initializers, results of nodes. */
export function tensorNames(graph: GraphDef): string[] {
  return [
    ...new Set([
      ...graph.inputs.map(({ name }) => name),
      ...graph.initializers.map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs.filter((name) => name !== "")),
    ]),
  ];
}

/** Throws unless the graph has a tensor `name`. */
export function checkName(operation: string, graph: GraphDef, name: string): void {
  const names = tensorNames(graph);
  if (names.includes(name)) return;
  throw new GraphError(
    `${operation}: the model has no tensor "${name}"${suggestion(name, names)}.`,
  );
}

/** What the engine calls an output that is asked for as `name`. */
export interface ReadName {
  readonly name: string;
  readonly emitted: string;
}

/** A graph whose outputs are `reads`; what is no result of a node is copied, as outputs must be. */
export function withOutputs(
  graph: GraphDef,
  reads: readonly string[],
): { graph: GraphDef; reads: ReadName[] } {
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  const declared = new Map(graph.outputs.map((value) => [value.name, value]));
  const copies: NodeDef[] = [];
  const named = reads.map((name) => {
    if (made.has(name)) return { name, emitted: name };
    const emitted = `#out ${name}`;
    copies.push(plainNode("Identity", [name], emitted));
    return { name, emitted };
  });
  const outputs = named.map(
    ({ name, emitted }): ValueDef =>
      (emitted === name ? declared.get(name) : undefined) ?? untyped(emitted),
  );
  return { graph: { ...graph, nodes: [...graph.nodes, ...copies], outputs }, reads: named };
}

/** A value whose type the engine infers. */
const untyped = (name: string): ValueDef => ({ name, dtype: undefined, shape: undefined });

const plainNode = (op: string, inputs: readonly string[], output: string): NodeDef => ({
  op,
  domain: "",
  name: "",
  inputs,
  outputs: [output],
  attributes: {},
});

/** What an input that a patch adds is called. */
export const patchInput = (index: number): string => `#patch ${index}`;

/** Where the user's feed of a patched input goes. */
export const beforePatch = (name: string): string => `#before ${name}`;

/**
 * A graph in which each planned tensor is what the patch makes of it. The tensor is given another name where it is
 * computed, and its own name goes to the patched value, which all its users then see, those in subgraphs too.
 */
export function withPatches(
  graph: GraphDef,
  plans: readonly PatchPlan[],
  dtypes: ReadonlyMap<string, DType>,
): GraphDef {
  const patched = new Set(plans.map(({ name }) => name));
  const rename = (name: string) => (patched.has(name) ? beforePatch(name) : name);
  const first: NodeDef[] = [];
  const inputs: ValueDef[] = graph.inputs.map((value) =>
    patched.has(value.name)
      ? { name: rename(value.name), dtype: value.dtype, shape: value.shape }
      : value,
  );
  const initializers = graph.initializers.map((initializer) => {
    if (!patched.has(initializer.name)) return initializer;
    if (initializer.value instanceof Uint8Array) {
      throw new GraphError(
        `patch: tensor "${initializer.name}" holds elements that cannot be patched.`,
      );
    }
    return { ...initializer, name: rename(initializer.name) };
  });
  const nodes = graph.nodes.map((node) => ({ ...node, outputs: node.outputs.map(rename) }));
  plans.forEach((plan, index) => {
    const dtype = dtypes.get(plan.name);
    const replaces = plan.kind === "replace";
    const name = replaces ? plan.name : patchInput(index);
    const shape = plan.single ? [] : undefined;
    inputs.push({ name, dtype, shape });
    if (replaces) return;
    const op = plan.kind === "add" ? "Add" : "Mul";
    first.push(plainNode(op, [rename(plan.name), name], plan.name));
  });
  return { ...graph, inputs, initializers, nodes: insert(nodes, first) };
}

/** Puts each patch behind the node whose result it changes, so that the order stays one in which nodes can run. */
function insert(nodes: readonly NodeDef[], patches: readonly NodeDef[]): NodeDef[] {
  const out: NodeDef[] = [];
  const waiting = new Map(patches.map((patch) => [patch.inputs[0]!, patch]));
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  for (const [from, patch] of waiting) if (!made.has(from)) out.push(patch);
  for (const node of nodes) {
    out.push(node);
    for (const output of node.outputs) {
      const patch = waiting.get(output);
      if (patch !== undefined) out.push(patch);
    }
  }
  return out;
}
