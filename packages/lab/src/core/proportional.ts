/** Drawing in proportion to weights. */

/**
 * Gives the place that a number on [0, 1) falls on, where each place has a share in proportion to its weight; weights
 * below zero count as zero.
 */
export function proportional(weights: ArrayLike<number>): (u: number) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += Math.max(0, weights[i]!);
    sums[i] = total;
  }
  return (u) => {
    const wanted = u * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
