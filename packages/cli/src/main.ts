/** Entry of the `mesascope` command. */
import { messageOf } from "@mesascope/lab/core";
import { realWorld } from "./compose.ts";
import { runCommandLine } from "./program.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is the end of the work, and no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
// Diagnostics that nobody can read any more must not end the work.
process.stderr.on("error", () => {});

process.on("uncaughtException", (error) => {
  process.stderr.write(`mesascope: ${messageOf(error)}\n`);
  if (process.env["MESASCOPE_DEBUG"]) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

process.exitCode = await runCommandLine(process.argv.slice(2), realWorld());
