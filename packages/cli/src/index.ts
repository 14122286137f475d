/** cli: the `mesascope` command. */
export { realWorld } from "./compose.ts";
export { runCommandLine } from "./program.ts";
export { openServer, startServer } from "./serve/index.ts";
export type { World } from "./world.ts";
