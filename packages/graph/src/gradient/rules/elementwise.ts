import { isFloat } from "../../core/dtype.ts";
import type { GradientRule, Tensor } from "../../core/graph.ts";
import {
  add,
  cast,
  cos,
  div,
  equal,
  exp,
  log,
  mul,
  neg,
  pow,
  sigmoid,
  sign,
  sin,
  sub,
  where,
} from "../../ops/elementwise.ts";
import { sumTo } from "./support.ts";

/** Rule of an operation with one operand: `derive(dy, x, y)` is the gradient of x. */
const unary =
  (derive: (dy: Tensor, x: Tensor, y: Tensor) => Tensor): GradientRule =>
  (node, [dy]) => [dy && derive(dy, node.inputs[0]!, node.outputs[0]!)];

/** Rule of a broadcasting operation with two operands. */
const binary =
  (
    left: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => Tensor,
    right: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => Tensor,
  ): GradientRule =>
  (node, [dy], needs) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const y = node.outputs[0]!;
    if (dy === undefined) return [];
    return [
      needs[0] ? sumTo(left(dy, a, b, y), a.shape) : undefined,
      needs[1] ? sumTo(right(dy, a, b, y), b.shape) : undefined,
    ];
  };

const none: GradientRule = () => [];

/** 1 where `d` is positive, 1/2 where it is zero, 0 where it is negative: shares the gradient of ties. */
const share = (d: Tensor): Tensor => add(mul(sign(d), 0.5), 0.5);

const variadicSum: GradientRule = (node, [dy]) =>
  node.inputs.map((input) => dy && input && sumTo(dy, input.shape));

/** Rules for ONNX's elementwise operations, by operation. */
export const elementwiseRules: Readonly<Record<string, GradientRule>> = {
  Add: binary(
    (dy) => dy,
    (dy) => dy,
  ),
  Sub: binary(
    (dy) => dy,
    (dy) => neg(dy),
  ),
  Mul: binary(
    (dy, _, b) => mul(dy, b),
    (dy, a) => mul(dy, a),
  ),
  Div: binary(
    (dy, _, b) => div(dy, b),
    (dy, _, b, y) => neg(mul(div(dy, b), y)),
  ),
  Pow: binary(
    (dy, a, b) => mul(dy, mul(b, pow(a, sub(b, 1)))),
    (dy, a, _, y) => mul(dy, mul(y, log(a))),
  ),
  Max: binary(
    (dy, a, b) => mul(dy, share(sub(a, b))),
    (dy, a, b) => mul(dy, share(sub(b, a))),
  ),
  Min: binary(
    (dy, a, b) => mul(dy, share(sub(b, a))),
    (dy, a, b) => mul(dy, share(sub(a, b))),
  ),
  Sum: variadicSum,
  Neg: unary((dy) => neg(dy)),
  Abs: unary((dy, x) => mul(dy, sign(x))),
  Exp: unary((dy, _, y) => mul(dy, y)),
  Log: unary((dy, x) => div(dy, x)),
  Sqrt: unary((dy, _, y) => div(mul(dy, 0.5), y)),
  Reciprocal: unary((dy, _, y) => neg(mul(dy, mul(y, y)))),
  Tanh: unary((dy, _, y) => mul(dy, sub(1, mul(y, y)))),
  Sigmoid: unary((dy, _, y) => mul(dy, sub(y, mul(y, y)))),
  // y as bool is true where it is not zero, which is the derivative; two casts cost a quarter of one Sign.
  Relu: unary((dy, _, y) => mul(dy, cast(cast(y, "bool"), y.dtype))),
  Softplus: unary((dy, x) => mul(dy, sigmoid(x))),
  Erf: unary((dy, x) => mul(dy, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  Sin: unary((dy, x) => mul(dy, cos(x))),
  Cos: unary((dy, x) => neg(mul(dy, sin(x)))),
  // Inside the limits, and on them, the value is unchanged.
  Clip: unary((dy, x, y) => where(equal(x, y), dy, 0)),
  Identity: unary((dy) => dy),
  Cast: unary((dy, x) => (isFloat(x.dtype) ? cast(dy, x.dtype) : dy)),
  Where: (node, [dy], needs) => {
    const [condition, a, b] = node.inputs as [Tensor, Tensor, Tensor];
    if (dy === undefined) return [];
    return [
      undefined,
      needs[1] ? sumTo(where(condition, dy, 0), a.shape) : undefined,
      needs[2] ? sumTo(where(condition, 0, dy), b.shape) : undefined,
    ];
  },
  Sign: none,
  Floor: none,
  Ceil: none,
  Round: none,
};
