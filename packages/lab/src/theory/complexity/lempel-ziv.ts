/** Lempel-Ziv complexity of a binary string: how many new words a reader who copies needs. */

/**
 * Number of words of the exhaustive history of Lempel and Ziv (1976, "On the complexity of finite sequences"): from
 * left to right, each word is the shortest that does not occur in what precedes its own last symbol. The scan is
 * that of Kaspar and Schuster (1987, Physical Review A 36:842), quadratic in the length.
 * @param bits the string, one symbol an entry.
 */
export function lempelZivWords(bits: ArrayLike<number>): number {
  const n = bits.length;
  let words = 0;
  for (let start = 0; start < n; words++) {
    let longest = 0;
    for (let from = 0; from < start; from++) {
      let length = 0;
      while (start + length < n && bits[from + length] === bits[start + length]) length++;
      if (length > longest) longest = length;
    }
    start += longest + 1;
  }
  return words;
}

/**
 * The estimate of description length of Dingle, Camargo and Louis (2018, Nature Communications 9:761) that Valle-Perez
 * et al. (2019, arXiv 1805.08522) use: log2(n) bits for a constant string, else log2(n) times the mean number of words
 * of the string and of its reverse.
 * @returns bits; log2(n) at least.
 */
export function lempelZivComplexity(bits: ArrayLike<number>): number {
  const n = bits.length;
  const reverse = Array.from({ length: n }, (_, i) => bits[n - 1 - i]!);
  const constant = reverse.every((bit) => bit === reverse[0]);
  const words = constant ? 1 : (lempelZivWords(bits) + lempelZivWords(reverse)) / 2;
  return Math.log2(n) * words;
}
