/** A graph whose parameters lie on a curve between two networks: the bend of the curve is what is trained. */
import { add, Graph, type Initializer, mul, type Shape, sub, type Tensor } from "@mesascope/graph";
import { InputError, type NamedArrays } from "../../core/index.ts";

/** Name of the scalar input that says where on the curve the parameters are: 0 at its start, 1 at its end. */
export const placeInput = "place";

/**
 * Every parameter declared is the middle point m of a quadratic Bezier curve from a to b, and the tensor given back is
 * the point (1 - t)^2 a + 2 t (1 - t) m + t^2 b of it: Garipov et al. 2018 (arXiv 1802.10026), section 3.3. The middle
 * starts half way, where the curve is the straight line. A loss of such tensors has the gradient 2 t (1 - t) times that
 * of the point with respect to the middle.
 */
export class CurveGraph extends Graph {
  readonly #ends: readonly [NamedArrays, NamedArrays];
  readonly #weights: readonly [from: Tensor, middle: Tensor, to: Tensor];

  constructor(from: NamedArrays, to: NamedArrays) {
    super();
    this.#ends = [from, to];
    const t = this.input(placeInput, []);
    const rest = sub(1, t);
    this.#weights = [mul(rest, rest), mul(mul(t, rest), 2), mul(t, t)];
  }

  /** @throws InputError where an end lacks the parameter or has it in another size. */
  override parameter(name: string, shape: Shape, _init?: Initializer): Tensor {
    const [a, b] = this.#ends.map((end) => valuesOf(end, name, shape)) as [
      Float32Array,
      Float32Array,
    ];
    const middle = super.parameter(
      name,
      shape,
      a.map((value, i) => (value + b[i]!) / 2),
    );
    const [from, through, to] = this.#weights;
    return add(
      add(mul(this.constant(a, shape), from), mul(middle, through)),
      mul(this.constant(b, shape), to),
    );
  }
}

function valuesOf(end: NamedArrays, name: string, shape: Shape): Float32Array {
  const { data } = end[name] ?? {};
  const size = shape.reduce((a, b) => a * b, 1);
  if (!(data instanceof Float32Array) || data.length !== size)
    throw new InputError(`an end of the curve has no parameter '${name}' of ${size} numbers`);
  return data;
}
