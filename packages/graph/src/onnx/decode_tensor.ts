import type { TensorValue } from "../core/attributes.ts";
import {
  type DType,
  dtypeOfCode,
  dtypeWidth,
  type TypedArray,
  toArray,
  viewBytes,
} from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { field } from "./fields.ts";
import {
  onBytes,
  onEach,
  onNumber,
  onText,
  readBig,
  readExact,
  readMessage,
  WireType,
} from "./message.ts";

/** Bytes of external data files by the location that the model names. */
export type ExternalData = Readonly<Record<string, Uint8Array>>;

export interface DecodedTensor {
  readonly name: string;
  /** The value, or the encoded message for element types that typed arrays do not carry. */
  readonly value: TensorValue | Uint8Array;
}

interface Parts {
  readonly dims: number[];
  readonly floats: number[];
  readonly int32s: number[];
  readonly int64s: bigint[];
  readonly doubles: number[];
  readonly uint64s: bigint[];
  readonly external: Map<string, string>;
  code: number;
  name: string;
  raw: Uint8Array | undefined;
  location: number;
}

/**
 * A `TensorProto`, with external data taken from `files`.
 * @throws GraphError when it holds more or fewer elements than its shape claims, or its file is missing.
 */
export function decodeTensor(bytes: Uint8Array, files: ExternalData): DecodedTensor {
  const parts = readParts(bytes);
  const { name, dims } = parts;
  const label = `tensor "${name}" ${show(dims)}`;
  const dtype = dtypeOfCode(parts.code);
  const external = parts.location === 1;
  if (dtype === undefined) {
    if (external) {
      throw new GraphError(
        `loadOnnx: ${label} keeps elements of type ${parts.code} in a file, which is not supported.`,
      );
    }
    return { name, value: bytes };
  }
  const count = elementCount(dims, label);
  const data = external
    ? viewBytes(dtype, externalBytes(parts, files, label, count * dtypeWidth(dtype)))
    : inlineData(parts, dtype, label);
  if (data.length !== count) {
    throw new GraphError(`loadOnnx: ${label} of ${dtype} holds ${data.length} elements.`);
  }
  return { name, value: { shape: dims, dtype, data } };
}

function elementCount(dims: readonly number[], label: string): number {
  let count = 1;
  for (const length of dims) {
    count *= length;
    if (length < 0 || count > 2 ** 31)
      throw new GraphError(`loadOnnx: ${label} has an absurd shape.`);
  }
  return count;
}

function readParts(bytes: Uint8Array): Parts {
  const f = field.tensor;
  const parts: Parts = {
    dims: [],
    floats: [],
    int32s: [],
    int64s: [],
    doubles: [],
    uint64s: [],
    external: new Map(),
    code: 0,
    name: "",
    raw: undefined,
    location: 0,
  };
  readMessage(bytes, "a tensor", {
    [f.dims]: onEach(WireType.Varint, readExact, parts.dims),
    [f.dataType]: onNumber((value) => {
      parts.code = value;
    }),
    [f.floatData]: onEach(WireType.Bit32, (r) => r.float(), parts.floats),
    [f.int32Data]: onEach(WireType.Varint, (r) => r.int32(), parts.int32s),
    [f.int64Data]: onEach(WireType.Varint, readBig, parts.int64s),
    [f.doubleData]: onEach(WireType.Bit64, (r) => r.double(), parts.doubles),
    [f.uint64Data]: onEach(WireType.Varint, (r) => BigInt(r.uint64()), parts.uint64s),
    [f.name]: onText((value) => {
      parts.name = value;
    }),
    [f.rawData]: onBytes((value) => {
      parts.raw = value;
    }),
    [f.externalData]: onBytes((entry) => readEntry(entry, parts.external)),
    [f.dataLocation]: onNumber((value) => {
      parts.location = value;
    }),
  });
  return parts;
}

/** Reads one `StringStringEntryProto` into a map. */
export function readEntry(bytes: Uint8Array, into: Map<string, string>): void {
  let key = "";
  let value = "";
  readMessage(bytes, "an entry", {
    [field.entry.key]: onText((text) => {
      key = text;
    }),
    [field.entry.value]: onText((text) => {
      value = text;
    }),
  });
  into.set(key, value);
}

function inlineData(parts: Parts, dtype: DType, label: string): TypedArray {
  if (parts.raw !== undefined) {
    if (parts.raw.length % dtypeWidth(dtype) !== 0) {
      throw new GraphError(`loadOnnx: ${label} of ${dtype} holds ${parts.raw.length} bytes.`);
    }
    return viewBytes(dtype, parts.raw);
  }
  if (dtype === "float32") return Float32Array.from(parts.floats);
  if (dtype === "float64") return Float64Array.from(parts.doubles);
  if (dtype === "int64") return BigInt64Array.from(parts.int64s);
  if (dtype === "uint64" || dtype === "uint32") return toArray(dtype, parts.uint64s);
  return toArray(dtype, parts.int32s);
}

function externalBytes(
  parts: Parts,
  files: ExternalData,
  label: string,
  wanted: number,
): Uint8Array {
  const location = parts.external.get("location") ?? "";
  const file = files[location];
  if (file === undefined) {
    throw new GraphError(
      `loadOnnx: ${label} is kept in the file "${location}", which is not given as external data.`,
    );
  }
  const offset = Number(parts.external.get("offset") ?? 0);
  const length = Number(parts.external.get("length") ?? wanted);
  if (!(offset >= 0 && length === wanted && offset + length <= file.length)) {
    throw new GraphError(
      `loadOnnx: ${label} should lie at bytes ${offset} to ${offset + length} of "${location}", which has ${file.length}.`,
    );
  }
  return file.subarray(offset, offset + length);
}
