/** What pages are told, the same from a live server and from files baked at build time. */
export * from "./overview.ts";
export * from "./study.ts";
