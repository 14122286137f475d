/** A server over a data folder (`mesascope serve`). */
import { json } from "./fetching.ts";
import type { Source } from "./source.ts";

export const live: Source = {
  kind: "live",
  overview: () => json("api/overview"),
  study: (id) => json(`api/studies/${encodeURIComponent(id)}`),
};
