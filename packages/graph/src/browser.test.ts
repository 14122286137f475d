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

describe("in a browser's worker", () => {
  it.skipIf(executablePath === undefined)(
    "trains, reads and patches as in Node (needs Chromium, or its path in CHROMIUM)",
    async () => {
      const root = new URL("../../..", import.meta.url).pathname;
      const server = await createViteServer({
        root,
        configFile: false,
        logLevel: "error",
        optimizeDeps: { noDiscovery: true },
        server: { port: 0, host: "127.0.0.1" },
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
        const inBrowser = await page.evaluate(
          () =>
            new Promise<Result | { error: string }>((resolve) => {
              const path = "/packages/graph/src/testing/browser_worker.ts";
              const worker = new Worker(path, { type: "module" });
              worker.onmessage = ({ data }) => resolve(data);
              worker.onerror = ({ message }) => resolve({ error: message });
            }),
        );
        if ("error" in inBrowser) throw new Error(inBrowser.error);
        expect(inBrowser.engine.name).toBe("onnxruntime-web");
        expect(inBrowser.engine.fallback).toContain("runs in Node only");
        const inNode = await trainXor("native");
        expectClose(inBrowser.losses, inNode.losses, "losses");
        expectClose(inBrowser.hidden, inNode.hidden, "hidden layer");
        expectClose(inBrowser.logits, inNode.logits, "logits");
      } finally {
        await browser.close();
        await server.close();
      }
    },
  );
});
