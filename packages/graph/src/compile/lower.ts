/** From tensors of a graph to an ONNX graph that computes them: only what is needed, each thing once. */
import { type Attributes, readInts } from "../core/attributes.ts";
import { bytesOf, toArray } from "../core/dtype.ts";
import { constantValue, type Node, producer, type Tensor } from "../core/graph.ts";
import { opset } from "../core/opset.ts";
import type { GraphDef, InitializerDef, NodeDef, ValueDef } from "../onnx/schema.ts";
import { blockConvolutions, hasBlockedForm } from "./blocked.ts";

export interface LowerOptions {
  /** Tensors that every user of a key (but not the node that computes the value) sees in its place. */
  readonly substitutes?: ReadonlyMap<Tensor, Tensor>;
  /** Names for inputs that have none of their own. */
  readonly inputNames?: ReadonlyMap<Tensor, string>;
  /** Channels in one block of the engine's blocked layout, where it has one: convolutions are put into it. */
  readonly channelBlock?: number | undefined;
}

/** The graph that computes `outputs`, by name, and the tensors that it needs as inputs, by name. */
export interface Lowered {
  readonly graph: GraphDef;
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** What each output is called in the graph: its own name, unless an input has that name. */
  readonly outputNames: ReadonlyMap<string, string>;
}

/**
 * Lowers the named outputs. Nodes that nothing needs are left out; nodes that compute the same from the same operands
 * become one; copies (Identity) vanish. Time is linear in the nodes needed.
 */
export function lower(outputs: ReadonlyMap<string, Tensor>, options: LowerOptions = {}): Lowered {
  return new Lowering(options).run(outputs);
}

/** Operations whose outputs after the first may be left out, which spares their computation. */
const optionalOutputs = new Set(["LayerNormalization", "MaxPool"]);

/** Operations that draw random numbers: two of them are never the same. */
const random = /^(Random|Multinomial|Bernoulli|Dropout)/;

class Lowering {
  private readonly substitutes: ReadonlyMap<Tensor, Tensor>;
  private readonly inputNames: ReadonlyMap<Tensor, string>;
  /** Nodes that compute substitutes: they alone see the tensors that they replace. */
  private readonly behind = new Set<Node>();
  private readonly representatives = new Map<Tensor, Tensor>();
  private readonly known = new Map<string, readonly Tensor[]>();
  private readonly constants = new Map<string, Tensor>();
  private readonly emitted = new Map<Tensor, string>();
  private readonly taken = new Set<string>();
  private readonly axes = new Map<string, InitializerDef>();
  private readonly plain = new Map<Node, Tensor>();
  private readonly channelBlock: number | undefined;

  constructor(options: LowerOptions) {
    this.substitutes = options.substitutes ?? new Map();
    this.inputNames = options.inputNames ?? new Map();
    this.channelBlock = options.channelBlock;
    for (const substitute of this.substitutes.values()) {
      const node = producer(substitute);
      if (node !== undefined) this.behind.add(node);
    }
  }

  run(outputs: ReadonlyMap<string, Tensor>): Lowered {
    const targets = [...outputs.values()].map((tensor) => this.substitutes.get(tensor) ?? tensor);
    const unique: Node[] = [];
    for (const node of this.order(targets)) if (this.represent(node)) unique.push(node);
    const used = new Set<Tensor>();
    for (const node of unique) for (const input of this.operands(node)) if (input) used.add(input);
    for (const target of targets) used.add(this.representative(target));
    const inputs = new Map<string, Tensor>();
    for (const tensor of used) {
      if (!["node", "constant"].includes(tensor.origin.kind))
        inputs.set(this.nameOf(tensor), tensor);
    }
    const outputNames = new Map<string, string>();
    for (const name of outputs.keys()) {
      outputNames.set(name, inputs.has(name) ? `#out ${name}` : name);
    }
    const copies = this.nameOutputs([...outputNames.values()], targets);
    const nodes = unique.map((node) => this.nodeDef(node, used)).concat(copies);
    const graph: GraphDef = {
      name: "mesascope",
      nodes,
      initializers: [...this.initializers(used), ...this.axes.values()],
      inputs: [...inputs].map(([name, tensor]) => valueDef(name, tensor)),
      outputs: [...outputs].map(([name, tensor]) => valueDef(outputNames.get(name)!, tensor)),
      valueInfo: [],
    };
    if (this.channelBlock === undefined) return { graph, inputs, outputNames };
    const types = new Map([...this.emitted].map(([tensor, name]) => [name, tensor]));
    return { graph: blockConvolutions(graph, types, this.channelBlock), inputs, outputNames };
  }

  /** Nodes needed for `targets`, each after those that it needs. */
  private order(targets: readonly Tensor[]): Node[] {
    const done = new Set<Node>();
    const order: Node[] = [];
    const stack: { node: Node; expanded: boolean }[] = [];
    const visit = (tensor: Tensor | undefined) => {
      const node = tensor && producer(tensor);
      if (node !== undefined && !done.has(node)) stack.push({ node, expanded: false });
    };
    for (const target of targets) {
      visit(target);
      while (stack.length > 0) {
        const top = stack.at(-1)!;
        if (done.has(top.node) || top.expanded) {
          stack.pop();
          if (!done.has(top.node)) order.push(top.node);
          done.add(top.node);
        } else {
          top.expanded = true;
          for (const input of this.seen(top.node).toReversed()) visit(input);
        }
      }
    }
    return order;
  }

  /** The operands of a node as it sees them, before merging. */
  private seen(node: Node): readonly (Tensor | undefined)[] {
    if (this.behind.has(node)) return node.inputs;
    if (node.plain !== undefined && !this.keeps(node)) return [this.plainForm(node)];
    // A copy's further operands only serve differentiation.
    const inputs = node.op === "Identity" ? node.inputs.slice(0, 1) : node.inputs;
    return inputs.map((input) => input && (this.substitutes.get(input) ?? input));
  }

  /** Whether the blocked layout has a form for an operation of our own. */
  private keeps(node: Node): boolean {
    return this.channelBlock !== undefined && hasBlockedForm(node, this.channelBlock);
  }

  private plainForm(node: Node): Tensor {
    const made = this.plain.get(node) ?? node.plain!();
    this.plain.set(node, made);
    return made;
  }

  private operands(node: Node): (Tensor | undefined)[] {
    return this.seen(node).map((input) => input && this.representative(input));
  }

  private representative(tensor: Tensor): Tensor {
    const known = this.representatives.get(tensor);
    if (known !== undefined) return known;
    if (tensor.origin.kind !== "constant") return tensor;
    const { data } = tensor.origin;
    // Long constants are rarely equal and dear to compare.
    const key =
      data.length > 64 ? `#${tensor.id}` : `${tensor.dtype} ${tensor.shape} ${bytesOf(data)}`;
    const first = this.constants.get(key) ?? tensor;
    this.constants.set(key, first);
    this.representatives.set(tensor, first);
    return first;
  }

  /** Finds the tensors that stand for a node's outputs; true when the node itself is to be emitted. */
  private represent(node: Node): boolean {
    const operands = this.operands(node);
    const copy = node.op === "Identity" && node.domain === "";
    if (copy || (node.plain !== undefined && !this.keeps(node))) {
      this.representatives.set(node.outputs[0]!, operands[0]!);
      return false;
    }
    const key = nodeKey(node, operands);
    const same = key === undefined ? undefined : this.known.get(key);
    if (same === undefined) {
      if (key !== undefined) this.known.set(key, node.outputs);
      return true;
    }
    node.outputs.forEach((output, i) => {
      this.representatives.set(output, same[i]!);
    });
    return false;
  }

  /** Gives output names to the tensors that carry them, and copies where one tensor has to carry two. */
  private nameOutputs(names: readonly string[], targets: readonly Tensor[]): NodeDef[] {
    const copies: NodeDef[] = [];
    for (const name of names) this.taken.add(name);
    targets.forEach((target, i) => {
      const tensor = this.representative(target);
      const name = names[i]!;
      if (producer(tensor) !== undefined && !this.emitted.has(tensor)) {
        this.emitted.set(tensor, name);
        return;
      }
      copies.push({
        op: "Identity",
        domain: "",
        name: "",
        inputs: [this.nameOf(tensor)],
        outputs: [name],
        attributes: {},
      });
    });
    return copies;
  }

  /** Unnamed tensors are called by number behind "#", which no public name begins with. */
  private nameOf(tensor: Tensor): string {
    const known = this.emitted.get(tensor);
    if (known !== undefined) return known;
    const wanted = this.inputNames.get(tensor) ?? tensor.name;
    const name = wanted === undefined || this.taken.has(wanted) ? `#${tensor.id}` : wanted;
    this.emitted.set(tensor, name);
    return name;
  }

  private initializers(used: ReadonlySet<Tensor>): InitializerDef[] {
    const made: InitializerDef[] = [];
    for (const tensor of used) {
      const value = constantValue(tensor);
      if (value !== undefined) made.push({ name: this.nameOf(tensor), value });
    }
    return made;
  }

  private nodeDef(node: Node, used: ReadonlySet<Tensor>): NodeDef {
    const outputs = node.outputs.map((output, i) => {
      const spare = i > 0 && optionalOutputs.has(node.op) && !used.has(output);
      const left = spare || node.absent.includes(i);
      return left ? "" : this.nameOf(output);
    });
    while (outputs.length > 1 && outputs.at(-1) === "") outputs.pop();
    return {
      op: node.op,
      domain: node.domain,
      name: "",
      outputs,
      ...this.operandsAndAttributes(node),
    };
  }

  /** From operator set 18 on, reductions take their axes as an operand, as ReduceSum has done before. */
  private operandsAndAttributes(node: Node): Pick<NodeDef, "inputs" | "attributes"> {
    const inputs = this.operands(node).map((input) => (input ? this.nameOf(input) : ""));
    const axes = readInts(node.attributes, "axes");
    const version = node.outputs[0]!.graph.opsets.get("") ?? opset;
    if (version < 18 || axes === undefined || !node.op.startsWith("Reduce")) {
      return { inputs, attributes: node.attributes };
    }
    const name = `#axes ${axes.join(" ")}`;
    const value = { shape: [axes.length], dtype: "int64", data: toArray("int64", axes) } as const;
    this.axes.set(name, { name, value });
    const { axes: _, ...attributes } = node.attributes;
    return { inputs: [...inputs, name], attributes };
  }
}

function valueDef(name: string, tensor: Tensor): ValueDef {
  return { name, dtype: tensor.dtype, shape: tensor.shape };
}

/** What two nodes have in common when they compute the same, or undefined for nodes that are never merged. */
function nodeKey(node: Node, operands: readonly (Tensor | undefined)[]): string | undefined {
  if (random.test(node.op)) return undefined;
  const attributes = attributesKey(node.attributes);
  if (attributes === undefined) return undefined;
  const ids = operands.map((operand) => operand?.id ?? "").join(",");
  return `${node.domain}/${node.op}(${ids})${node.outputs.length}${attributes}`;
}

function attributesKey(attributes: Attributes): string | undefined {
  for (const attribute of Object.values(attributes)) {
    if ("raw" in attribute || "tensor" in attribute) return undefined;
  }
  return JSON.stringify(attributes);
}
