/** The composition root for Node: the real lab, store, report and processes. */
import { createProcessPool } from "./executor/index.ts";
import { packageVersion, repository, versionsOf } from "./provenance.ts";
import type { StopSignal, World } from "./world.ts";

const stopSignals: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** The world as it is. */
export function realWorld(): World {
  let versions: Readonly<Record<string, string>> | undefined;
  return {
    version: packageVersion(),
    command: ["mesascope", ...process.argv.slice(2)].join(" "),
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    studyFolders: [`${process.cwd()}/studies`, `${repository}studies`],
    calibrationFile: `${repository}docs/results/calibration-maze.json`,
    schemaFile: `${repository}docs/study.schema.json`,
    lab: () => import("@mesascope/lab/studies"),
    document: () => import("@mesascope/report/document"),
    codec: async () => (await import("./codec.ts")).safetensorsCodec,
    versions: () => (versions ??= versionsOf(repository)),
    pool: (context) =>
      createProcessPool({ ...context, entry: new URL("./executor/child.ts", import.meta.url) }),
    onStopSignal(handler) {
      for (const signal of stopSignals) process.on(signal, handler);
      return () => {
        for (const signal of stopSignals) process.off(signal, handler);
      };
    },
    exit: (code) => process.exit(code),
  };
}
