/** The server: guarded, over one data folder and one built app. */
import type { Server } from "node:http";
import { type ServerType, serve } from "@hono/node-server";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import type { RunStore } from "@mesascope/store";
import { Hono } from "hono";
import type { World } from "../world.ts";
import { api } from "./api.ts";
import { ServedFolder } from "./folder.ts";
import { guarded } from "./guard.ts";
import { Missing } from "./queries.ts";
import { site } from "./site.ts";
import { Writing } from "./writing.ts";

export interface ServerOptions {
  readonly world: World;
  readonly store: RunStore;
  /** Folder of the built app. */
  readonly app: string;
  /** Folder of committed evidence. */
  readonly results: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly allowed: readonly string[];
  /** What a request that writes must carry; left out, nothing is written. */
  readonly token?: string;
}

export interface RunningServer {
  /** Where it listens, ending in a slash. */
  readonly address: string;
  close(): Promise<void>;
}

/** @throws WorkError where the address cannot be listened on. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { world, store, app, results, host, port, allowed, token } = options;
  const folder = new ServedFolder(world, store, results);
  const writing = token === undefined ? undefined : new Writing(world, store, token);
  const { routes, close } = api({ folder, data: store.folder, writing });
  const main = new Hono();
  main.use(guarded({ host, allowed }));
  main.route("/api", routes);
  main.get("*", site(app));
  main.notFound((c) => c.json({ error: "there is nothing at this address" }, 404));
  main.onError((error, c) => {
    // A sentence for the reader, never a stack trace; what is wrong with the request is told apart.
    if (error instanceof InputError)
      return c.json({ error: error.message }, error instanceof Missing ? 404 : 400);
    if (!(error instanceof WorkError)) world.stderr.write(`${messageOf(error)}\n`);
    return c.json({ error: error instanceof WorkError ? error.message : "the server failed" }, 500);
  });
  const server = await listening(main, host, port);
  const closing = new AbortController();
  // What goes wrong here is told to whoever asks for the same.
  const prepared = folder.prepare(closing.signal).catch(() => {});
  const bound = server.address();
  const at = typeof bound === "object" && bound ? bound.port : port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${name}:${at}/`,
    close: async () => {
      close();
      closing.abort();
      const ended = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      // Streams of events would keep it open for ever.
      (server as Server).closeAllConnections();
      await Promise.all([ended, prepared]);
    },
  };
}

function listening(app: Hono, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server));
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === "EADDRINUSE"
          ? "another program listens there; choose another with --port"
          : messageOf(cause);
      reject(new WorkError(`cannot listen on ${hostname}:${port}: ${why}`, { cause }));
    });
  });
}
