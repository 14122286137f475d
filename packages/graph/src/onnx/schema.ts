/** The part of ONNX's messages that this package reads and writes; field numbers are in `fields.ts`. */
import type { Attributes, TensorValue } from "../core/attributes.ts";
import type { DType } from "../core/dtype.ts";

/** ONNX's file format version that goes with the operator set of graphs built here. */
export const irVersion = 8;

/** Most bytes of a model: what protocol buffers allow, and what ONNX Runtime takes in one piece. */
export const sizeLimit = 2 ** 31 - 1;

/** A name with its type; a length is undefined where the file leaves it open, a string where it names it. */
export interface ValueDef {
  readonly name: string;
  /** Undefined for what is not a tensor of a type that typed arrays carry (sequences, strings, ...). */
  readonly dtype: DType | undefined;
  readonly shape: readonly (number | string | undefined)[] | undefined;
  /** The encoded `ValueInfoProto` of an imported value, re-emitted untouched. */
  readonly raw?: Uint8Array;
}

export interface NodeDef {
  readonly op: string;
  readonly domain: string;
  readonly name: string;
  /** "" stands for an operand that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface InitializerDef {
  readonly name: string;
  /** The value, or for imported kinds that we do not read, the encoded `TensorProto`. */
  readonly value: TensorValue | Uint8Array;
}

export interface GraphDef {
  readonly name: string;
  readonly nodes: readonly NodeDef[];
  readonly initializers: readonly InitializerDef[];
  readonly inputs: readonly ValueDef[];
  readonly outputs: readonly ValueDef[];
  readonly valueInfo: readonly ValueDef[];
  /** Encoded fields that are kept but not read (sparse initializers, quantization annotations). */
  readonly rest?: readonly Uint8Array[];
}

export interface ModelDef {
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly producer: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: GraphDef;
  /** Encoded fields that are kept but not read (functions, training information). */
  readonly rest?: readonly Uint8Array[];
}
