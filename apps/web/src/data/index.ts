/** What pages show, from a live server or from files baked at build time. */
import { baked } from "./baked.ts";
import { live } from "./live.ts";
import type { Source } from "./source.ts";

export type * from "../../views/index.ts";
export type { Folder, Source } from "./source.ts";

/** A server says so in the page that it sends. */
const named = document.querySelector<HTMLMetaElement>('meta[name="mesascope-source"]')?.content;

export const source: Source = named === "live" ? live : baked;
