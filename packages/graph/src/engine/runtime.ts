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

/**
 * Up to how many nodes ONNX Runtime's optimizations are used: their time grows with the square of the nodes (1.3 s for
 * 6,400, where compiling alone takes 0.3 s), and updates of trained graphs gain at most 6% by them.
 */
const optimizedUpTo = 1000;

/** An engine over a loaded runtime. */
export function engineOver(
  runtime: Runtime,
  facts: Pick<Engine, "name" | "version" | "threads" | "writesInPlace" | "channelBlock">,
): Engine {
  const options = {
    executionProviders: [facts.name === "onnxruntime-node" ? "cpu" : "wasm"],
    executionMode: "sequential",
    intraOpNumThreads: facts.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
  return {
    ...facts,
    async compile(model: Uint8Array, nodes = 0): Promise<Session> {
      const graphOptimizationLevel = nodes > optimizedUpTo ? "disabled" : "all";
      const session = await runtime.InferenceSession.create(model, {
        ...options,
        graphOptimizationLevel,
      });
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
