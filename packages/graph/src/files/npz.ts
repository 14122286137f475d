/** Reads NumPy's files: arrays (.npy, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html) and archives of them (.npz). */
import type { TensorValue } from "../core/attributes.ts";
import { type DType, dtypeWidth, type TypedArray, viewBytes } from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { size } from "../core/shape.ts";

const dtypes: Readonly<Record<string, DType>> = {
  "<f2": "float16",
  "<f4": "float32",
  "<f8": "float64",
  "<i8": "int64",
  "<i4": "int32",
  "<i2": "int16",
  "|i1": "int8",
  "<u8": "uint64",
  "<u4": "uint32",
  "<u2": "uint16",
  "|u1": "uint8",
  "|b1": "bool",
};

/**
 * The array of an .npy file, in row-major order.
 * @throws GraphError when the bytes are not an .npy file or hold a type that tensors do not have.
 */
export function readNpy(bytes: Uint8Array): TensorValue {
  const fail = (what: string): never => {
    throw new GraphError(`readNpy: not an array that can be read: ${what}.`);
  };
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(1, 6)) !== "NUMPY") {
    return fail("it does not begin with NumPy's mark");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  if (wide && bytes.length < 12) return fail("its header is cut off");
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + length > bytes.length) return fail("its header is cut off");
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const code = /'descr': *'([^']*)'/.exec(header)?.[1] ?? "";
  const dtype = dtypes[code];
  const lengths = /'shape': *\(([^)]*)\)/.exec(header)?.[1];
  if (dtype === undefined) return fail(`its element type is "${code}"`);
  if (lengths === undefined) return fail("its header names no shape");
  const shape = lengths.split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  const body = bytes.subarray(start + length);
  if (!shape.every(Number.isSafeInteger) || body.length < size(shape) * dtypeWidth(dtype)) {
    return fail(`its ${body.length} bytes do not fill shape (${lengths})`);
  }
  const data = viewBytes(dtype, new Uint8Array(body.subarray(0, size(shape) * dtypeWidth(dtype))));
  const columnMajor = /'fortran_order': *True/.test(header);
  return { shape, dtype, data: columnMajor ? toRowMajor(data, shape) : data };
}

function toRowMajor(data: TypedArray, shape: readonly number[]): TypedArray {
  const out = data.slice();
  const strides: number[] = [];
  let stride = 1;
  for (const length of shape) {
    strides.push(stride);
    stride *= length;
  }
  const index = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[index.reduce((at, n, axis) => at + n * strides[axis]!, 0)]! as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return out;
}

/**
 * The arrays of an .npz archive by name, compressed or not.
 * @throws GraphError when the bytes are not such an archive, naming the first fault.
 */
export async function readNpz(bytes: Uint8Array): Promise<Record<string, TensorValue>> {
  const out: Record<string, TensorValue> = {};
  for (const entry of zipEntries(bytes)) {
    if (!entry.name.endsWith(".npy")) continue;
    out[entry.name.slice(0, -4)] = readNpy(await inflate(entry));
  }
  return out;
}

interface ZipEntry {
  readonly name: string;
  readonly compressed: boolean;
  readonly bytes: Uint8Array;
  readonly size: number;
}

const fail = (what: string): never => {
  throw new GraphError(`readNpz: not an archive that can be read: ${what}.`);
};

/** The files of a zip archive, from its directory at the end (PKWARE's APPNOTE.TXT, section 4.3). */
function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return fail("it has no directory");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) {
      return fail(`entry ${i} of its directory is cut off`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.push(zipEntry(bytes, view, at, name));
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

function zipEntry(bytes: Uint8Array, view: DataView, at: number, name: string): ZipEntry {
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const whole = view.getUint32(at + 24, true);
  const header = view.getUint32(at + 42, true);
  if (packed === 0xffffffff || whole === 0xffffffff || header === 0xffffffff) {
    return fail(`"${name}" is over 4 GB`);
  }
  if (method !== 0 && method !== 8) return fail(`"${name}" is packed by method ${method}`);
  if (header + 30 > bytes.length) return fail(`"${name}" is cut off`);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packed > bytes.length) return fail(`"${name}" is cut off`);
  const data = bytes.subarray(start, start + packed);
  return { name, compressed: method === 8, bytes: data, size: whole };
}

/** The unpacked bytes; no more than the directory promises are ever held. */
async function inflate(entry: ZipEntry): Promise<Uint8Array> {
  if (!entry.compressed) return entry.bytes;
  const source = new Blob([new Uint8Array(entry.bytes)]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      total += step.value.length;
      if (total > entry.size) return fail(`"${entry.name}" is longer than its directory says`);
      parts.push(step.value);
    }
  } catch (error) {
    if (error instanceof GraphError) throw error;
    return fail(`"${entry.name}" does not unpack`);
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
