/** Reads and writes safetensors files (https://github.com/huggingface/safetensors#format). */
import type { TensorValue } from "../core/attributes.ts";
import { bytesOf, type DType, dtypeWidth, viewBytes } from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { size } from "../core/shape.ts";

const names: readonly (readonly [DType, string])[] = [
  ["float32", "F32"],
  ["float64", "F64"],
  ["float16", "F16"],
  ["int64", "I64"],
  ["int32", "I32"],
  ["int16", "I16"],
  ["int8", "I8"],
  ["uint64", "U64"],
  ["uint32", "U32"],
  ["uint16", "U16"],
  ["uint8", "U8"],
  ["bool", "BOOL"],
];

const headerLimit = 100_000_000;

/** A file of named tensors, with optional text metadata. Tensors lie in the order given, at offsets of 8 bytes. */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorValue>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = metadata === undefined ? {} : { __metadata__: metadata };
  // Wider elements first, so that every tensor is aligned without gaps, which the format does not allow.
  const entries = Object.entries(tensors).sort(
    ([, a], [, b]) => dtypeWidth(b.dtype) - dtypeWidth(a.dtype),
  );
  let offset = 0;
  for (const [name, { shape, dtype, data }] of entries) {
    if (name === "__metadata__" || size(shape) !== data.length) {
      throw new GraphError(
        `writeSafetensors: tensor "${name}" of ${data.length} elements does not have shape [${shape.join(", ")}].`,
      );
    }
    const code = names.find(([known]) => known === dtype)![1];
    header[name] = { dtype: code, shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(text);
  const length = Math.ceil(unpadded.length / 8) * 8;
  const out = new Uint8Array(8 + length + offset);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(unpadded, 8);
  out.fill(0x20, 8 + unpadded.length, 8 + length);
  let at = 8 + length;
  for (const [, { data }] of entries) {
    out.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return out;
}

export interface SafetensorsFile {
  readonly tensors: Record<string, { shape: number[]; dtype: DType; data: TensorValue["data"] }>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The named tensors of a file, copied out of it.
 * @throws GraphError when the bytes are not a safetensors file, naming the first fault.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const fail = (what: string): never => {
    throw new GraphError(`readSafetensors: not a safetensors file: ${what}.`);
  };
  if (bytes.length < 8) fail(`${bytes.length} bytes are too few`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > headerLimit || 8 + length > bytes.length) fail(`its header claims ${length} bytes`);
  const header = parseHeader(bytes.subarray(8, 8 + length), fail);
  const body = bytes.subarray(8 + length);
  const tensors: SafetensorsFile["tensors"] = {};
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") metadata = entry as Record<string, string>;
    else tensors[name] = readEntry(name, entry, body, fail);
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array, fail: (what: string) => never): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) {
      return header as Record<string, unknown>;
    }
  } catch {
    // Reported below, in our own words.
  }
  return fail("its header is not a JSON object");
}

function readEntry(
  name: string,
  entry: unknown,
  body: Uint8Array,
  fail: (what: string) => never,
): SafetensorsFile["tensors"][string] {
  const { dtype: code, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const dtype = names.find(([, known]) => known === code)?.[0];
  if (dtype === undefined) return fail(`tensor "${name}" has element type ${String(code)}`);
  const whole = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole(shape) || !whole(offsets) || offsets.length !== 2) {
    return fail(`tensor "${name}" has no shape or offsets`);
  }
  const [start, end] = offsets as [number, number];
  if (end > body.length || end - start !== size(shape) * dtypeWidth(dtype)) {
    return fail(`tensor "${name}" does not lie where it should`);
  }
  return { shape, dtype, data: viewBytes(dtype, new Uint8Array(body.subarray(start, end))) };
}
