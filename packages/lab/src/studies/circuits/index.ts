/** Studies of minimal circuits. */
export * from "./study.ts";
