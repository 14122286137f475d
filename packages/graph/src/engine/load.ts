/** Loads ONNX Runtime: native kernels in Node where the module loads, WebAssembly everywhere else. */
import { GraphError } from "../core/errors.ts";
import { findChannelBlock } from "./channel_block.ts";
import type { Engine, EngineInfo, EngineOptions } from "./engine.ts";
import { engineOver, type Runtime } from "./runtime.ts";

const loaded = new Map<string, Promise<Engine>>();

/**
 * The engine for `options`. Engines are loaded once.
 * @throws GraphError when an engine that is insisted on does not load.
 */
export async function loadEngine(options: EngineOptions = {}): Promise<Engine> {
  const { engine = "auto", threads = 1 } = options;
  if (engine === "wasm") return once(`wasm ${threads}`, () => loadWasm(threads));
  const native = once(`native ${threads}`, () => loadNative(threads));
  if (engine === "native") return native;
  try {
    return await native;
  } catch (error) {
    const wasm = await once(`wasm ${threads}`, () => loadWasm(threads));
    return { ...wasm, fallback: (error as Error).message };
  }
}

/** Which engine `auto` chooses here, its version and threads, and why it is not the native one if it is not. */
export async function engineInfo(options: EngineOptions = {}): Promise<EngineInfo> {
  const { name, version, threads, fallback } = await loadEngine(options);
  return { name, version, threads, ...(fallback === undefined ? {} : { fallback }) };
}

/** Where a page keeps ONNX Runtime's WebAssembly files: a folder, or the files themselves. */
export type WasmPaths = string | { readonly wasm?: string; readonly mjs?: string };

let wasmPaths: WasmPaths | undefined;

/** Tells where the WebAssembly engine's files are, where a bundler has moved them; before the engine is first used. */
export function setWasmPaths(paths: WasmPaths): void {
  wasmPaths = paths;
}

function once(key: string, load: () => Promise<Engine>): Promise<Engine> {
  const known = loaded.get(key) ?? load();
  loaded.set(key, known);
  return known;
}

/** True in Node, where the native module can load. */
const inNode = (): boolean =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !==
  undefined;

/** Threads need shared memory, which pages have only when they are isolated from other origins. */
const mayShareMemory = (): boolean =>
  inNode() || (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;

async function loadNative(threads: number): Promise<Engine> {
  if (!inNode()) throw new GraphError("the native engine runs in Node only.");
  // Hidden from bundlers, which must not follow the import into a browser's code.
  const name = "onnxruntime-node";
  let runtime: Runtime;
  try {
    const module = await import(/* @vite-ignore */ name);
    runtime = (module.default ?? module) as Runtime;
  } catch (error) {
    const reason = String((error as Error).message).split("\n")[0];
    throw new GraphError(`the native engine (${name}) does not load: ${reason}`);
  }
  return engineOver(runtime, {
    name,
    version: runtime.env.versions.node ?? "unknown",
    threads,
    writesInPlace: true,
    channelBlock: await findChannelBlock(runtime),
  });
}

async function loadWasm(threads: number): Promise<Engine> {
  const runtime = await importWasm();
  // Read when the module starts for the first time; later engines share its threads.
  runtime.env.wasm.numThreads ??= mayShareMemory() ? threads : 1;
  if (wasmPaths !== undefined) runtime.env.wasm.wasmPaths = wasmPaths;
  return engineOver(runtime, {
    name: "onnxruntime-web",
    version: runtime.env.versions.web ?? "unknown",
    threads: runtime.env.wasm.numThreads,
    writesInPlace: false,
    channelBlock: undefined,
  });
}

/** Node has a build of its own, which alone starts threads there; bundlers are to follow the other import only. */
async function importWasm(): Promise<Runtime> {
  const forNode = "onnxruntime-web";
  const module = inNode()
    ? await import(/* @vite-ignore */ forNode)
    : await import("onnxruntime-web/wasm");
  return module as unknown as Runtime;
}
