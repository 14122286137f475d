/** Arrays of runs as safetensors, which the graph package reads and writes. */
import { readSafetensors, writeSafetensors } from "@mesascope/graph";
import type { NamedArrays } from "@mesascope/lab/core";
import type { ArrayCodec } from "@mesascope/store";

type ArrayData = NamedArrays[string]["data"];

function dtypeOf(data: ArrayData) {
  if (data instanceof Float32Array) return "float32" as const;
  return data instanceof Int32Array ? ("int32" as const) : ("int64" as const);
}

/** @throws from `decode` for bytes that are no safetensors file, or one of other than 32-bit floats and integers. */
export const safetensorsCodec: ArrayCodec = {
  encode: (arrays) =>
    writeSafetensors(
      Object.fromEntries(
        Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          { shape, data, dtype: dtypeOf(data) },
        ]),
      ),
    ),
  decode: (bytes) =>
    Object.fromEntries(
      Object.entries(readSafetensors(bytes).tensors).map(([name, { shape, dtype, data }]) => {
        if (
          data instanceof Float32Array ||
          data instanceof Int32Array ||
          data instanceof BigInt64Array
        )
          return [name, { shape, data }];
        throw new Error(`tensor '${name}' is of type ${dtype}, which no run keeps`);
      }),
    ),
};
