/** Builds the site once for all tests of it, and serves it from memory's nearest: a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preview } from "vite";
import type { TestProject } from "vitest/node";
import { appFolder, buildApp } from "../build/index.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of the built site. */
    readonly siteFolder: string;
    /** Where it is served as a static host would, ending in a slash. */
    readonly siteAddress: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const siteFolder = mkdtempSync(join(tmpdir(), "mesascope-site-"));
  await buildApp({ outDir: siteFolder });
  const server = await preview({
    configFile: false,
    root: appFolder,
    logLevel: "warn",
    build: { outDir: siteFolder },
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  project.provide("siteFolder", siteFolder);
  project.provide("siteAddress", server.resolvedUrls!.local[0]!);
  return async () => {
    await server.close();
    rmSync(siteFolder, { recursive: true, force: true });
  };
}
