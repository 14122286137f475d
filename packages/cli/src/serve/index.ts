/** `mesascope serve`, but for its options. */
export { builtApp } from "./app.ts";
export { isLoopback } from "./guard.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
