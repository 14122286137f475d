/** The built app: built at first use, and again when its sources have changed. */
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { contentHash, messageOf, WorkError } from "@mesascope/lab/core";
import { replaceFile } from "@mesascope/store";
import { repository } from "../provenance.ts";
import type { World } from "../world.ts";

/** What the app is made of. */
const sources = [
  ...["apps/web/src", "apps/web/views", "apps/web/bake", "apps/web/build", "apps/web/index.html"],
  ...["apps/web/public", "packages/graph/src", "packages/lab/src", "packages/report/src"],
  ...["docs/results", "docs/glossary.md", "docs/sources.yaml", "studies", "package-lock.json"],
];

/** @throws WorkError where it cannot be built. */
export async function builtApp(world: World, quiet: boolean): Promise<string> {
  const folder = `${repository}apps/web/dist`;
  const stamp = `${folder}/.made-of`;
  const now = contentHash((await Promise.all(sources.map(filesOf))).flat());
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === now) return folder;
  if (!quiet) world.stderr.write("building the pages; this takes a few seconds, once\n");
  try {
    const { buildApp } = await import("@mesascope/web/build");
    await buildApp({ outDir: folder, logLevel: "silent" });
    await replaceFile(stamp, now);
  } catch (cause) {
    throw new WorkError(
      `the pages cannot be built: ${messageOf(cause).split("\n")[0]}; 'npm ci' installs what it takes, 'npm run build:site' tells more`,
      { cause },
    );
  }
  return folder;
}

/** Names, sizes and times of the files under a path of the checkout. */
async function filesOf(path: string): Promise<string[]> {
  const full = join(repository, path);
  const found = await stat(full).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [`${path} ${found.size} ${found.mtimeMs}`];
  const names = await readdir(full);
  return (await Promise.all(names.sort().map((name) => filesOf(`${path}/${name}`)))).flat();
}
