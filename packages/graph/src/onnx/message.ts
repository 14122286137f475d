/** Reading protobuf messages from bytes that are not to be trusted. */
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { GraphError } from "../core/errors.ts";

type Handler = (reader: BinaryReader, wire: WireType) => void;

/**
 * Calls a handler for each field of a message; fields without one are handed as they are to `other`.
 * @throws GraphError when the bytes are not a message: `what` says what should have been one.
 */
export function readMessage(
  bytes: Uint8Array,
  what: string,
  handlers: Readonly<Record<number, Handler>>,
  other?: (raw: Uint8Array, field: number) => void,
): void {
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const start = reader.pos;
      const [number, wire] = reader.tag();
      const handler = handlers[number];
      if (handler !== undefined) handler(reader, wire);
      else {
        reader.skip(wire, number, 20);
        other?.(bytes.subarray(start, reader.pos), number);
      }
      if (reader.pos <= start || reader.pos > reader.len) throw new RangeError("premature EOF");
    }
  } catch (error) {
    if (error instanceof GraphError) throw error;
    throw new GraphError(
      `loadOnnx: ${what} is cut off or damaged at byte ${Math.min(reader.pos, reader.len)} (${(error as Error).message}).`,
    );
  }
}

function expectWire(found: WireType, wanted: WireType): void {
  if (found !== wanted) throw new RangeError(`wire type ${found} where ${wanted} belongs`);
}

/** Handler of a length-delimited field. */
export const onBytes =
  (take: (bytes: Uint8Array) => void): Handler =>
  (reader, wire) => {
    expectWire(wire, WireType.LengthDelimited);
    take(reader.bytes());
  };

export const onText =
  (take: (text: string) => void): Handler =>
  (reader, wire) => {
    expectWire(wire, WireType.LengthDelimited);
    take(reader.string());
  };

/** Handler of a whole number that has to be exact in double precision. */
export const onNumber =
  (take: (value: number) => void): Handler =>
  (reader, wire) => {
    expectWire(wire, WireType.Varint);
    take(exact(reader));
  };

/** A number as it is, exact or not. */
export const onBig =
  (take: (value: bigint) => void): Handler =>
  (reader, wire) => {
    expectWire(wire, WireType.Varint);
    take(BigInt(reader.int64()));
  };

function exact(reader: BinaryReader): number {
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is absurd`);
  return value;
}

/** Handler of a repeated scalar, packed or one by one. */
export function onEach<T>(wire: WireType, read: (reader: BinaryReader) => T, into: T[]): Handler {
  return (reader, found) => {
    if (found !== WireType.LengthDelimited) {
      expectWire(found, wire);
      into.push(read(reader));
      return;
    }
    const packed = new BinaryReader(reader.bytes());
    while (packed.pos < packed.len) into.push(read(packed));
    if (packed.pos > packed.len) throw new RangeError("premature EOF");
  };
}

export const readExact = exact;
export const readBig = (reader: BinaryReader): bigint => BigInt(reader.int64());
export { WireType };
