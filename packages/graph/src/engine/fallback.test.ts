import { register } from "node:module";
import { describe, expect, it } from "vitest";
import { trainXor } from "../testing/train_xor.ts";
import { engineInfo, loadEngine } from "./index.ts";

/** Makes `onnxruntime-node` fail to load in this process, as it does on platforms without a binary. */
const hooks = `
export async function resolve(specifier, context, next) {
  if (specifier.includes("onnxruntime-node")) throw new Error("no binary for this platform\\nat a place");
  return next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

describe("where the native engine does not load", () => {
  it("WebAssembly runs instead and the reason is told in one line", async () => {
    const info = await engineInfo();
    expect(info.name).toBe("onnxruntime-web");
    expect(info.fallback).toBe(
      "the native engine (onnxruntime-node) does not load: no binary for this platform",
    );
  });

  it("trains, reads and patches with the same numbers as WebAssembly asked for by name", async () => {
    const chosen = await trainXor("auto");
    const named = await trainXor("wasm");
    expect(chosen.losses.at(-1)).toBeLessThan(chosen.losses[0]!);
    expect({ ...chosen, engine: undefined }).toEqual({ ...named, engine: undefined });
    expect(named.engine.fallback).toBeUndefined();
  });

  it("insisting on the native engine is an error that says why", async () => {
    await expect(loadEngine({ engine: "native" })).rejects.toThrow(
      "the native engine (onnxruntime-node) does not load: no binary for this platform",
    );
  });
});
