/** Model files as commands take them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InputError, messageOf } from "@mesascope/lab/core";
import type { World } from "./world.ts";

/** The bytes of a file that the user named. @throws InputError where it cannot be read. */
export function readInput(world: World, path: string): Buffer {
  try {
    return readFileSync(resolve(world.cwd, path));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new InputError(
      missing ? "there is no such file" : `cannot be read: ${messageOf(cause)}`,
      { place: path, cause },
    );
  }
}

/** @throws InputError for files that are no ONNX model. */
export async function loadModel(world: World, path: string) {
  const bytes = readInput(world, path);
  const { loadOnnx } = await import("@mesascope/graph");
  try {
    return await loadOnnx(bytes);
  } catch (cause) {
    throw new InputError(messageOf(cause).replace(/^loadOnnx: /, ""), { place: path, cause });
  }
}
