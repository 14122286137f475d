/** What runs graphs: ONNX Runtime, with native kernels or as WebAssembly, behind one small interface. */
import type { DType, TypedArray } from "../core/dtype.ts";

/** A tensor of the engine: passes from one run's outputs to the next run's inputs as it is. */
export interface Value {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

export type Values = Record<string, Value>;

/** What a session knows about one of its outputs; the shape has names where lengths are open. */
export interface OutputInfo {
  readonly name: string;
  readonly type: string | undefined;
  readonly shape: readonly (number | string)[] | undefined;
}

/** A compiled model. */
export interface Session {
  readonly outputs: readonly OutputInfo[];
  /** Computes outputs by name. Where `fetches` maps a name to a value, the result is written into that value. */
  run(
    feeds: Values,
    fetches: readonly string[] | Readonly<Record<string, Value | null>>,
  ): Promise<Values>;
  release(): Promise<void>;
}

export interface Engine {
  readonly name: "onnxruntime-node" | "onnxruntime-web";
  readonly version: string;
  /** Threads that one operation may use. */
  readonly threads: number;
  /** Why the native engine is not the one in use, when it was asked for or would have been chosen. */
  readonly fallback?: string;
  /** True when `run` writes into values given as fetches; the WebAssembly build ignores them. */
  readonly writesInPlace: boolean;
  /** Channels in one block of the layout that its convolutions are fastest in; undefined where it has none. */
  readonly channelBlock: number | undefined;
  /** @param nodes how many the model has, where that is known: large graphs are compiled without optimization. */
  compile(model: Uint8Array, nodes?: number): Promise<Session>;
  value(dtype: DType, data: TypedArray, shape: readonly number[]): Value;
}

/** Which engine to use: `native` and `wasm` insist, `auto` takes native kernels where they load. */
export type EngineChoice = "native" | "wasm" | "auto";

export interface EngineOptions {
  readonly engine?: EngineChoice;
  /** Threads for one operation. With 1, the default, results are the same bit for bit in every run. */
  readonly threads?: number;
}

/** Which engine runs graphs on this machine. */
export interface EngineInfo {
  readonly name: Engine["name"];
  readonly version: string;
  readonly threads: number;
  readonly fallback?: string;
}
