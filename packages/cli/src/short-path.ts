/** Paths as messages show them. */
import { relative } from "node:path";
import type { World } from "./world.ts";

/** A path as short as it can be named from the current folder. */
export function shortPath(world: World, path: string): string {
  const near = relative(world.cwd, path);
  return near.startsWith("..") ? path : near;
}
