/** The canonical form of instances that are made of real numbers. */

/** The bits of float32 numbers, as 32-bit words. */
export const floatWords = (values: readonly number[]): number[] => [
  ...new Int32Array(Float32Array.from(values).buffer),
];
