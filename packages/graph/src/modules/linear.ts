import { GraphError } from "../core/errors.ts";
import type { Graph, Initializer, Tensor } from "../core/graph.ts";
import { describe } from "../core/graph.ts";
import { tanh } from "../ops/elementwise.ts";
import { affine } from "../ops/matrix.ts";
import { fanInInit, namedSource, type Uniform } from "./init.ts";

export interface LinearOptions {
  /** Number of features out. */
  readonly width: number;
  /** Parameters are `<name>.weight` and `<name>.bias`; "linear" when omitted. */
  readonly name?: string;
  /** True when omitted. */
  readonly bias?: boolean;
  /** Draws first values; a fixed source seeded by the parameter's name when omitted. */
  readonly random?: Uniform;
  /** First values of the weight `[inputs, width]`; PyTorch's default when omitted. */
  readonly weightInit?: Initializer;
  readonly biasInit?: Initializer;
}

/** x * weight + bias over the last axis: x `[..., inputs]`, weight `[inputs, width]`, result `[..., width]`. */
export function linear(g: Graph, x: Tensor, options: LinearOptions): Tensor {
  const { width, name = "linear", bias = true, random } = options;
  const inputs = x.shape.at(-1);
  if (inputs === undefined) throw new GraphError(`linear: operand ${describe(x)} is a scalar.`);
  const draw = (part: string) => fanInInit(random ?? namedSource(`${name}.${part}`), inputs);
  const weight = g.parameter(
    `${name}.weight`,
    [inputs, width],
    options.weightInit ?? draw("weight"),
  );
  const offset = bias
    ? g.parameter(`${name}.bias`, [width], options.biasInit ?? draw("bias"))
    : undefined;
  return affine(x, weight, offset);
}

export interface MlpOptions {
  /** Features after each layer; the last is the output. */
  readonly widths: readonly number[];
  /** Applied after each layer but the last; tanh when omitted. */
  readonly activation?: (x: Tensor) => Tensor;
  /** Parameters are `<name>.<layer>.weight` and `.bias`; "mlp" when omitted. */
  readonly name?: string;
  /** Hidden activations are named `<hidden>.<layer>`; "hidden" when omitted, or `<name>.hidden` with a name. */
  readonly hidden?: string;
  readonly random?: Uniform;
  /** First values of layer `index`'s weight and bias. */
  readonly weightInit?: (layer: number) => Initializer;
  readonly biasInit?: (layer: number) => Initializer;
}

/** Linear layers with an activation between them: x `[..., inputs]`, result `[..., widths.at(-1)]`. */
export function mlp(g: Graph, x: Tensor, options: MlpOptions): Tensor {
  const { widths, activation = tanh, random, weightInit, biasInit } = options;
  const name = options.name ?? "mlp";
  const hidden = options.hidden ?? (options.name === undefined ? "hidden" : `${name}.hidden`);
  let value = x;
  widths.forEach((width, layer) => {
    value = linear(g, value, {
      width,
      name: `${name}.${layer}`,
      ...(random === undefined ? {} : { random }),
      ...(weightInit === undefined ? {} : { weightInit: weightInit(layer) }),
      ...(biasInit === undefined ? {} : { biasInit: biasInit(layer) }),
    });
    if (layer < widths.length - 1) value = activation(value).as(`${hidden}.${layer}`);
  });
  return value;
}
