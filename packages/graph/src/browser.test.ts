import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createViteServer } from "vitest/node";
import { expectClose } from "./testing/golden.ts";
import { trainXor } from "./testing/train_xor.ts";

const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

type Result = Awaited<ReturnType<typeof trainXor>>;

/** What a worker of a page computes with so many threads; an isolated page is one that may share memory. */
async function inBrowser(threads: number, isolated: boolean): Promise<Result> {
  const headers = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  const server = await createViteServer({
    root: new URL("../../..", import.meta.url).pathname,
    configFile: false,
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: "127.0.0.1", ...(isolated ? { headers } : {}) },
  });
  await server.listen();
  const { port } = server.httpServer!.address() as { port: number };
  const browser = await chromium.launch({
    executablePath: executablePath!,
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/packages/graph/README.md`);
    const result = await page.evaluate(
      (count) =>
        new Promise<Result | { error: string }>((resolve) => {
          const path = `/packages/graph/src/testing/browser_worker.ts?threads=${count}`;
          const worker = new Worker(path, { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => resolve({ error: message });
        }),
      threads,
    );
    if ("error" in result) throw new Error(result.error);
    return result;
  } finally {
    await browser.close();
    await server.close();
  }
}

describe.skipIf(executablePath === undefined)(
  "in a browser's worker (needs Chromium, or its path in CHROMIUM)",
  () => {
    it.each([
      { page: "a page", isolated: false, asked: 2, used: 1 },
      { page: "a page isolated from other origins", isolated: true, asked: 2, used: 2 },
    ])("trains, reads and patches as in Node, with $used threads in $page", async (one) => {
      const result = await inBrowser(one.asked, one.isolated);
      expect(result.engine.name).toBe("onnxruntime-web");
      expect(result.engine.threads).toBe(one.used);
      expect(result.engine.fallback).toContain("runs in Node only");
      const inNode = await trainXor("native");
      expectClose(result.losses, inNode.losses, "losses");
      expectClose(result.hidden, inNode.hidden, "hidden layer");
      expectClose(result.logits, inNode.logits, "logits");
    });
  },
);
