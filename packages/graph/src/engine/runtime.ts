import type { DType, TypedArray } from "../core/dtype.ts";
import type { Engine, Session, Value, Values } from "./engine.ts";

/** The part of onnxruntime-common's interface that both builds of ONNX Runtime offer. */
export interface Runtime {
  readonly env: {
    readonly versions: Readonly<Record<string, string | undefined>>;
    readonly wasm: { numThreads?: number; wasmPaths?: unknown };
    logLevel?: string;
  };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<RuntimeSession>;
  };
}

interface RuntimeSession {
  readonly outputMetadata: readonly {
    readonly name: string;
    readonly isTensor: boolean;
    readonly type?: string;
    readonly shape?: readonly (number | string)[];
  }[];
  run(feeds: unknown, fetches: unknown): Promise<unknown>;
  release(): Promise<void>;
}

/** An engine over a loaded runtime. */
export function engineOver(
  runtime: Runtime,
  facts: Pick<Engine, "name" | "version" | "threads" | "writesInPlace" | "channelBlock">,
): Engine {
  const options = {
    executionProviders: [facts.name === "onnxruntime-node" ? "cpu" : "wasm"],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads: facts.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
  return {
    ...facts,
    async compile(model: Uint8Array): Promise<Session> {
      const session = await runtime.InferenceSession.create(model, options);
      return {
        outputs: session.outputMetadata.map(({ name, type, shape }) => ({ name, type, shape })),
        run: (feeds, fetches) => session.run(feeds, fetches) as Promise<Values>,
        release: () => session.release(),
      };
    },
    value(dtype: DType, data: TypedArray, shape: readonly number[]): Value {
      return new runtime.Tensor(dtype, data, shape) as Value;
    },
  };
}
