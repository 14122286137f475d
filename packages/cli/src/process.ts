/** What the command's process does for the program: broken pipes, errors that nobody caught, the exit code. */
import { messageOf } from "@mesascope/lab/core";
import { runCommandLine } from "./program.ts";
import type { World } from "./world.ts";

/** Runs the command line of this process in `world` and leaves its exit code. */
export async function runProcess(world: World): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: that is the end of the work, and no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  // Diagnostics that nobody can read any more must not end the work.
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error) => {
    process.stderr.write(`mesascope: ${messageOf(error)}\n`);
    if (world.env["MESASCOPE_DEBUG"]) process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
  process.exitCode = await runCommandLine(process.argv.slice(2), world);
}
