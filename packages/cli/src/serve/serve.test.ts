/** The server: what it answers, what it refuses, and what it survives; runs are made of arithmetic. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFakeArchive } from "../testing/fake-work.ts";
import { fakeWorld, Place } from "../testing/place.ts";
import { hostName, knowsHost } from "./guard.ts";
import { type RunningServer, type ServerOptions, startServer } from "./index.ts";

let place: Place;
let server: RunningServer;
let ids: string[];

const start = (changes: Partial<ServerOptions> = {}): Promise<RunningServer> =>
  startServer({
    world: fakeWorld({ cwd: place.cwd, stderr: { write: () => {} } }),
    store: openFakeArchive(place.data),
    app: join(place.cwd, "app"),
    results: join(place.cwd, "results"),
    ...{ host: "127.0.0.1", port: 0, allowed: [] },
    ...changes,
  });

beforeAll(async () => {
  place = new Place();
  mkdirSync(join(place.cwd, "app/assets"), { recursive: true });
  writeFileSync(
    join(place.cwd, "app/index.html"),
    '<meta name="mesascope-source" content="baked" />',
  );
  writeFileSync(join(place.cwd, "app/assets/a.js"), "1");
  writeFileSync(join(place.cwd, "app/.secret.json"), "{}");
  writeFileSync(join(place.cwd, "outside.json"), "{}");
  symlinkSync(join(place.cwd, "outside.json"), join(place.cwd, "app/link.json"));
  const { code, stderr } = await place.run(["run", "001", "--data", "data", "--jobs", "1"]);
  expect(code, stderr).toBe(0);
  server = await start();
  ids = (await asked("/api/runs?study=small-study")).json.map(({ id }: { id: string }) => id);
});

afterAll(async () => {
  await server?.close();
  place?.remove();
});

interface Asked {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are what the tests look into.
  readonly json: any;
}

/** A request as it is written, with the path not tidied and any header. */
function asked(
  path: string,
  { method = "GET", headers = {}, body = "", to = server } = {} as {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
    to?: RunningServer;
  },
): Promise<Asked> {
  const { hostname, port } = new URL(to.address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => {
        const isJson = response.headers["content-type"]?.startsWith("application/json");
        const json = isJson ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode!, headers: response.headers, text, json });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("answers", () => {
  test("the conditions, with the evidence of its own runs", async () => {
    const { status, json } = await asked("/api/overview");
    expect(status).toBe(200);
    expect(json.conditions).toHaveLength(28);
    await expect
      .poll(async () =>
        (await asked("/api/overview")).json.evidence.map((e: { study: string }) => e.study),
      )
      .toEqual(["small-study"]);
  });

  test("a study, a run and its files", async () => {
    const study = await asked("/api/studies/small-study");
    expect(study.json.found.outcome.states).toHaveLength(8);
    const run = await asked(`/api/runs/small-study/${ids[0]}`);
    expect(run.json).toMatchObject({ status: "complete", updates: 60, budget: 60 });
    const file = await asked(`/api/runs/small-study/${ids[0]}/files/metrics.jsonl`);
    expect(file.text).toBe(
      readFileSync(join(place.data, "small-study", ids[0]!, "metrics.jsonl"), "utf8"),
    );
  });

  test("one curve a run, from the tables", async () => {
    const { json } = await asked("/api/studies/small-study/curves?metric=loss");
    expect(json.metrics).toEqual(["loss"]);
    expect(Object.keys(json.runs).sort()).toEqual([...ids].sort());
    const lines = readFileSync(join(place.data, "small-study", ids[0]!, "metrics.jsonl"), "utf8");
    const losses = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).loss as number);
    // Sixty updates need no thinning: one point each, with five digits.
    losses.forEach((loss, i) => {
      expect(json.runs[ids[0]!][i]).toBeCloseTo(loss, 4);
    });
  });

  test("the page, which it tells that it is live, with headers that keep others out", async () => {
    const { text, headers } = await asked("/");
    expect(text).toContain('name="mesascope-source" content="live"');
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("refuses", () => {
  const own = () => new URL(server.address).host;

  test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "a b"])(
    "the host '%s'",
    async (host) => {
      for (const path of ["/", "/api/overview"])
        expect([400, 421]).toContain((await asked(path, { headers: { host } })).status);
    },
  );

  test.each([
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
  ])("a page of another site: %j", async (headers) => {
    expect((await asked("/api/overview", { headers: { ...headers } })).status).toBe(403);
    expect((await asked("/api/report", { method: "POST", headers: { ...headers } })).status).toBe(
      403,
    );
  });

  test("nobody who follows a link, and no page of its own", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await asked("/", { headers: link })).status).toBe(200);
    expect((await asked("/api/overview", { headers: { origin: `http://${own()}` } })).status).toBe(
      200,
    );
  });

  test.each([
    "/../outside.json",
    "/..%2foutside.json",
    "/%2e%2e/outside.json",
    "/assets/..%2f..%2foutside.json",
    "/assets/..%5c..%5coutside.json",
    "/link.json",
    "/.secret.json",
    "/%00.json",
    "/%ff.json",
    "/api/runs/small-study/..%2f..%2foutside.json",
    "/api/runs/..%2f/x",
    "/api/studies/..%2f..%2fetc",
    "/api/runs/small-study/ID/files/..%2fspec.json",
    "/api/runs/small-study/ID/files/spec.json",
    "/api/tables/..%2fruns.parquet",
  ])("a way out of the folder: %s", async (path) => {
    const { status, text } = await asked(path.replace("ID", ids[0]!));
    expect([400, 404]).toContain(status);
    expect(text).toContain('"error"');
  });

  test.each([
    "/api/overview?x=1",
    "/api/runs?study=a&study=b",
    "/api/runs?study=",
    "/api/runs?study=..",
    "/api/runs/small-study/ID/instance",
    "/api/runs/small-study/ID/instance?index=-1",
    "/api/runs/small-study/ID/instance?index=1e9",
    "/api/runs/small-study/ID/instance?index=0",
    `/api/studies/small-study/curves?metric=${"x".repeat(101)}`,
  ])("a malformed question: %s", async (path) => {
    const { status, json } = await asked(path.replace("ID", ids[0]!));
    expect(status).toBe(400);
    expect(json.error).not.toContain("\n");
  });

  test("addresses that are too long, and other methods", async () => {
    expect((await asked(`/api/runs?study=${"x".repeat(3000)}`)).status).toBe(414);
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"])
      expect((await asked("/api/report", { method })).status).toBe(405);
  });

  test("uploads that are too large, or of unknown size", async () => {
    const body = "x".repeat(64 * 1024 + 1);
    expect((await asked("/api/report", { method: "POST", body })).status).toBe(413);
    const chunked = { "transfer-encoding": "chunked" };
    expect(
      (await asked("/api/report", { method: "POST", headers: chunked, body: "x" })).status,
    ).toBe(413);
  });

  test("to write without the flag, and with it without the token", async () => {
    expect((await asked("/api/report", { method: "POST" })).status).toBe(403);
    const writing = await start({ token: "right" });
    const post = (headers = {}) =>
      asked("/api/report", { method: "POST", headers, to: writing }).then(({ status }) => status);
    expect(await post()).toBe(401);
    expect(await post({ authorization: "Bearer wrong" })).toBe(401);
    expect(await post({ authorization: "Bearer right" })).toBe(200);
    await writing.close();
  });
});

describe("names", () => {
  test("are read from the header as it is written", () => {
    expect(hostName("[::1]:80")).toBe("::1");
    expect(hostName("LOCALHOST:6382")).toBe("localhost");
    expect(hostName("a.example:x")).toBeUndefined();
    expect(hostName("a@b")).toBeUndefined();
  });

  test("must be known, unless they are bare addresses of a server that is open to others", () => {
    expect(knowsHost("192.0.2.7", { host: "127.0.0.1", allowed: [] })).toBe(false);
    expect(knowsHost("192.0.2.7", { host: "0.0.0.0", allowed: [] })).toBe(true);
    expect(knowsHost("lab.example", { host: "0.0.0.0", allowed: [] })).toBe(false);
    expect(knowsHost("lab.example", { host: "0.0.0.0", allowed: ["lab.example"] })).toBe(true);
  });
});

/** Events of a run as they come. */
async function* eventsOf(path: string, signal: AbortSignal, to = server) {
  const response = await fetch(new URL(path, to.address), { signal });
  let text = "";
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data);
    }
  }
}

describe("watches", () => {
  test("a run for a hundred viewers, each of whom hears what is appended", async () => {
    const id = ids[0]!;
    const log = join(place.data, "small-study", id, "metrics.jsonl");
    const before = readFileSync(log, "utf8");
    const leave = new AbortController();
    const heard = Array.from({ length: 100 }, async () => {
      let updates = 0;
      for await (const event of eventsOf(`/api/runs/small-study/${id}/events`, leave.signal)) {
        if (event.type === "curves")
          updates = event.fresh ? event.curves.update.length : updates + event.curves.update.length;
        if (updates === 61) return true;
      }
      return false;
    });
    await sleep(700);
    writeFileSync(log, `${before}{"update":61,"loss":0.5}\n{"update":62,"lo`);
    expect(await Promise.all(heard)).toEqual(new Array(100).fill(true));
    leave.abort();
    writeFileSync(log, before);
  });

  test("a folder that vanishes and comes back, and answers all the while", async () => {
    const own = new Place();
    await own.run(["run", "001", "--data", "data", "--jobs", "1", "--profile", "start"]);
    const to = await start({ store: openFakeArchive(own.data) });
    const [{ id }] = (await asked("/api/runs?study=small-study", { to })).json;
    const leave = new AbortController();
    const events = eventsOf(`/api/runs/small-study/${id}/events`, leave.signal, to);
    const next = async (type: string) => {
      for (;;) {
        const { value } = await events.next();
        if (value.type === type) return value;
      }
    };
    expect((await next("run")).run.status).toBe("complete");
    renameSync(own.data, `${own.data}-away`);
    await next("gone");
    expect((await asked("/api/overview", { to })).status).toBe(200);
    expect((await asked("/api/runs", { to })).json).toEqual([]);
    expect((await asked("/api/studies/small-study", { to })).json.found).toBeUndefined();
    expect((await asked(`/api/runs/small-study/${id}`, { to })).status).toBe(404);
    renameSync(`${own.data}-away`, own.data);
    expect((await next("run")).run.status).toBe("complete");
    // Damage is told of as a state, not as an error.
    writeFileSync(join(own.data, "small-study", id, "result.json"), "{");
    expect((await next("run")).run.status).toBe("corrupted");
    leave.abort();
    await to.close();
    rmSync(own.cwd, { recursive: true, force: true });
  });
});
