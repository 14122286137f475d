/** `mesascope serve`, but for its options. */
export { isLoopback } from "./guard.ts";
export { type OpenServer, openServer, type ServeOptions } from "./open.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
