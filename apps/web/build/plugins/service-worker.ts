/** Writes the service worker, which knows every file of the build by name. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Files above this are kept when they are first used, not before. */
const heavy = 1_000_000;

export function serviceWorker(): Plugin {
  return {
    name: "mesascope:service-worker",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const hash = createHash("sha256");
      const names: string[] = ["./"];
      for (const [name, file] of Object.entries(bundle).sort(([a], [b]) => a.localeCompare(b))) {
        const content = file.type === "chunk" ? file.code : file.source;
        hash.update(name).update(content);
        if (!name.endsWith(".map") && name !== "index.html" && content.length < heavy)
          names.push(`./${name}`);
      }
      const template = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
      const source = template
        .replace("__VERSION__", () => hash.digest("hex").slice(0, 12))
        .replace("__FILES__", () => JSON.stringify(names));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
