/** Puts the evidence into the site as `data/...json`. */
import type { Plugin } from "vite";
import { bake } from "../../bake/index.ts";

/** @param root checkout whose studies and results are baked, ending in a slash. */
export function bakedData(root: string): Plugin {
  return {
    name: "mesascope:baked-data",
    generateBundle() {
      for (const [fileName, source] of bake(root))
        this.emitFile({ type: "asset", fileName, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const text = bake(root).get((request.url ?? "").replace(/^\//, "").split("?")[0]!);
        if (text === undefined) return next();
        response.setHeader("content-type", "application/json");
        response.end(text);
      });
    },
  };
}
