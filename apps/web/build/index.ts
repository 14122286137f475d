/** Builds the app: the same files serve as a static site and under `mesascope serve` (Node only). */
export { appFolder, type BuildOptions, buildApp, viteConfig } from "./build.ts";
export { trainSubjects } from "./subjects.ts";
