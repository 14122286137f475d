/** `mesascope serve`: the lab in a browser, live over a data folder. */
import { InputError } from "@mesascope/lab/core";
import { watchForInterrupt } from "../interrupt.ts";
import { type DataFlags, withDataOptions } from "../options.ts";
import { printJson } from "../output/json.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";

type Flags = DataFlags & {
  readonly host: string;
  readonly port: number;
  readonly allowHost: readonly string[];
  readonly allowWrite?: boolean;
};

const help = `
Serves conditions, studies and runs of the data folder as pages, and curves of runs while they train. It listens on this
machine alone unless --host says otherwise, answers to its own names only, and opens nothing by itself. The first time
it builds the pages, which takes a few seconds. Ctrl-C ends it.

Nothing is written but with --allow-write, which prints a token: a POST to api/report that carries it as
'Authorization: Bearer TOKEN' renews the report of the data folder.

Examples:
  $ mesascope serve
  $ mesascope serve --data runs --port 8080
  $ mesascope serve --host 0.0.0.0 --allow-host lab.example.org`;

/** Adds the command. */
export const addServeCommand: AddCommand = (program, world, act) => {
  withDataOptions(
    program.command("serve").description("the lab in a browser, live over the data folder"),
  )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 for any that is free", portNumber, 6382)
    .option(
      "--allow-host <name>",
      "a further name under which it may be reached; may be repeated",
      (name: string, before: readonly string[]) => [...before, name.toLowerCase()],
      [],
    )
    .option("--allow-write", "let those with the token that is printed renew the report")
    .addHelpText("after", help)
    .action(act((flags: Flags) => serveFolder(world, flags)));
};

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InputError(`must be a whole number from 0 to 65535, not '${text}'`, {
      place: "--port",
    });
  return port;
}

async function serveFolder(world: World, flags: Flags): Promise<number> {
  const { isLoopback, openServer } = await import("../serve/index.ts");
  const { data, host, port, allowHost, allowWrite = false, quiet = false } = flags;
  const server = await openServer(world, { data, host, port, allowHost, allowWrite, quiet });
  const { address, folder, token } = server;
  if (flags.json) printJson(world.stdout, { address, data: folder, token: token ?? null });
  else world.stdout.write(`${address}\n${token === undefined ? "" : `token: ${token}\n`}`);
  if (!quiet && !isLoopback(host))
    world.stderr.write("everybody who reaches this machine can read the data folder\n");
  const interrupt = watchForInterrupt(world, { kill: () => {}, notice: () => {} });
  await new Promise<void>((resolve) => {
    if (interrupt.signal.aborted) resolve();
    interrupt.signal.addEventListener("abort", () => resolve());
  });
  await server.close();
  interrupt.dispose();
  // Being ended by Ctrl-C is how a server ends well.
  return 0;
}
