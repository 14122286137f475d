/** What has to hold of a model's structure before it is handed to the engine. */
import { GraphError } from "../core/errors.ts";
import type { GraphDef, ModelDef, NodeDef } from "./schema.ts";

/**
 * The same model with its nodes in an order in which they can run.
 * @throws GraphError when a name is given twice or never, or nodes wait for each other.
 */
export function validateModel(model: ModelDef): ModelDef {
  const { graph } = model;
  for (const { domain, version } of model.opsets) {
    if (version < 1 || version > 1000) {
      throw new GraphError(`loadOnnx: version ${version} of operator set "${domain}" is absurd.`);
    }
  }
  const producers = producersOf(graph);
  const known = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.map(({ name }) => name),
  ]);
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (input === "" || known.has(input) || producers.has(input)) continue;
      throw new GraphError(`loadOnnx: node ${label(node)} takes "${input}", which nothing gives.`);
    }
  }
  if (graph.outputs.length === 0) throw new GraphError("loadOnnx: the graph has no outputs.");
  for (const { name } of graph.outputs) {
    if (known.has(name) || producers.has(name)) continue;
    throw new GraphError(`loadOnnx: output "${name}" is given by nothing.`);
  }
  return { ...model, graph: { ...graph, nodes: order(graph, producers) } };
}

const label = (node: NodeDef): string => `${node.op}${node.name === "" ? "" : ` "${node.name}"`}`;

function producersOf(graph: GraphDef): Map<string, number> {
  const producers = new Map<string, number>();
  const given = new Set<string>();
  for (const { name } of graph.inputs) {
    if (given.has(name)) throw new GraphError(`loadOnnx: there are two inputs "${name}".`);
    given.add(name);
  }
  graph.nodes.forEach((node, index) => {
    if (node.op === "") throw new GraphError(`loadOnnx: node ${index} names no operation.`);
    for (const output of node.outputs) {
      if (output === "") continue;
      if (producers.has(output) || given.has(output)) {
        throw new GraphError(
          `loadOnnx: "${output}" is given twice, the second time by ${label(node)}.`,
        );
      }
      producers.set(output, index);
    }
  });
  return producers;
}

/** Kahn's algorithm: nodes whose operands are all there, in the file's order as far as possible. */
function order(graph: GraphDef, producers: ReadonlyMap<string, number>): NodeDef[] {
  const waiting = graph.nodes.map((node) => {
    const from = new Set<number>();
    for (const input of node.inputs) {
      const index = producers.get(input);
      if (index !== undefined) from.add(index);
    }
    return from;
  });
  const users = graph.nodes.map((): number[] => []);
  waiting.forEach((from, index) => {
    for (const producer of from) users[producer]!.push(index);
  });
  const counts = waiting.map((from) => from.size);
  const ready = counts.flatMap((count, index) => (count === 0 ? [index] : []));
  const sorted: number[] = [];
  for (let i = 0; i < ready.length; i++) {
    sorted.push(ready[i]!);
    for (const user of users[ready[i]!]!) if (--counts[user]! === 0) ready.push(user);
  }
  if (sorted.length < graph.nodes.length) {
    const stuck = graph.nodes[counts.findIndex((count) => count > 0)]!;
    throw new GraphError(`loadOnnx: node ${label(stuck)} waits for its own result.`);
  }
  // A file that is in order stays as it is: subgraphs may take values of nodes that they do not name as operands.
  const inOrder = waiting.every((from, index) => [...from].every((producer) => producer < index));
  return inOrder ? [...graph.nodes] : sorted.map((index) => graph.nodes[index]!);
}
