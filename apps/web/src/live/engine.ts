/** The WebAssembly engine of a worker; nothing is loaded before a graph is first compiled. */
import { setWasmPaths } from "@mesascope/graph";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

setWasmPaths({ wasm });
