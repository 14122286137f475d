/** The registry of analyses. */
import { createRegistry } from "../../core/index.ts";
import { toyModelMetered } from "./metered.ts";
import type { Analysis } from "./types.ts";

export type { Analysis } from "./types.ts";

export const analyses = createRegistry<Analysis>("analysis", [toyModelMetered as never]);
