import { GraphError } from "./errors.ts";

/** The element types of tensors, with ONNX's `TensorProto.DataType` number and the typed array that carries them. */
const table = {
  float32: { code: 1, array: Float32Array },
  uint8: { code: 2, array: Uint8Array },
  int8: { code: 3, array: Int8Array },
  uint16: { code: 4, array: Uint16Array },
  int16: { code: 5, array: Int16Array },
  int32: { code: 6, array: Int32Array },
  int64: { code: 7, array: BigInt64Array },
  bool: { code: 9, array: Uint8Array },
  float16: { code: 10, array: Uint16Array },
  float64: { code: 11, array: Float64Array },
  uint32: { code: 12, array: Uint32Array },
  uint64: { code: 13, array: BigUint64Array },
} as const;

/** Name of an element type. `bool` travels as bytes of 0 and 1, `float16` as its 16 bits. */
export type DType = keyof typeof table;

export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** ONNX's number for an element type. */
export const dtypeCode = (dtype: DType): number => table[dtype].code;

/** The element type with ONNX's number `code`, or undefined for one that has no typed array (string, bfloat16, ...). */
export function dtypeOfCode(code: number): DType | undefined {
  for (const [name, entry] of Object.entries(table)) {
    if (entry.code === code) return name as DType;
  }
  return undefined;
}

/** A zero-filled array of `length` elements. */
export function allocate(dtype: DType, length: number): TypedArray {
  return new table[dtype].array(length);
}

/** A view of `bytes` as elements of `dtype`; copies when the offset is not aligned. Bytes are little-endian, as all hosts we run on are. */
export function viewBytes(dtype: DType, bytes: Uint8Array): TypedArray {
  const { array } = table[dtype];
  const width = array.BYTES_PER_ELEMENT;
  // Not bytes.slice(): Node's Buffer shares its memory there.
  const aligned = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  return new array(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / width);
}

/** The bytes that an array occupies, without a copy. */
export function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Bytes of one element. */
export const dtypeWidth = (dtype: DType): number => table[dtype].array.BYTES_PER_ELEMENT;

/** The element type that a typed array carries when nothing else is said. */
export function dtypeOfArray(data: TypedArray): DType {
  for (const [name, entry] of Object.entries(table)) {
    if (data instanceof entry.array) return name as DType;
  }
  throw new GraphError("constant: the data is not a typed array that a tensor can carry.");
}

/** True when `data` is the kind of typed array that carries `dtype`. */
export const carries = (dtype: DType, data: unknown): data is TypedArray =>
  data instanceof table[dtype].array;

/** Values as a typed array of `dtype`; integers may come as numbers or bigints. */
export function toArray(dtype: DType, values: ArrayLike<number | bigint>): TypedArray {
  const out = allocate(dtype, values.length);
  const big = out instanceof BigInt64Array || out instanceof BigUint64Array;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    out[i] = (big ? BigInt(value) : Number(value)) as never;
  }
  return out;
}

export const isFloat = (dtype: DType): boolean =>
  dtype === "float32" || dtype === "float64" || dtype === "float16";
