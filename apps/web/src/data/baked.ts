/** Files that were baked at build time from the evidence that the lab comes with. */
import { once } from "./fetching.ts";
import type { Source } from "./source.ts";

export const baked: Source = {
  kind: "baked",
  overview: () => once("data/overview.json"),
  study: (id) => once(`data/studies/${encodeURIComponent(id)}.json`),
};
