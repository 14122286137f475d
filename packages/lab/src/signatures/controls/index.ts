/** Subjects with known answers, on which signatures are calibrated. */
export { type LinearAttentionOptions, linearAttentionDescent } from "./linear-attention.ts";
