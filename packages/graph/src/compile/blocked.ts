/**
 * Puts convolutions into ONNX Runtime's blocked layout ("NCHWc"): channels are cut into blocks that lie innermost,
 * `[batch, channels / block, height, width, block]`. ONNX Runtime does so itself, but only where kernels are constant,
 * which those of a training graph are not. Its kernels for this layout are in the domain `com.microsoft.nchwc`.
 */
import { type Attributes, int, ints, readInt, readInts, readText } from "../core/attributes.ts";
import { toArray } from "../core/dtype.ts";
import type { Node, Tensor } from "../core/graph.ts";
import { sameShape, size } from "../core/shape.ts";
import type { GraphDef, InitializerDef, NodeDef } from "../onnx/schema.ts";

/**
 * The graph with its convolutions, and what lies between them, on blocked twins of their tensors. Values that other
 * operations or the graph's outputs need in plain form are put back into it.
 * @param types the tensors by the names that the graph gives them.
 */
export function blockConvolutions(
  graph: GraphDef,
  types: ReadonlyMap<string, Tensor>,
  block: number,
): GraphDef {
  return new Blocking(types, block).run(graph);
}

/** Whether an operation of our own has a form in the blocked layout, so that its plain form is not needed. */
export function hasBlockedForm(node: Node, block: number): boolean {
  const [x, dy] = node.inputs as [Tensor, Tensor];
  return (
    node.op === "ConvKernelGradient" &&
    x.dtype === "float32" &&
    x.shape[0]! % block === 0 &&
    dy.shape[1]! % block === 0
  );
}

/** Operations on each element alone, which do not care where elements lie. */
const elementwise = new Set(
  (
    "Abs Add And Cast Div Equal Erf Exp Greater GreaterOrEqual Less LessOrEqual Log Max Min Mul Neg Not Or Pow " +
    "Reciprocal Relu Sigmoid Sign Sqrt Sub Sum Tanh Where"
  ).split(" "),
);

/** "kernel" is the order in which the gradient of a kernel is made: `[in, out / block, height, width, block]`. */
type Layout = "channels" | "kernel";

interface Twin {
  readonly name: string;
  readonly layout: Layout;
}

const domain = "com.microsoft.nchwc";

class Blocking {
  private readonly types: ReadonlyMap<string, Tensor>;
  private readonly block: number;
  private readonly nodes: (NodeDef | undefined)[] = [];
  private readonly constants = new Map<string, InitializerDef>();
  private readonly twins = new Map<string, Twin>();
  /** How to make the plain form of what exists only as a twin so far. */
  private readonly pending = new Map<string, () => void>();
  private readonly made = new Set<string>();
  /** Places among the nodes of convolutions by the values they compute, as long as more can be joined to them. */
  private readonly open = new Map<string, number>();
  private readonly uses = new Map<string, number>();

  constructor(types: ReadonlyMap<string, Tensor>, block: number) {
    this.types = types;
    this.block = block;
  }

  run(graph: GraphDef): GraphDef {
    const used = [
      ...graph.nodes.flatMap(({ inputs }) => inputs),
      ...graph.outputs.map((o) => o.name),
    ];
    for (const name of used) this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    for (const node of graph.nodes) {
      const done =
        this.convolution(node) ||
        this.transposedConvolution(node) ||
        this.kernelGradient(node) ||
        this.alongElements(node);
      if (!done) this.asIs(node);
    }
    for (const { name } of graph.outputs) this.plain(name);
    return {
      ...graph,
      nodes: this.nodes.filter((node) => node !== undefined),
      initializers: [...graph.initializers, ...this.constants.values()],
    };
  }

  private asIs(node: NodeDef): void {
    for (const input of node.inputs) this.plain(input);
    this.nodes.push(node);
  }

  private convolution(node: NodeDef): boolean {
    if (node.op !== "Conv" || node.domain !== "") return false;
    const [x, w] = this.imageAndKernel(node);
    if (x === undefined || w === undefined) return false;
    const [outputs, inputs] = w.shape as [number, number];
    if (!this.fits(node, inputs, outputs)) return false;
    this.pushConvolution(node, this.kernel(node.inputs[1]!, "[out, in]"), node.attributes);
    return true;
  }

  /** The convolution that does the same, with the kernel turned around, where strides are one. */
  private transposedConvolution(node: NodeDef): boolean {
    if (node.op !== "ConvTranspose" || node.domain !== "") return false;
    const [x, w] = this.imageAndKernel(node);
    if (x === undefined || w === undefined) return false;
    const [inputs, outputs, ...spatial] = w.shape as [number, number, ...number[]];
    const { attributes } = node;
    const all = (name: string, value: number) =>
      (readInts(attributes, name) ?? []).every((element) => element === value);
    const reach = [...spatial, ...spatial].map((length) => length - 1);
    const given = readInts(attributes, "pads") ?? reach.map(() => 0);
    const pads = reach.map((most, i) => most - given[i]!);
    const same = all("strides", 1) && all("dilations", 1) && all("output_padding", 0);
    const fits = same && attributes["output_shape"] === undefined && pads.every((pad) => pad >= 0);
    if (!fits || !this.fits(node, inputs, outputs)) return false;
    const kernel = this.kernel(node.inputs[1]!, "[in, out] turned");
    this.pushConvolution(node, kernel, { kernel_shape: ints(spatial), pads: ints(pads) });
    return true;
  }

  private imageAndKernel(node: NodeDef): (Tensor | undefined)[] {
    return node.inputs.slice(0, 2).map((name) => {
      const type = this.types.get(name);
      return type?.dtype === "float32" && type.shape.length === 4 ? type : undefined;
    });
  }

  private fits({ attributes }: NodeDef, inputs: number, outputs: number): boolean {
    return (
      readInt(attributes, "group", 1) === 1 &&
      readText(attributes, "auto_pad", "NOTSET") === "NOTSET" &&
      outputs % this.block === 0 &&
      // Fewer channels than a block are taken in plain form.
      (inputs % this.block === 0 || inputs < this.block)
    );
  }

  private pushConvolution(node: NodeDef, kernel: string, attributes: Attributes): void {
    const [x, , bias] = node.inputs as [string, string, string | undefined];
    const narrow = this.types.get(x)!.shape[1]! < this.block;
    const image = narrow ? this.plain(x) : this.blocked(x);
    const inputs = [image, kernel, ...(bias ? [this.plain(bias)] : [])];
    const output = node.outputs[0]!;
    this.open.set(output, this.nodes.length);
    this.emit("Conv", inputs, this.addTwin(output, "channels"), attributes, domain);
  }

  /** The elements of a kernel in the order that a convolution wants, made once for all its uses. */
  private kernel(w: string, order: "[out, in]" | "[in, out] turned"): string {
    const name = `#kernel ${order} ${w}`;
    if (this.made.has(name)) return name;
    const turned = order !== "[out, in]";
    const { block } = this;
    const [first, second, ...spatial] = this.types.get(w)!.shape as [
      number,
      number,
      number,
      number,
    ];
    const [outputs, inputs] = turned ? [second, first] : [first, second];
    const cut = (length: number) => (length < block ? [length, 1] : [length / block, block]);
    let source = this.plain(w);
    if (turned) {
      const slices = [
        [-1, -1],
        [-1e9, -1e9],
        [2, 3],
        [-1, -1],
      ].map((v) => this.integers(v));
      source = this.emit("Slice", [source, ...slices], `#turned ${w}`);
    }
    source = this.reshape(source, [...cut(first), ...cut(second), ...spatial]);
    const perm = turned ? [2, 0, 4, 5, 1, 3] : [0, 2, 4, 5, 3, 1];
    const moved = this.emit("Transpose", [source], `${name} moved`, { perm: ints(perm) });
    return this.reshape(moved, [outputs, inputs, ...spatial], name);
  }

  /**
   * As a convolution whose images are the input's channels, whose channels are the batch and whose kernel is the
   * result's gradient: sums over batch and places are one sum over channels and a kernel as large as the result.
   */
  private kernelGradient(node: NodeDef): boolean {
    if (node.op !== "ConvKernelGradient") return false;
    const { block } = this;
    const [x, dy] = node.inputs as [string, string];
    const output = node.outputs[0]!;
    const [batch, inputs, height, width] = this.types.get(x)!.shape as [
      number,
      number,
      number,
      number,
    ];
    const [, outputs, rows, columns] = this.types.get(dy)!.shape as [
      number,
      number,
      number,
      number,
    ];
    const groups = batch / block;
    const [top, left, bottom, right] = readInts(node.attributes, "pads") as [
      number,
      number,
      number,
      number,
    ];
    const places = this.reshape(this.plain(x), [groups, block, 1, inputs * height * width]);
    let images = this.emit("ReorderInput", [places], `#places ${x}`, {}, domain);
    images = this.reshape(images, [groups, inputs, height * width * block]);
    images = this.emit("Transpose", [images], `#moved ${x}`, { perm: ints([1, 0, 2]) });
    images = this.reshape(images, [inputs * groups, height, width * block]);
    const pads = this.integers([0, top, left * block, 0, bottom, right * block]);
    images = this.emit("Pad", [images, pads], `#padded ${pads} ${x}`);
    images = this.reshape(images, [inputs, batch, height + top + bottom, width + left + right]);
    let kernel = this.reshape(this.blocked(dy), [
      groups,
      block,
      outputs / block,
      rows * columns,
      block,
    ]);
    kernel = this.emit("Transpose", [kernel], `#kernel ${dy}`, { perm: ints([2, 0, 3, 1, 4]) });
    kernel = this.reshape(kernel, [outputs, batch, rows, columns]);
    const twin = this.addTwin(output, "kernel");
    this.emit("Conv", [images, kernel], twin, { kernel_shape: ints([rows, columns]) }, domain);
    return true;
  }

  private alongElements(node: NodeDef): boolean {
    const output = node.outputs[0]!;
    const type = this.types.get(output);
    if (!elementwise.has(node.op) || node.domain !== "" || type === undefined) return false;
    const layouts = new Set(node.inputs.map((name) => this.twins.get(name)?.layout));
    layouts.delete(undefined);
    const [layout] = layouts;
    const takes = (name: string): boolean => {
      const { shape, dtype } = this.types.get(name)!;
      if (size(shape) === 1 && shape.length <= 4) return true;
      if (!sameShape(shape, type.shape)) return false;
      const movable = layout === "channels" && dtype === "float32" && shape[1]! % this.block === 0;
      return this.twins.has(name) || movable;
    };
    if (layout === undefined || layouts.size > 1 || !node.inputs.every(takes)) return false;
    if (this.joinRelu(node) || this.joinAdd(node)) return true;
    const inputs = node.inputs.map((name) => {
      const twin = this.twins.get(name);
      if (twin !== undefined) return twin.name;
      return size(this.types.get(name)!.shape) === 1 ? this.plain(name) : this.blocked(name);
    });
    this.nodes.push({ ...node, inputs, outputs: [this.addTwin(output, layout)] });
    // Only float32 can be put back; a mask is computed again.
    if (type.dtype !== "float32") this.pending.set(output, () => this.asIs(node));
    return true;
  }

  /** A convolution followed by Relu alone does both. */
  private joinRelu(node: NodeDef): boolean {
    const [x] = node.inputs as [string];
    const place = this.joinable(x);
    if (node.op !== "Relu" || place === undefined) return false;
    const conv = this.nodes[place]!;
    const attributes = { ...conv.attributes, activation: { text: "Relu" } };
    this.replace(place, x, {
      ...conv,
      attributes,
      outputs: [this.addTwin(node.outputs[0]!, "channels")],
    });
    return true;
  }

  /** A convolution of which only the sum with another value is needed adds up itself. */
  private joinAdd(node: NodeDef): boolean {
    if (node.op !== "Add") return false;
    for (const [own, other] of [node.inputs, node.inputs.toReversed()] as [string, string][]) {
      const place = this.joinable(own);
      const sum = this.types.get(other)!;
      if (place === undefined || !sameShape(sum.shape, this.types.get(own)!.shape)) continue;
      const conv = this.nodes[place]!;
      const [image, kernel, bias = ""] = conv.inputs as [string, string, string?];
      const inputs = [image, kernel, bias, this.blocked(other)];
      const output = node.outputs[0]!;
      this.replace(place, own, { ...conv, inputs, outputs: [this.addTwin(output, "channels")] });
      this.open.set(output, this.nodes.length - 1);
      return true;
    }
    return false;
  }

  private joinable(name: string): number | undefined {
    return this.uses.get(name) === 1 ? this.open.get(name) : undefined;
  }

  /** Moves a convolution to the end, where all that is joined to it has been computed. */
  private replace(place: number, value: string, node: NodeDef): void {
    this.nodes[place] = undefined;
    this.open.delete(value);
    this.twins.delete(value);
    this.pending.delete(value);
    this.nodes.push(node);
  }

  /** The name of a value's twin with channels in blocks, which is made where there is none yet. */
  private blocked(name: string): string {
    const known = this.twins.get(name);
    if (known?.layout === "channels") return known.name;
    const twin = known === undefined ? `#blocked ${name}` : `#image ${name}`;
    if (known === undefined) this.twins.set(name, { name: twin, layout: "channels" });
    return this.emit("ReorderInput", [this.plain(name)], twin, {}, domain);
  }

  /** The name of a value in plain form, which is made where only the twin exists. */
  private plain(name: string): string {
    const make = this.pending.get(name);
    this.pending.delete(name);
    make?.();
    return name;
  }

  private addTwin(name: string, layout: Layout): string {
    const twin = `#blocked ${name}`;
    this.twins.set(name, { name: twin, layout });
    const { shape } = this.types.get(name)!;
    this.pending.set(name, () => {
      // Read in its plain form too, a convolution stays as it is.
      this.open.delete(name);
      if (layout === "channels") {
        this.emit("ReorderOutput", [twin], name, { channels: int(shape[1]!) }, domain);
      } else this.plainKernel(twin, name, shape);
    });
    return twin;
  }

  private plainKernel(twin: string, name: string, shape: readonly number[]): void {
    const [outputs, inputs, height, width] = shape as [number, number, number, number];
    const { block } = this;
    const cut = this.reshape(twin, [inputs, outputs / block, height * width, block]);
    const moved = this.emit("Transpose", [cut], `${twin} moved`, { perm: ints([1, 3, 0, 2]) });
    this.reshape(moved, [outputs, inputs, height, width], name);
  }

  /** Adds a node, unless one has made this value already: names say all that a value depends on. */
  private emit(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Attributes = {},
    of = "",
  ): string {
    if (this.made.has(output)) return output;
    this.made.add(output);
    this.nodes.push({ op, domain: of, name: "", inputs, outputs: [output], attributes });
    return output;
  }

  private reshape(
    x: string,
    shape: readonly number[],
    output = `#shaped ${shape.join(" ")} ${x}`,
  ): string {
    return this.emit("Reshape", [x, this.integers(shape)], output);
  }

  private integers(values: readonly number[]): string {
    const name = `#ints ${values.join(" ")}`;
    const value = {
      shape: [values.length],
      dtype: "int64",
      data: toArray("int64", values),
    } as const;
    this.constants.set(name, { name, value });
    return name;
  }
}
