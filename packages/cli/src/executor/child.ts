/** The child process of `mesascope run`: trains and measures one run after another. */
import { executeRun } from "@mesascope/lab/studies";
import { openArchive } from "@mesascope/store";
import { safetensorsCodec } from "../codec.ts";
import { serveRuns } from "./serve.ts";

serveRuns(async (run, { data, versions, signal, report, notice }) => {
  const store = openArchive(data, { codec: safetensorsCodec, versions });
  const opening = await store.open(run, {
    signal,
    onHeld: ({ pid, host }) =>
      notice(`${run.id} is in the hands of process ${pid} on ${host}; waiting for it`),
  });
  if (opening.status === "complete") return { status: "complete" };
  if (opening.status === "stopped") return { status: "stopped", updates: 0 };
  try {
    return await executeRun(run, opening.archive, { signal, report, versions });
  } finally {
    await opening.release();
  }
});
