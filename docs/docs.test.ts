import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generated } from "../scripts/generate.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const pages = ["README.md", "CHANGELOG.md"].concat(
  ["docs", "packages"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => name.endsWith(".md") && !/node_modules|fixtures/.test(name)),
  ),
);

describe("generated files", () => {
  it.each(Object.entries(generated()))("%s is what `npm run generate` writes", (name, content) => {
    expect(readFileSync(join(root, name), "utf8")).toBe(content);
  });
});

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  it("links to files that exist", () => {
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target!)) continue;
      expect(existsSync(join(root, dirname(page), target!)), `${page} links to ${target}`).toBe(
        true,
      );
    }
  });

  it("names studies and scripts that exist", () => {
    const scripts = Object.keys(
      JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts,
    );
    for (const [, script] of text.matchAll(/npm run ([a-z:]+)/g)) expect(scripts).toContain(script);
    const studies = readdirSync(join(root, "studies")).map((name) => name.slice(4, -5));
    for (const [, study] of text.matchAll(/mesascope run ([a-z]+(?:-[a-z]+)+)/g))
      expect(studies).toContain(study);
  });
});
