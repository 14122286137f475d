/** Where results come from: versions of the command and of Node, and the commit of the checkout. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Root of the checkout that this file is part of. */
export const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Version of the command. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return version;
}

/** The commit of the checkout, with `-dirty` behind it where files differ from it; `unknown` outside a checkout. */
export function commitOf(folder: string): string {
  // Without this look, git would answer for any repository that the package happens to be installed in.
  if (!existsSync(`${folder}/.git`)) return "unknown";
  try {
    const words = ["describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"];
    return execFileSync("git", words, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}

/** Versions by name, as every run records them. */
export function versionsOf(folder: string): Record<string, string> {
  return { mesascope: packageVersion(), node: process.versions.node, commit: commitOf(folder) };
}
