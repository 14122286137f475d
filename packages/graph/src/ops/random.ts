/** Random numbers inside a graph, decided by a key alone: the same key gives the same numbers on every engine. */
import { int, text } from "../core/attributes.ts";
import { dtypeCode } from "../core/dtype.ts";
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { type Shape, size } from "../core/shape.ts";
import { add, cast, cos, greaterOrEqual, log, mul, neg, sqrt, where } from "./elementwise.ts";
import { reshape } from "./layout.ts";
import { checkDtype, emit } from "./operand.ts";

/** The golden ratio's fraction in 64 bits, odd: spreads small keys over all bits. */
const spread = BigInt.asIntN(64, 0x9e3779b97f4a7c15n);

/**
 * Independent uniform numbers in [0, 1), multiples of 2^-24: Widynski's counter-based generator Squares (2020,
 * arXiv 2004.06278), four rounds.
 * @param key int64 scalar.
 * @param stream a number that tells draws with one key apart.
 */
export function randomUniform(key: Tensor, shape: Shape, stream = 0): Tensor {
  checkDtype("randomUniform", key, "int64");
  check(size(key.shape) === 1, () => `randomUniform: key ${describe(key)} is not a scalar.`);
  const { graph } = key;
  const big = (value: bigint) => graph.constant(BigInt64Array.of(BigInt.asIntN(64, value)), []);
  const count = size(shape);
  const first = BigInt(stream) << 32n;
  const counters = BigInt64Array.from({ length: count }, (_, i) => first + BigInt(i));
  const counter = graph.constant(counters, [count]);
  const odd = mul(add(mul(reshape(key, []), big(2n)), big(1n)), big(spread));
  const y = mul(counter, odd);
  const z = add(y, odd);
  const turn = (x: Tensor) => add(mul(x, big(1n << 32n)), shiftRight(x, 32n));
  let x = y;
  for (const addend of [y, z, y]) x = turn(add(mul(x, x), addend));
  const bits = shiftRight(add(mul(x, x), z), 40n);
  return reshape(mul(cast(bits, "float32"), 2 ** -24), shape);
}

/** x >> bits without sign; ONNX shifts unsigned integers only. */
function shiftRight(x: Tensor, bits: bigint): Tensor {
  const { graph, shape } = x;
  const unsigned = emit(graph, "Cast", [x], shape, "uint64", { to: int(dtypeCode("uint64")) });
  const by = graph.constant(BigUint64Array.of(bits), [], "uint64");
  const shifted = emit(graph, "BitShift", [unsigned, by], shape, "uint64", {
    direction: text("RIGHT"),
  });
  return cast(shifted, "int64");
}

/** Independent standard normal numbers, by Box and Muller's method from two streams. */
export function randomNormal(key: Tensor, shape: Shape, stream = 0): Tensor {
  const radius = randomUniform(key, shape, 2 * stream + 1);
  const angle = randomUniform(key, shape, 2 * stream + 2);
  // 1 - u lies in (0, 1], where the logarithm is finite.
  const length = sqrt(mul(log(add(neg(radius), 1)), -2));
  return mul(length, cos(mul(angle, 2 * Math.PI)));
}

/** x with each element zero with probability `rate`, the rest divided by 1 - rate (Srivastava et al. 2014). */
export function dropout(x: Tensor, rate: number, key: Tensor, stream = 0): Tensor {
  check(rate >= 0 && rate < 1, () => `dropout: rate ${rate} is not in [0, 1).`);
  if (rate === 0) return x;
  const kept = greaterOrEqual(randomUniform(key, x.shape, stream), rate);
  return where(kept, mul(x, 1 / (1 - rate)), 0);
}
