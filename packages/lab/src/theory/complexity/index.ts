/** Complexity of a single object, without a distribution. */
export { lempelZivComplexity, lempelZivWords } from "./lempel-ziv.ts";
