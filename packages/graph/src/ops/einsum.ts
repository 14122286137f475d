/** Contractions written with letters, as NumPy's einsum, made of transposes and one matrix product for each pair. */
import { GraphError } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { size } from "../core/shape.ts";
import { reshape, transpose } from "./layout.ts";
import { matmul } from "./matrix.ts";
import { sum } from "./reduce.ts";

/** A tensor with a letter for each axis. */
interface Lettered {
  readonly x: Tensor;
  readonly letters: string;
}

/**
 * The sum of products that `equation` describes: `einsum("bij,bjk->bik", a, b)`. Each operand's axes are named by
 * letters; letters that are missing behind the arrow are summed over. An operand may not repeat a letter.
 * @throws GraphError when the equation does not fit the operands.
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  const [left, output] = equation.replaceAll(" ", "").split("->") as [string, string | undefined];
  const terms = left.split(",");
  const fault = (why: string): never => {
    throw new GraphError(
      `einsum: "${equation}" does not fit operands ${operands.map(describe).join(" and ")}: ${why}.`,
    );
  };
  if (output === undefined) return fault("it has no arrow");
  if (terms.length !== operands.length) return fault(`it names ${terms.length} operands`);
  const lengths = new Map<string, number>();
  const parts = operands.map((x, i) => {
    const letters = terms[i]!;
    if (letters.length !== x.shape.length) fault(`"${letters}" names ${letters.length} axes`);
    for (const [axis, letter] of [...letters].entries()) {
      if (!/[a-zA-Z]/.test(letter)) fault(`"${letter}" is not a letter`);
      if (letters.indexOf(letter) !== axis) fault(`"${letters}" repeats ${letter}`);
      const known = lengths.get(letter) ?? x.shape[axis]!;
      if (known !== x.shape[axis]) fault(`${letter} is both ${known} and ${x.shape[axis]} long`);
      lengths.set(letter, known);
    }
    return { x, letters };
  });
  for (const letter of output) {
    if (!lengths.has(letter)) fault(`no operand has an axis ${letter}`);
    if (output.indexOf(letter) !== output.lastIndexOf(letter))
      fault(`"${output}" repeats ${letter}`);
  }
  return contract(parts, output);
}

function contract(parts: readonly Lettered[], output: string): Tensor {
  let [current, ...rest] = parts as [Lettered, ...Lettered[]];
  while (rest.length > 0) {
    const [next, ...others] = rest as [Lettered, ...Lettered[]];
    const later = output + others.map(({ letters }) => letters).join("");
    current = product(
      sumOut(current, next.letters + later),
      sumOut(next, current.letters + later),
      later,
    );
    rest = others;
  }
  const summed = sumOut(current, output);
  return arrange(summed, output);
}

/** Sums over the axes whose letters nothing needs any more. */
function sumOut({ x, letters }: Lettered, needed: string): Lettered {
  const axes = [...letters].flatMap((letter, axis) => (needed.includes(letter) ? [] : [axis]));
  if (axes.length === 0) return { x, letters };
  return { x: sum(x, { axes }), letters: [...letters].filter((l) => needed.includes(l)).join("") };
}

const arrange = ({ x, letters }: Lettered, order: string): Tensor =>
  transpose(
    x,
    [...order].map((letter) => letters.indexOf(letter)),
  );

/** Shared letters that are needed later are batches, the other shared ones are contracted. */
function product(a: Lettered, b: Lettered, later: string): Lettered {
  const shared = [...a.letters].filter((letter) => b.letters.includes(letter));
  const batch = shared.filter((letter) => later.includes(letter)).join("");
  const inner = shared.filter((letter) => !later.includes(letter)).join("");
  const own = (letters: string) => [...letters].filter((l) => !shared.includes(l)).join("");
  const [rows, columns] = [own(a.letters), own(b.letters)];
  const lengths = (letters: string, from: Lettered) =>
    [...letters].map((letter) => from.x.shape[from.letters.indexOf(letter)]!);
  const batchShape = lengths(batch, a);
  const k = size(lengths(inner, a));
  const m = size(lengths(rows, a));
  const n = size(lengths(columns, b));
  const left = reshape(arrange(a, batch + rows + inner), [...batchShape, m, k]);
  const right = reshape(arrange(b, batch + inner + columns), [...batchShape, k, n]);
  const shape = [...batchShape, ...lengths(rows, a), ...lengths(columns, b)];
  return { x: reshape(matmul(left, right), shape), letters: batch + rows + columns };
}
