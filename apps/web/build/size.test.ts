/** What a reader loads before the first page is there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";

const limit = 200_000;

/** Every script that a chunk imports at once, itself included. */
function closure(folder: string, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(join(folder, "assets", name), "utf8");
  for (const [, imported] of code.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g))
    closure(folder, imported!, seen);
  return seen;
}

test("the first view is under 200 kB compressed, and has nothing of the engine or the plots", () => {
  const folder = inject("siteFolder");
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const assets = readdirSync(join(folder, "assets"));
  const scripts = new Set<string>();
  for (const [, name] of page.matchAll(/assets\/([\w.-]+\.js)/g)) closure(folder, name!, scripts);
  for (const name of assets.filter((one) => /^Conditions-.*\.js$/.test(one)))
    closure(folder, name, scripts);
  const named = [...page.matchAll(/assets\/([\w.-]+\.(?:css|woff2))/g)].map(([, name]) => name!);
  const styles = assets.filter((name) => /^(Conditions|Verdict|Asked).*\.css$/.test(name));
  const files = [...scripts, ...new Set([...named, ...styles])].map((name) =>
    join(folder, "assets", name),
  );
  const bytes = [...files, join(folder, "index.html"), join(folder, "data/overview.json")]
    .map((path) => ({
      path,
      packed: path.endsWith("woff2") ? readFileSync(path) : gzipSync(readFileSync(path)),
    }))
    .reduce((sum, { packed }) => sum + packed.length, 0);
  expect(scripts.size).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(limit);
  for (const name of scripts) {
    // Names of files that may be asked for later are not what they hold.
    const code = readFileSync(join(folder, "assets", name), "utf8").replaceAll(/"\.\/[^"]+"/g, "");
    expect(/InferenceSession|uPlot|d3-scale/.test(code), name).toBe(false);
  }
});
