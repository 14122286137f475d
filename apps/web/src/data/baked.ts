/** Files that were baked at build time from the evidence that the lab comes with. */
import { once } from "./fetching.ts";
import type { Source } from "./source.ts";

/** Loaded when it is needed: the map of conditions does without. */
const runs = () => import("./from-outcome.ts");

export const baked: Source = {
  kind: "baked",
  overview: () => once("data/overview.json"),
  study: (id) => once(`data/studies/${encodeURIComponent(id)}.json`),
  runs: async (study) => (await runs()).runsOf(await baked.study(study)),
  run: async (study, id) => (await runs()).runOf(await baked.study(study), id),
  glossary: () => once("data/glossary.json"),
  sources: () => once("data/sources.json"),
};
