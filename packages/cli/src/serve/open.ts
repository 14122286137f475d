/** Opens the server over a data folder, with the pages built where they are not. */
import { randomBytes } from "node:crypto";
import { repository } from "../provenance.ts";
import { openData, type World } from "../world.ts";
import { builtApp } from "./app.ts";
import { type RunningServer, startServer } from "./server.ts";

export interface ServeOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly allowHost: readonly string[];
  /** Whether those with the token may renew the report. */
  readonly allowWrite: boolean;
  readonly quiet: boolean;
}

export interface OpenServer extends RunningServer {
  /** Absolute path of the data folder. */
  readonly folder: string;
  readonly token: string | undefined;
}

/** @throws WorkError where the pages cannot be built or the address cannot be listened on. */
export async function openServer(world: World, options: ServeOptions): Promise<OpenServer> {
  const { data, host, port, allowHost, allowWrite, quiet } = options;
  const store = await openData(world, data);
  const app = await builtApp(world, quiet);
  const token = allowWrite ? randomBytes(24).toString("base64url") : undefined;
  const server = await startServer({
    ...{ world, store, app, host, port, allowed: allowHost },
    results: `${repository}docs/results`,
    ...(token === undefined ? {} : { token }),
  });
  return { ...server, folder: store.folder, token };
}
