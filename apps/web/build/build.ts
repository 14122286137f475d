/** One build of the app with Vite. */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build, type InlineConfig } from "vite";
import { bakedData } from "./plugins/baked-data.ts";
import { page } from "./plugins/page.ts";
import { serviceWorker } from "./plugins/service-worker.ts";

/** The folder of the app, ending in a slash. */
export const appFolder = fileURLToPath(new URL("..", import.meta.url));
const repository = fileURLToPath(new URL("../../..", import.meta.url));

export interface BuildOptions {
  /** Folder that the site is written to; what it held before is removed. */
  readonly outDir: string;
  /** Checkout whose studies and results are baked in, ending in a slash; this one unless a test gives another. */
  readonly root?: string;
  readonly logLevel?: "silent" | "warn" | "info";
}

/** How Vite builds and serves the app. */
export function viteConfig({ root = repository, ...options }: Partial<BuildOptions>): InlineConfig {
  return {
    configFile: false,
    root: appFolder,
    // Relative addresses: a site may lie anywhere on its host.
    base: "./",
    logLevel: options.logLevel ?? "warn",
    plugins: [
      svelte({ configFile: false, compilerOptions: { runes: true } }),
      page(),
      bakedData(root),
      serviceWorker(),
    ],
    worker: { format: "es" },
    build: {
      ...(options.outDir === undefined ? {} : { outDir: options.outDir }),
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      // The engine's code is large and is loaded when it is asked for.
      chunkSizeWarningLimit: 2000,
    },
  };
}

/** Builds the app into a folder. @throws Error where it does not compile. */
export async function buildApp(options: BuildOptions): Promise<void> {
  // Vite and Svelte build for development where a test runner says that this is a test.
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    await build(viteConfig(options));
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
}
