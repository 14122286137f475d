/** Signatures of search in circuits. */
export * from "./represents.ts";
