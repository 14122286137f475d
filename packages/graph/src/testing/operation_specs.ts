/** Operations with random operands, for checks of gradients by finite differences. */
import fc from "fast-check";
import type { Tensor } from "../core/graph.ts";
import * as ops from "../ops/index.ts";

/** One drawn case: shapes of the float operands and what is built from them. */
export interface DrawnCase {
  readonly shapes: readonly (readonly number[])[];
  readonly build: (operands: readonly Tensor[]) => Tensor | readonly Tensor[];
  /** Keeps operands inside the domain of the operation. */
  readonly domain?: (value: number) => number;
}

const length = fc.integer({ min: 1, max: 4 });
const shape = (minRank = 0, maxRank = 3) =>
  fc.array(length, { minLength: minRank, maxLength: maxRank });

/** Two shapes that broadcast: axes of either are dropped in front or set to one. */
const broadcastPair = shape(0, 3).chain((full) =>
  fc
    .tuple(
      ...[0, 1].map(() =>
        fc.tuple(fc.nat(full.length), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })),
      ),
    )
    .map((cuts) =>
      cuts.map(([drop, ones]) => full.slice(drop).map((n, axis) => (ones[axis] ? 1 : n))),
    ),
);

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;
type Case = fc.Arbitrary<DrawnCase>;

const positive = (value: number) => Math.abs(value) + 0.3;
const apart = (value: number) => value + Math.sign(value) * 0.5;

const unary = (f: Unary, domain?: DrawnCase["domain"]): Case =>
  shape().map((one) => ({
    shapes: [one],
    build: ([x]) => f(x!),
    ...(domain === undefined ? {} : { domain }),
  }));

const binary = (f: Binary, domain?: DrawnCase["domain"]): Case =>
  broadcastPair.map((shapes) => ({
    shapes,
    build: ([a, b]) => f(a!, b!),
    ...(domain === undefined ? {} : { domain }),
  }));

const reduction = (f: (x: Tensor, options: ops.ReduceOptions) => Tensor): Case =>
  shape(1).chain((one) =>
    fc
      .tuple(
        fc.subarray(
          one.map((_, axis) => axis),
          { minLength: 1 },
        ),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([axes, keepDims, negative]) => ({
        shapes: [one],
        build: ([x]: readonly Tensor[]) =>
          f(x!, { axes: axes.map((axis) => (negative ? axis - one.length : axis)), keepDims }),
      })),
  );

const alongAxis = (f: (x: Tensor, axis: number) => Tensor | readonly Tensor[]): Case =>
  shape(1).chain((one) =>
    fc.integer({ min: -one.length, max: one.length - 1 }).map((axis) => ({
      shapes: [one],
      build: ([x]: readonly Tensor[]) => f(x!, axis),
    })),
  );

const matmulCase: Case = fc
  .tuple(broadcastPair, length, length, length, fc.boolean(), fc.boolean())
  .map(([[lead, leadB], rows, inner, columns, transposeA, transposeB]) => ({
    shapes: [
      [...lead!, ...(transposeA ? [inner, rows] : [rows, inner])],
      [...leadB!, ...(transposeB ? [columns, inner] : [inner, columns])],
    ],
    build: ([a, b]) => ops.matmul(a!, b!, { transposeA, transposeB }),
  }));

const vectorCase: Case = fc.tuple(length, length, fc.boolean()).map(([rows, inner, left]) => ({
  shapes: left ? [[inner], [inner, rows]] : [[rows, inner], [inner]],
  build: ([a, b]) => ops.matmul(a!, b!),
}));

const gemmCase: Case = fc
  .tuple(length, length, length, fc.constantFrom("none", "row", "full", "scalar"))
  .map(([rows, inner, columns, bias]) => {
    const third = { none: [], row: [[columns]], full: [[rows, columns]], scalar: [[1, 1]] }[bias]!;
    return {
      shapes: [[rows, inner], [inner, columns], ...third],
      build: ([a, b, c]) => ops.gemm(a!, b!, c),
    };
  });

const sliceCase: Case = shape(1).chain((one) =>
  fc
    .tuple(...one.map((n) => fc.tuple(fc.nat(n - 1), fc.nat(n), fc.integer({ min: 1, max: 2 }))))
    .map((cuts) => ({
      shapes: [one],
      build: ([x]: readonly Tensor[]) =>
        ops.slice(
          x!,
          cuts.map(([start]) => start),
          cuts.map(([start, end]) => Math.max(start + 1, end)),
          undefined,
          cuts.map(([, , step]) => step),
        ),
    })),
);

const padCase: Case = shape(1).chain((one) =>
  fc.array(fc.nat(2), { minLength: 2 * one.length, maxLength: 2 * one.length }).map((pads) => ({
    shapes: [one],
    build: ([x]: readonly Tensor[]) => ops.pad(x!, pads, 0.5),
  })),
);

const transposeCase: Case = shape(1).chain((one) =>
  fc
    .shuffledSubarray(
      one.map((_, axis) => axis),
      { minLength: one.length },
    )
    .map((perm) => ({
      shapes: [one],
      build: ([x]: readonly Tensor[]) => ops.transpose(x!, perm),
    })),
);

const gatherCase: Case = shape(1).chain((one) =>
  fc.nat(one.length - 1).chain((axis) =>
    fc
      .array(fc.integer({ min: -one[axis]!, max: one[axis]! - 1 }), { minLength: 1, maxLength: 5 })
      .map((index) => ({
        shapes: [one],
        build: ([x]: readonly Tensor[]) => ops.gather(x!, ops.integers(x!.graph, index), axis),
      })),
  ),
);

const gatherElementsCase: Case = shape(1, 2).chain((one) =>
  fc.nat(one.length - 1).chain((axis) => {
    const total = one.reduce((a, b) => a * b, 1);
    const position = fc.integer({ min: -one[axis]!, max: one[axis]! - 1 });
    return fc.array(position, { minLength: total, maxLength: total }).map((index) => ({
      shapes: [one],
      build: ([x]: readonly Tensor[]) =>
        ops.gatherElements(x!, x!.graph.constant(index, one, "int64"), axis),
    }));
  }),
);

const scatterCase: Case = fc.tuple(length, length, length).map(([rows, width, count]) => ({
  shapes: [
    [rows, width],
    [count, width],
  ],
  build: ([x, updates]) => {
    const index = Array.from({ length: count }, (_, i) => (i * 7) % rows);
    return ops.scatterAdd(x!, x!.graph.constant(index, [count, 1], "int64"), updates!);
  },
}));

const convCase: Case = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    inputs: fc.integer({ min: 1, max: 2 }),
    outputs: fc.integer({ min: 1, max: 2 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.tuple(fc.nat(2), fc.nat(2)),
    stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    dilation: fc.integer({ min: 1, max: 2 }),
    extra: fc.tuple(fc.nat(3), fc.nat(3)),
    transposed: fc.boolean(),
  })
  .map(
    ({ batch, groups, inputs, outputs, kernel, padding, stride, dilation, extra, transposed }) => {
      const image = [0, 1].map((i) =>
        Math.max(
          1,
          dilation * (kernel[i]! - 1) + 1 + extra[i]! - (transposed ? 0 : 2 * padding[i]!),
        ),
      );
      const options = { padding, stride, dilation, groups };
      const fits = (i: number) => image[i]! + 2 * padding[i]! >= dilation * (kernel[i]! - 1) + 1;
      const plain = {
        ...options,
        padding: padding.map((p, i) => (fits(i) ? p : p + 2)) as [number, number],
      };
      return transposed
        ? {
            shapes: [
              [batch, inputs * groups, ...image],
              [inputs * groups, outputs, ...kernel],
            ],
            build: ([x, w]: readonly Tensor[]) =>
              ops.convTranspose2d(x!, w!, { ...options, padding: 0 }),
          }
        : {
            shapes: [
              [batch, inputs * groups, ...image],
              [outputs * groups, inputs, ...kernel],
            ],
            build: ([x, w]: readonly Tensor[]) => ops.conv2d(x!, w!, plain),
          };
    },
  );

const poolCase = (f: (x: Tensor, options: ops.PoolOptions) => Tensor): Case =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.nat(3),
      fc.nat(3),
      fc.nat(1),
    )
    .map(([kernel, stride, extraHeight, extraWidth, padding]) => ({
      shapes: [[2, 2, kernel + extraHeight, kernel + extraWidth]],
      build: ([x]) => f(x!, { kernel, stride, padding: Math.min(padding, kernel >> 1) }),
    }));

const layerNormCase: Case = shape(1).map((one) => ({
  // One feature has no variance, where the derivative is dominated by epsilon.
  shapes: [[...one, 3], [3], [3]],
  build: ([x, scale, bias]) => ops.layerNorm(x!, scale!, bias!, 1e-2),
}));

const whereCase: Case = broadcastPair.map((shapes) => ({
  shapes,
  build: ([a, b]) => ops.where(ops.greater(a!, 0), a!, b!),
}));

const concatCase: Case = shape(1).chain((one) =>
  fc.tuple(fc.nat(one.length - 1), length).map(([axis, other]) => ({
    shapes: [one, one.with(axis, other)],
    build: ([a, b]: readonly Tensor[]) => ops.concat([a!, b!, a!], axis),
  })),
);

const lossCase = (f: (logits: Tensor, target: Tensor) => Tensor): Case =>
  fc.tuple(length, length).map(([rows, classes]) => ({
    shapes: [[rows, classes]],
    build: ([logits]) => {
      const target = Array.from({ length: rows }, (_, i) => (i * 5) % classes);
      return f(logits!, ops.integers(logits!.graph, target));
    },
  }));

const sameLoss = (f: Binary): Case =>
  shape(1).map((one) => ({ shapes: [one, one], build: ([a, b]) => f(a!, b!) }));

const einsumCase: Case = fc
  .constantFrom<readonly [string, number[][]]>(
    [
      "ij,jk->ik",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      "bij,bkj->bik",
      [
        [2, 3, 2],
        [2, 1, 2],
      ],
    ],
    ["ij,k->jk", [[2, 3], [2]]],
    ["abc->ca", [[2, 3, 2]]],
    [
      "bi,ij,bj->b",
      [
        [2, 3],
        [3, 2],
        [2, 2],
      ],
    ],
    ["i,i->", [[4], [4]]],
  )
  .map(([equation, shapes]) => ({ shapes, build: (x) => ops.einsum(equation, ...x) }));

const channelCase = (f: (x: Tensor, scale: Tensor, bias: Tensor) => Tensor): Case =>
  fc.tuple(fc.constantFrom(2, 4), fc.integer({ min: 2, max: 3 })).map(([channels, width]) => ({
    shapes: [[3, channels, width], [channels], [channels]],
    build: ([x, scale, bias]) => f(x!, scale!, bias!),
  }));

/** Every differentiable operation, by the name it is exported with. */
export const operationSpecs: Readonly<Record<string, Case>> = {
  add: binary(ops.add),
  sub: binary(ops.sub),
  mul: binary(ops.mul),
  div: binary(ops.div, apart),
  pow: binary(ops.pow, positive),
  minimum: binary(ops.minimum),
  maximum: binary(ops.maximum),
  neg: unary(ops.neg),
  abs: unary(ops.abs),
  exp: unary(ops.exp),
  log: unary(ops.log, positive),
  sqrt: unary(ops.sqrt, positive),
  reciprocal: unary(ops.reciprocal, apart),
  square: unary(ops.square),
  tanh: unary(ops.tanh),
  sigmoid: unary(ops.sigmoid),
  relu: unary(ops.relu),
  leakyRelu: unary(ops.leakyRelu),
  softplus: unary(ops.softplus),
  erf: unary(ops.erf),
  gelu: unary(ops.gelu),
  silu: unary(ops.silu),
  sin: unary(ops.sin),
  cos: unary(ops.cos),
  clip: unary((x) => ops.clip(x, -0.7, 0.8)),
  where: whereCase,
  expand: unary((x) => ops.expand(x, [2, 2, ...x.shape])),
  sum: reduction(ops.sum),
  mean: reduction(ops.mean),
  max: reduction(ops.max),
  min: reduction(ops.min),
  sumSquare: reduction(ops.sumSquare),
  logSumExp: reduction(ops.logSumExp),
  variance: reduction(ops.variance),
  softmax: alongAxis(ops.softmax),
  logSoftmax: alongAxis(ops.logSoftmax),
  cumSum: alongAxis((x, axis) => [
    ops.cumSum(x, axis),
    ops.cumSum(x, axis, { exclusive: true, reverse: true }),
  ]),
  layerNorm: layerNormCase,
  batchNorm: channelCase((x, scale, bias) => ops.batchNorm(x, scale, bias, 1e-2).output),
  groupNorm: channelCase((x, scale, bias) => ops.groupNorm(x, 2, scale, bias, 1e-2)),
  dropout: unary((x) => ops.dropout(x, 0.3, x.graph.constant(BigInt64Array.of(5n), []))),
  einsum: einsumCase,
  reshape: unary((x) => ops.reshape(x, [1, -1])),
  transpose: transposeCase,
  slice: sliceCase,
  concat: concatCase,
  stack: alongAxis((x, axis) => ops.stack([x, x], axis)),
  split: alongAxis((x, axis) => ops.split(x, x.shape.at(axis)!, axis)),
  pad: padCase,
  matmul: fc.oneof(matmulCase, vectorCase),
  gemm: gemmCase,
  gather: gatherCase,
  gatherElements: gatherElementsCase,
  scatterAdd: scatterCase,
  topK: alongAxis((x, axis) => ops.topK(x, Math.ceil(x.shape.at(axis)! / 2), axis).values),
  conv2d: convCase,
  convTranspose2d: convCase,
  maxPool2d: poolCase(ops.maxPool2d),
  avgPool2d: poolCase(ops.avgPool2d),
  crossEntropy: lossCase(ops.crossEntropy),
  logProbability: lossCase(ops.logProbability),
  entropy: lossCase((logits) => ops.entropy(logits)),
  binaryCrossEntropyWithLogits: sameLoss(ops.binaryCrossEntropyWithLogits),
  mse: sameLoss(ops.mse),
  huber: sameLoss(ops.huber),
};
