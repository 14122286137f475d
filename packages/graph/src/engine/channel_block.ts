/** Finds out whether ONNX Runtime has a blocked layout on this processor, and how large its blocks are. */
import { opset } from "../core/opset.ts";
import { encodeModel } from "../onnx/encode.ts";
import { irVersion } from "../onnx/schema.ts";
import type { Runtime } from "./runtime.ts";

const shape = [1, 16, 1, 2];
const value = (name: string) => ({ name, dtype: "float32", shape }) as const;

/** A model that puts 16 channels of 2 places into the blocked layout. */
const reordering = () =>
  encodeModel({
    irVersion,
    opsets: [
      { domain: "", version: opset },
      { domain: "com.microsoft.nchwc", version: 1 },
    ],
    producer: "mesascope",
    metadata: {},
    graph: {
      name: "blocked",
      nodes: [
        {
          op: "ReorderInput",
          domain: "com.microsoft.nchwc",
          name: "",
          inputs: ["x"],
          outputs: ["y"],
          attributes: {},
        },
      ],
      initializers: [],
      inputs: [value("x")],
      outputs: [value("y")],
      valueInfo: [],
    },
  });

/**
 * Channels in a block of ONNX Runtime's blocked layout on this processor (16 with AVX-512, 8 with AVX2), found by
 * looking at where elements are put; undefined where it has no such layout.
 */
export async function findChannelBlock(runtime: Runtime): Promise<number | undefined> {
  try {
    const session = await runtime.InferenceSession.create(reordering(), {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    const x = new runtime.Tensor(
      "float32",
      Float32Array.from({ length: 32 }, (_, i) => i),
      shape,
    );
    const { y } = (await session.run({ x }, ["y"])) as { y: { data: Float32Array } };
    await session.release();
    return [16, 8].find((block) =>
      y.data.every((element, at) => {
        const [channel, place] = [at % block, Math.floor(at / block) % 2];
        const first = block * Math.floor(at / (2 * block));
        return element === 2 * (first + channel) + place;
      }),
    );
  } catch {
    return undefined;
  }
}
