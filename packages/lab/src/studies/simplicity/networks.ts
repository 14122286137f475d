/** Many small networks at once, as functions from 7 bits to 1: a network is a place on a batch axis. */
import {
  add,
  compile,
  Graph,
  type Model,
  matmul,
  relu,
  reshape,
  type Tensor,
  tanh,
} from "@mesascope/graph";
import type { Random } from "../../core/index.ts";

/** Inputs of the functions, and rows of their truth tables. */
export const arity = 7;
export const rows = 2 ** arity;

/** Which networks, and how their parameters are drawn. */
export interface NetworkFamily {
  readonly layers: number;
  readonly width: number;
  readonly activation: "relu" | "tanh";
  /** Standard deviation of a weight times the square root of the units that it sums over. */
  readonly weightScale: number;
  /** Standard deviation of a bias. */
  readonly biasScale: number;
}

/** Every input as 0s and 1s, the first bit the most significant: shape [128, 7]. */
export const truthInputs = Float32Array.from({ length: rows * arity }, (_, i) => {
  const [row, bit] = [Math.floor(i / arity), i % arity];
  return (row >> (arity - 1 - bit)) & 1;
});

/** Widths from the inputs to the output. */
const widthsOf = ({ layers, width }: NetworkFamily): number[] => [
  arity,
  ...new Array<number>(layers).fill(width),
  1,
];

/** One parameter of all networks: weights [networks, from, to] and biases [networks, 1, to]. */
export interface Shape {
  readonly name: string;
  readonly shape: readonly [number, number, number];
  /** Standard deviation at the start. */
  readonly scale: number;
}

/** The parameters of `count` networks. */
export function shapesOf(family: NetworkFamily, count: number): Shape[] {
  const widths = widthsOf(family);
  return widths.slice(1).flatMap((to, i): Shape[] => {
    const from = widths[i]!;
    return [
      { name: `w${i}`, shape: [count, from, to], scale: family.weightScale / Math.sqrt(from) },
      { name: `b${i}`, shape: [count, 1, to], scale: family.biasScale },
    ];
  });
}

/** Uniform draws of the given standard deviation. */
export function fill(values: Float32Array, scale: number, random: Random): void {
  const unit = (Math.sqrt(3) * scale) / 2 ** 31;
  for (let i = 0; i < values.length; i++) values[i] = random.bits() * unit;
}

/** Logits [networks, 128] on all inputs. */
export function logitsOf(
  x: Tensor,
  family: NetworkFamily,
  parameters: ReadonlyMap<string, Tensor>,
  count: number,
): Tensor {
  const activation = family.activation === "relu" ? relu : tanh;
  let features = x;
  for (let i = 0; i <= family.layers; i++) {
    const sum = add(matmul(features, parameters.get(`w${i}`)!), parameters.get(`b${i}`)!);
    features = i < family.layers ? activation(sum) : sum;
  }
  return reshape(features, [count, rows]);
}

/** Draws networks and tells their truth tables. */
export class RandomNetworks {
  readonly count: number;
  readonly #model: Model;
  readonly #shapes: readonly Shape[];
  readonly #feeds: Readonly<Record<string, Float32Array>>;

  private constructor(model: Model, shapes: readonly Shape[], count: number) {
    this.count = count;
    this.#model = model;
    this.#shapes = shapes;
    this.#feeds = Object.fromEntries(
      shapes.map(({ name, shape }) => [name, new Float32Array(shape[0] * shape[1] * shape[2])]),
    );
  }

  /** `count` networks a draw. */
  static async of(family: NetworkFamily, count: number): Promise<RandomNetworks> {
    const graph = new Graph();
    const shapes = shapesOf(family, count);
    const inputs = new Map(shapes.map(({ name, shape }) => [name, graph.input(name, [...shape])]));
    const x = graph.constant(truthInputs, [rows, arity]);
    const logits = logitsOf(x, family, inputs, count).as("logits");
    return new RandomNetworks(await compile(graph, { outputs: [logits] }), shapes, count);
  }

  /** Truth tables of new networks, 128 entries of 0 or 1 each, one after another. */
  async draw(random: Random): Promise<Uint8Array> {
    for (const { name, scale } of this.#shapes) fill(this.#feeds[name]!, scale, random);
    const { logits } = await this.#model.run(this.#feeds);
    return signs(logits as Float32Array);
  }
}

/** 1 where a value is positive. */
export function signs(values: Float32Array): Uint8Array {
  const bits = new Uint8Array(values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = values[i]! > 0 ? 1 : 0;
  return bits;
}
