/** What pages are told, the same from a live server and from files baked at build time. */
export * from "./calibration.ts";
export * from "./glossary.ts";
export * from "./overview.ts";
export * from "./pack.ts";
export * from "./policy.ts";
export * from "./run.ts";
export * from "./standing.ts";
export * from "./study.ts";
export * from "./text.ts";
