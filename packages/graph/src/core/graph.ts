/** A graph of ONNX operations over tensors of known shapes, built by calling functions on tensors. */
import type { Attributes, TensorValue } from "./attributes.ts";
import { type DType, dtypeOfArray, type TypedArray, toArray } from "./dtype.ts";
import { check, GraphError } from "./errors.ts";
import { opset } from "./opset.ts";
import { checkShape, type Shape, show, size } from "./shape.ts";

/** First values of a parameter: the values themselves, or a function of the number of elements and the shape. */
export type Initializer = Float32Array | ((size: number, shape: Shape) => Float32Array);

/** Where a tensor's values come from. */
export type Origin =
  | { readonly kind: "input" }
  | { readonly kind: "parameter"; readonly data: Float32Array }
  | { readonly kind: "constant"; readonly data: TypedArray }
  | { readonly kind: "node"; readonly node: Node; readonly output: number };

/**
 * Gradients of a node's inputs from those of its outputs; undefined stands for zero. `needs[i]` says whether
 * input `i` is wanted, so that a rule can leave out work; a rule may return more than is needed.
 */
export type GradientRule = (
  node: Node,
  gradients: readonly (Tensor | undefined)[],
  needs: readonly boolean[],
) => readonly (Tensor | undefined)[];

/** One ONNX operation applied to tensors. Nodes are numbered in an order in which they can run. */
export interface Node {
  readonly id: number;
  readonly op: string;
  /** "" for ONNX's own operations. */
  readonly domain: string;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Attributes;
  /** A gradient of its own, which takes precedence over the rule for `op`. */
  readonly gradient: GradientRule | undefined;
  /** Outputs that the operation does not compute here (imported nodes only). */
  readonly absent: readonly number[];
  /**
   * For operations of our own (domain "mesascope"), which no engine knows: the same result from operations of ONNX,
   * for where compiling knows nothing faster.
   */
  readonly plain: (() => Tensor) | undefined;
}

export interface NodeOptions {
  readonly attributes?: Attributes;
  readonly domain?: string;
  readonly gradient?: GradientRule;
  readonly absent?: readonly number[];
  readonly plain?: () => Tensor;
}

/** Shape and element type of one output of a node. */
export type OutputType = readonly [shape: Shape, dtype: DType];

/** A value of the graph: `shape` and `dtype` are known when it is built, its elements only when the graph runs. */
export class Tensor {
  readonly graph: Graph;
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly origin: Origin;
  private label: string | undefined;

  constructor(graph: Graph, id: number, type: OutputType, origin: Origin, name?: string) {
    this.graph = graph;
    this.id = id;
    this.shape = type[0];
    this.dtype = type[1];
    this.origin = origin;
    this.label = name;
  }

  /** The name given with {@link as}, or undefined. */
  get name(): string | undefined {
    return this.label;
  }

  /**
   * Names the tensor, so that it can be read and patched when the graph runs, and returns it. A tensor that has
   * another name already is copied first, and the copy is named.
   * @throws GraphError when the graph has another tensor of this name.
   */
  as(name: string): Tensor {
    if (this.label === name) return this;
    if (this.label !== undefined) {
      return this.graph.apply("Identity", [this], [[this.shape, this.dtype]])[0]!.as(name);
    }
    this.graph.register(name, this);
    this.label = name;
    return this;
  }
}

export class Graph {
  /** All nodes, in an order in which they can run. */
  readonly nodes: Node[] = [];
  readonly inputs = new Map<string, Tensor>();
  readonly parameters = new Map<string, Tensor>();
  /** Versions of operator sets by domain; an imported graph may use newer ones. */
  readonly opsets = new Map<string, number>([["", opset]]);
  private readonly names = new Map<string, Tensor>();
  private readonly scalars = new Map<string, Tensor>();
  private tensorCount = 0;

  /** A tensor whose values are given at each run. */
  input(name: string, shape: Shape, dtype: DType = "float32"): Tensor {
    checkShape(`input "${name}"`, shape);
    const tensor = this.tensor([[...shape], dtype], { kind: "input" }, name);
    this.register(name, tensor);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /**
   * A trainable float32 tensor, zero at first unless `init` says otherwise. An initializing function is called at
   * once, so that a random source is drawn from in the order in which parameters are declared.
   * @throws GraphError when the name is taken or `init` has the wrong number of elements.
   */
  parameter(name: string, shape: Shape, init?: Initializer): Tensor {
    checkShape(`parameter "${name}"`, shape);
    const count = size(shape);
    const data =
      init === undefined
        ? new Float32Array(count)
        : typeof init === "function"
          ? init(count, shape)
          : init;
    check(
      data.length === count,
      () => `parameter "${name}": ${data.length} values do not fill shape ${show(shape)}.`,
    );
    const tensor = this.tensor([[...shape], "float32"], { kind: "parameter", data }, name);
    this.register(name, tensor);
    this.parameters.set(name, tensor);
    return tensor;
  }

  /**
   * A tensor of fixed values. A number makes a scalar, an array a vector unless a shape is given; the element type
   * is that of a typed array, otherwise float32 unless `dtype` says so.
   */
  constant(value: number | readonly number[] | TypedArray, shape?: Shape, dtype?: DType): Tensor {
    if (typeof value === "number") {
      const type = dtype ?? "float32";
      if (shape !== undefined && shape.length > 0) {
        return this.constant(toArray(type, new Array(size(shape)).fill(value)), shape, type);
      }
      return this.scalar(value, type);
    }
    const isTyped = ArrayBuffer.isView(value);
    const type = dtype ?? (isTyped ? dtypeOfArray(value as TypedArray) : "float32");
    const data =
      isTyped && dtype === undefined ? (value as TypedArray) : toArray(type, value as number[]);
    const fullShape = shape ?? [data.length];
    check(
      size(fullShape) === data.length,
      () => `constant: ${data.length} values do not fill shape ${show(fullShape)}.`,
    );
    return this.tensor([[...fullShape], type], { kind: "constant", data });
  }

  /** Adds a node; the functions of `ops/` call this after checking their operands. */
  apply(
    op: string,
    inputs: readonly (Tensor | undefined)[],
    outputs: readonly OutputType[],
    options: NodeOptions = {},
  ): Tensor[] {
    const made: Tensor[] = [];
    const node: Node = {
      id: this.nodes.length,
      op,
      domain: options.domain ?? "",
      inputs,
      outputs: made,
      attributes: options.attributes ?? {},
      gradient: options.gradient,
      absent: options.absent ?? [],
      plain: options.plain,
    };
    for (const input of inputs) {
      check(
        input === undefined || input.graph === this,
        () => `${op}: its operands belong to different graphs.`,
      );
    }
    this.nodes.push(node);
    outputs.forEach((type, output) => {
      made.push(this.tensor(type, { kind: "node", node, output }));
    });
    return made;
  }

  /** A tensor of kind "input" that has no public name: the optimizer's state and the patches of a run. */
  hidden(shape: Shape, dtype: DType = "float32"): Tensor {
    return this.tensor([shape, dtype], { kind: "input" });
  }

  /** The tensor of a name, or undefined. */
  find(name: string): Tensor | undefined {
    return this.names.get(name);
  }

  /** Every name that can be read or patched. */
  get tensorNames(): string[] {
    return [...this.names.keys()];
  }

  /** Takes `name` for `tensor`. */
  register(name: string, tensor: Tensor): void {
    check(name !== "" && !name.startsWith("#"), () => `"${name}" is not a name for a tensor.`);
    if (this.names.has(name)) {
      const other = this.names.get(name)!;
      throw new GraphError(
        `the name "${name}" is taken by a tensor of shape ${show(other.shape)} in this graph.`,
      );
    }
    this.names.set(name, tensor);
  }

  private scalar(value: number, dtype: DType): Tensor {
    const key = `${dtype} ${Object.is(value, -0) ? "-0" : value}`;
    const known = this.scalars.get(key);
    if (known !== undefined && known.name === undefined) return known;
    const data = toArray(dtype, [value]);
    const tensor = this.tensor([[], dtype], { kind: "constant", data });
    this.scalars.set(key, tensor);
    return tensor;
  }

  private tensor(type: OutputType, origin: Origin, name?: string): Tensor {
    return new Tensor(this, this.tensorCount++, type, origin, name);
  }
}

/** The constant values of a tensor, or undefined when they are known only at run time. */
export function constantValue(tensor: Tensor): TensorValue | undefined {
  if (tensor.origin.kind !== "constant") return undefined;
  return { shape: tensor.shape, dtype: tensor.dtype, data: tensor.origin.data };
}

/** The node that computes a tensor, or undefined for inputs, parameters and constants. */
export function producer(tensor: Tensor): Node | undefined {
  return tensor.origin.kind === "node" ? tensor.origin.node : undefined;
}

/** A tensor for error messages: its name if it has one, and its shape. */
export function describe(tensor: Tensor): string {
  const name = tensor.name === undefined ? "" : `"${tensor.name}" `;
  return `${name}${show(tensor.shape)}`;
}
