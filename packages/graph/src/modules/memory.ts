/** External memory with content and location addressing: the neural Turing machine (Graves, Wayne and Danihelka 2014, arXiv 1410.5401). */
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { add, div, mul, pow, sigmoid, softplus, sqrt, sub } from "../ops/elementwise.ts";
import { addAll, concat, reshape, slice, split, unsqueeze } from "../ops/layout.ts";
import { matmul } from "../ops/matrix.ts";
import { softmax, sum, sumSquare } from "../ops/reduce.ts";

/** What a head asks for, in the paper's letters; memory has `N` rows of `M` numbers. */
export interface Address {
  /** k: `[batch, M]` */
  readonly key: Tensor;
  /** beta > 0: `[batch, 1]` */
  readonly strength: Tensor;
  /** g in (0, 1): `[batch, 1]`; 1 takes the content, 0 the place before. */
  readonly gate: Tensor;
  /** s: `[batch, S]` with S odd, summing to one: weights of moving by -(S - 1) / 2 ... (S - 1) / 2 rows. */
  readonly shift: Tensor;
  /** gamma >= 1: `[batch, 1]` */
  readonly sharpness: Tensor;
}

/** Numbers that a controller has to give for one address. */
export const addressWidth = (columns: number, shifts = 3): number => columns + 3 + shifts;

/** An address from a controller's output `[batch, addressWidth(M, shifts)]`, with the paper's ranges enforced. */
export function toAddress(output: Tensor, columns: number, shifts = 3): Address {
  const parts = split(output, [columns, 1, 1, shifts, 1], 1);
  const [key, strength, gate, shift, sharpness] = parts as [Tensor, Tensor, Tensor, Tensor, Tensor];
  return {
    key,
    strength: softplus(strength),
    gate: sigmoid(gate),
    shift: softmax(shift),
    sharpness: add(softplus(sharpness), 1),
  };
}

/**
 * Weights over the rows (equations 5 to 9): similarity to the key, mixed with the weights before, moved and sharpened.
 * @param memory `[batch, N, M]`
 * @param before `[batch, N]`
 * @returns `[batch, N]`, rows summing to one.
 */
export function addressMemory(memory: Tensor, before: Tensor, address: Address): Tensor {
  const [batch, rows, columns] = memory.shape as [number, number, number];
  check(
    memory.shape.length === 3 &&
      address.key.shape[1] === columns &&
      before.shape[0] === batch &&
      before.shape[1] === rows,
    () =>
      `addressMemory: key ${describe(address.key)} and weights ${describe(before)} do not fit memory ${describe(memory)}.`,
  );
  const content = softmax(mul(similarity(memory, address.key), address.strength));
  const mixed = add(mul(address.gate, content), mul(sub(1, address.gate), before));
  const sharp = pow(rotate(mixed, address.shift), address.sharpness);
  return div(sharp, add(sum(sharp, { axes: [1], keepDims: true }), 1e-16));
}

/** Cosine of the angle between the key and each row, `[batch, N]` (equation 6). */
function similarity(memory: Tensor, key: Tensor): Tensor {
  const [batch, rows, columns] = memory.shape as [number, number, number];
  const dots = reshape(matmul(memory, reshape(key, [batch, columns, 1])), [batch, rows]);
  const lengths = sqrt(add(sumSquare(memory, { axes: [2] }), 1e-12));
  const keyLength = sqrt(add(sumSquare(key, { axes: [1], keepDims: true }), 1e-12));
  return div(dots, mul(lengths, keyLength));
}

/** Weights moved around the circle of rows (equation 8): row i gets s_d of row i - d. */
function rotate(weights: Tensor, shift: Tensor): Tensor {
  const rows = weights.shape[1]!;
  const shifts = shift.shape[1]!;
  check(shifts % 2 === 1, () => `addressMemory: shift ${describe(shift)} has no middle.`);
  const moved = Array.from({ length: shifts }, (_, i) => {
    const by = (((i - (shifts - 1) / 2) % rows) + rows) % rows;
    const turned =
      by === 0
        ? weights
        : concat(
            [slice(weights, [rows - by], [rows], [1]), slice(weights, [0], [rows - by], [1])],
            1,
          );
    return mul(turned, slice(shift, [i], [i + 1], [1]));
  });
  return addAll(moved);
}

/** The rows weighted: `[batch, M]` (equation 2). */
export function readMemory(memory: Tensor, weights: Tensor): Tensor {
  const [batch, rows, columns] = memory.shape as [number, number, number];
  return reshape(matmul(reshape(weights, [batch, 1, rows]), memory), [batch, columns]);
}

/**
 * The memory after erasing and adding at the weighted rows (equations 3 and 4).
 * @param erase `[batch, M]`, in (0, 1).
 * @param addition `[batch, M]`
 */
export function writeMemory(
  memory: Tensor,
  weights: Tensor,
  erase: Tensor,
  addition: Tensor,
): Tensor {
  const at = unsqueeze(weights, 2);
  const kept = mul(memory, sub(1, mul(at, unsqueeze(erase, 1))));
  return add(kept, mul(at, unsqueeze(addition, 1)));
}
