/** Operations that act on each element alone; two operands broadcast as in NumPy and ONNX. */
import { int } from "../core/attributes.ts";
import { type DType, dtypeCode } from "../core/dtype.ts";
import { check, GraphError } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { broadcast } from "../core/shape.ts";
import { customGradient } from "./custom.ts";
import { checkDtype, checkFloat, emit, type Operand, pair } from "./operand.ts";

function binary(operation: string, op: string, a: Operand, b: Operand): Tensor {
  const { graph, a: left, b: right, shape } = pair(operation, a, b);
  return emit(graph, op, [left, right], shape, left.dtype);
}

function unary(operation: string, op: string, x: Tensor): Tensor {
  checkFloat(operation, x);
  return emit(x.graph, op, [x], x.shape, x.dtype);
}

function comparison(operation: string, op: string, a: Operand, b: Operand): Tensor {
  const { graph, a: left, b: right, shape } = pair(operation, a, b);
  return emit(graph, op, [left, right], shape, "bool");
}

/** a + b, broadcast. @throws GraphError when the shapes do not broadcast or the element types differ. */
export const add = (a: Operand, b: Operand): Tensor => binary("add", "Add", a, b);
/** a - b, broadcast. */
export const sub = (a: Operand, b: Operand): Tensor => binary("sub", "Sub", a, b);
/** a * b, broadcast. */
export const mul = (a: Operand, b: Operand): Tensor => binary("mul", "Mul", a, b);
/** a / b, broadcast; integers divide towards zero. */
export const div = (a: Operand, b: Operand): Tensor => binary("div", "Div", a, b);
/** a to the power b, broadcast. */
export const pow = (a: Operand, b: Operand): Tensor => binary("pow", "Pow", a, b);
/** The smaller of a and b; where they are equal each gets half of the gradient, as in PyTorch. */
export const minimum = (a: Operand, b: Operand): Tensor => binary("minimum", "Min", a, b);
/** The larger of a and b; where they are equal each gets half of the gradient, as in PyTorch. */
export const maximum = (a: Operand, b: Operand): Tensor => binary("maximum", "Max", a, b);

/** a = b, as bool. */
export const equal = (a: Operand, b: Operand): Tensor => comparison("equal", "Equal", a, b);
/** a > b, as bool. */
export const greater = (a: Operand, b: Operand): Tensor => comparison("greater", "Greater", a, b);
/** a >= b, as bool. */
export const greaterOrEqual = (a: Operand, b: Operand): Tensor =>
  comparison("greaterOrEqual", "GreaterOrEqual", a, b);
/** a < b, as bool. */
export const less = (a: Operand, b: Operand): Tensor => comparison("less", "Less", a, b);
/** a <= b, as bool. */
export const lessOrEqual = (a: Operand, b: Operand): Tensor =>
  comparison("lessOrEqual", "LessOrEqual", a, b);

function logical(operation: string, op: string, a: Tensor, b: Tensor): Tensor {
  checkDtype(operation, a, "bool");
  checkDtype(operation, b, "bool");
  return comparison(operation, op, a, b);
}

/** a and b, of bool. */
export const and = (a: Tensor, b: Tensor): Tensor => logical("and", "And", a, b);
/** a or b, of bool. */
export const or = (a: Tensor, b: Tensor): Tensor => logical("or", "Or", a, b);
/** Not x, of bool. */
export function not(x: Tensor): Tensor {
  checkDtype("not", x, "bool");
  return emit(x.graph, "Not", [x], x.shape, "bool");
}

/** -x, of any signed element type. */
export const neg = (x: Tensor): Tensor => emit(x.graph, "Neg", [x], x.shape, x.dtype);
/** |x|; its gradient at zero is zero. */
export const abs = (x: Tensor): Tensor => emit(x.graph, "Abs", [x], x.shape, x.dtype);
/** -1, 0 or 1; its gradient is zero everywhere. */
export const sign = (x: Tensor): Tensor => emit(x.graph, "Sign", [x], x.shape, x.dtype);
export const exp = (x: Tensor): Tensor => unary("exp", "Exp", x);
/** Natural logarithm. */
export const log = (x: Tensor): Tensor => unary("log", "Log", x);
export const sqrt = (x: Tensor): Tensor => unary("sqrt", "Sqrt", x);
/** 1 / x. */
export const reciprocal = (x: Tensor): Tensor => unary("reciprocal", "Reciprocal", x);
/** x * x. */
export const square = (x: Tensor): Tensor => mul(x, x);
export const tanh = (x: Tensor): Tensor => unary("tanh", "Tanh", x);
/** 1 / (1 + exp(-x)). */
export const sigmoid = (x: Tensor): Tensor => unary("sigmoid", "Sigmoid", x);
/** max(x, 0); its gradient at zero is zero. */
export const relu = (x: Tensor): Tensor => unary("relu", "Relu", x);
/** log(1 + exp(x)). */
export const softplus = (x: Tensor): Tensor => unary("softplus", "Softplus", x);
/** The error function. */
export const erf = (x: Tensor): Tensor => unary("erf", "Erf", x);
export const sin = (x: Tensor): Tensor => unary("sin", "Sin", x);
export const cos = (x: Tensor): Tensor => unary("cos", "Cos", x);
/** The largest integer not above x; its gradient is zero. */
export const floor = (x: Tensor): Tensor => unary("floor", "Floor", x);
/** The smallest integer not below x; its gradient is zero. */
export const ceil = (x: Tensor): Tensor => unary("ceil", "Ceil", x);
/** The nearest integer, halves to even; its gradient is zero. */
export const round = (x: Tensor): Tensor => unary("round", "Round", x);

/** x times the standard normal distribution function of x: the exact GELU (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  const root = mul(x, Math.SQRT1_2);
  const distribution = mul(add(erf(root), 1), 0.5);
  // The derivative of x F(x) is F(x) + x F'(x); written by hand it takes six passes over the elements instead of ten.
  return customGradient(mul(x, distribution), [x], (dy) => {
    const density = mul(div(x, exp(mul(root, root))), 1 / Math.sqrt(2 * Math.PI));
    return [mul(dy, add(distribution, density))];
  });
}

/** x * sigmoid(x). */
export const silu = (x: Tensor): Tensor => mul(x, sigmoid(x));

/** x where x > 0, slope * x elsewhere. */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return where(greater(x, 0), x, mul(x, slope));
}

/** x limited to [min, max]; the gradient passes where min <= x <= max. */
export function clip(x: Tensor, min: number, max: number): Tensor {
  checkFloat("clip", x);
  check(min <= max, () => `clip: the lower limit ${min} is above the upper limit ${max}.`);
  const limits = [x.graph.constant(min, [], x.dtype), x.graph.constant(max, [], x.dtype)];
  return emit(x.graph, "Clip", [x, ...limits], x.shape, x.dtype);
}

/** `a` where `condition` (bool) holds and `b` elsewhere, all three broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkDtype("where", condition, "bool");
  const {
    graph,
    a: left,
    b: right,
    shape,
  } = typeof a === "number" && typeof b === "number"
    ? pair("where", condition.graph.constant(a), b)
    : pair("where", a, b);
  const full = broadcast(condition.shape, shape);
  if (full === undefined) {
    throw new GraphError(
      `where: condition ${describe(condition)} does not broadcast with operands ${describe(left)} and ${describe(right)}.`,
    );
  }
  return emit(graph, "Where", [condition, left, right], full, left.dtype);
}

/** x as another element type; gradients pass between floating-point types. */
export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  return emit(x.graph, "Cast", [x], x.shape, dtype, { to: int(dtypeCode(dtype)) });
}

/** x as a value through which no gradient passes. */
export function stopGradient(x: Tensor): Tensor {
  return emit(x.graph, "Identity", [x], x.shape, x.dtype, {}, { gradient: () => [undefined] });
}
