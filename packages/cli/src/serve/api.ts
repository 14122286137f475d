/** The addresses under `api/`. */
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { toText } from "@mesascope/web/views";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { curvesReader } from "./curves.ts";
import type { ServedFolder } from "./folder.ts";
import { idIn, idSchema, Missing, queryOf } from "./queries.ts";
import { Watching } from "./watch.ts";
import type { Writing } from "./writing.ts";

export interface ApiOptions {
  readonly folder: ServedFolder;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly writing: Writing | undefined;
}

/** Milliseconds after which a silent stream says that it is still there. */
const silence = 15_000;

const answer = (context: Context, value: unknown) =>
  context.body(toText(value), 200, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });

const downloads = new Set(["result.json", "metrics.jsonl", "model.onnx", "checkpoint.safetensors"]);

/** Builds the routes; `close` ends its watches. */
export function api({ folder, data, writing }: ApiOptions): { routes: Hono; close(): void } {
  const watching = new Watching(folder);
  const curvesOf = curvesReader(data);
  const routes = new Hono();
  routes.get("/overview", async (c) => {
    queryOf(c, {});
    return answer(c, await folder.overview());
  });
  routes.get("/studies/:study", async (c) => {
    queryOf(c, {});
    return answer(c, await folder.study(idIn(c, "study")));
  });
  routes.get("/studies/:study/curves", async (c) => {
    const { metric } = queryOf(c, { metric: z.string().max(100).optional() });
    return answer(c, await curvesOf(idIn(c, "study"), metric));
  });
  routes.get("/runs", async (c) => {
    const { study } = queryOf(c, { study: idSchema.optional() });
    return answer(c, await folder.runs(study));
  });
  routes.get("/runs/:study/:run", async (c) => {
    queryOf(c, {});
    return answer(c, await folder.run(idIn(c, "study"), idIn(c, "run")));
  });
  routes.get("/runs/:study/:run/events", async (c) => {
    queryOf(c, {});
    const [study, run] = [idIn(c, "study"), idIn(c, "run")];
    await folder.planned(study, run);
    return streamSSE(c, async (stream) => {
      const leave = watching.watch(study, run, (event) => {
        void stream.writeSSE({ event: event.type, data: toText(event) });
      });
      const beat = setInterval(() => void stream.write(": here\n\n"), silence);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(beat);
      leave();
    });
  });
  routes.get("/runs/:study/:run/instance", async (c) => {
    const whole = z
      .string()
      .regex(/^\d{1,4}$/, "is no whole number")
      .transform(Number);
    const { index } = queryOf(c, { index: whole });
    const planned = await folder.planned(idIn(c, "study"), idIn(c, "run"));
    const { drawnRun, planOfRun } = await import("@mesascope/lab/studies");
    const drawn = drawnRun(planned);
    const bytes = await folder.model(planned);
    if (!bytes) throw new Missing(`run '${planned.id}' has no model`);
    const { loadOnnx } = await import("@mesascope/graph");
    const { strip } = await planOfRun(drawn, await loadOnnx(bytes), index);
    return answer(c, strip);
  });
  routes.get("/runs/:study/:run/files/:file", async (c) => {
    queryOf(c, {});
    const file = c.req.param("file");
    const planned = await folder.planned(idIn(c, "study"), idIn(c, "run"));
    if (!downloads.has(file)) return c.json({ error: "there is no such file" }, 404);
    return sent(c, join(folder.folderOf(planned.study, planned.id), file), `${planned.id}-${file}`);
  });
  routes.get("/tables/:file", async (c) => {
    queryOf(c, {});
    const { exportTables, tables } = await import("@mesascope/store/tables");
    const match = /^([a-z]+)\.(parquet|csv)$/.exec(c.req.param("file"));
    const table = tables.find(({ name }) => name === match?.[1]);
    if (!match || !table) return c.json({ error: "there is no such table" }, 404);
    const out = await mkdtemp(join(tmpdir(), "mesascope-serve-"));
    const [written] = await exportTables(data, out, match[2] as "parquet" | "csv", [table]);
    return sent(c, written!.path, match[0], () => rm(out, { recursive: true, force: true }));
  });
  routes.post("/report", async (c) => {
    if (!writing)
      return c.json(
        { error: "this server writes nothing: it was started without --allow-write" },
        403,
      );
    if (!writing.knows(c.req.header("authorization")))
      return c.json({ error: "that is not the token that the server was started with" }, 401);
    return answer(c, await writing.report());
  });
  routes.all("*", (c) => c.json({ error: "there is nothing at this address" }, 404));
  return { routes, close: () => watching.close() };
}

/** A file as a download; `done` is called when it was sent or given up. */
async function sent(c: Context, path: string, name: string, done?: () => Promise<void>) {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    await done?.();
    return c.json({ error: "there is no such file" }, 404);
  }
  const stream = createReadStream(path);
  stream.once("close", () => void done?.());
  return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
    "content-type": "application/octet-stream",
    "content-length": String(found.size),
    "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
  });
}
