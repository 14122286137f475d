/**
 * A graph whose parameters are drawn anew at each run, and what it costs to describe them: Hinton and van Camp 1993,
 * "Keeping neural networks simple by minimizing the description length of the weights".
 */
import {
  add,
  constantInit,
  exp,
  Graph,
  type Initializer,
  mul,
  randomNormal,
  type Shape,
  sub,
  sum,
  sumSquare,
  type Tensor,
} from "@mesascope/graph";

/** Standard deviation of every parameter at first. */
const firstDeviation = 0.01;

const suffix = ".logDeviation";

/** Whether a parameter says how exactly another one is described. */
export const isDeviation = (name: string): boolean => name.endsWith(suffix);

/**
 * Every parameter declared is a mean with a trained deviation beside it, and the tensor given back a draw around it.
 * A plain graph that declares the same parameters shares the means.
 */
export class NoisyGraph extends Graph {
  readonly #key: Tensor;
  readonly #prior: number;
  readonly #nats: Tensor[] = [];

  /** @param prior standard deviation of the normal distribution, around zero, that descriptions start from. */
  constructor(prior: number) {
    super();
    this.#prior = prior;
    this.#key = this.input("noise", [], "int64");
  }

  override parameter(name: string, shape: Shape, init?: Initializer): Tensor {
    const mean = super.parameter(name, shape, init);
    const logs = super.parameter(`${name}${suffix}`, shape, constantInit(Math.log(firstDeviation)));
    const spread = exp(logs);
    const prior = this.#prior;
    const squares = mul(add(sumSquare(spread), sumSquare(mean)), 1 / (2 * prior * prior));
    const count = shape.reduce((a, b) => a * b, 1);
    this.#nats.push(add(sub(squares, sum(logs)), count * (Math.log(prior) - 0.5)));
    return add(mean, mul(spread, randomNormal(this.#key, shape, this.#nats.length)));
  }

  /**
   * Nats that describe all parameters: the divergence of each one's distribution from the prior,
   * log(p / s) + (s^2 + m^2) / (2 p^2) - 1/2, summed.
   */
  nats(): Tensor {
    return this.#nats.reduce((a, b) => add(a, b));
  }
}
