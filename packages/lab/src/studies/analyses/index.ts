/** The registry of analyses. */
import { createRegistry } from "../../core/index.ts";
import { transition } from "./transition.ts";
import type { Analysis } from "./types.ts";

export type { Analysis } from "./types.ts";

export const analyses = createRegistry<Analysis>("analysis", [transition as Analysis]);
