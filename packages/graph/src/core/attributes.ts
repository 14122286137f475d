import type { DType, TypedArray } from "./dtype.ts";

/** A tensor held as a value: in a constant, an attribute, a file. */
export interface TensorValue {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** One attribute of an ONNX node. `raw` is an encoded `AttributeProto` that is re-emitted untouched (subgraphs and other rare kinds). */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly tensor: TensorValue }
  | { readonly raw: Uint8Array };

export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (value: number | boolean): Attribute => ({ int: Number(value) });
export const ints = (value: readonly number[]): Attribute => ({ ints: value });
export const float = (value: number): Attribute => ({ float: value });
export const text = (value: string): Attribute => ({ text: value });

/** An integer attribute, or `otherwise` where the node does not carry it. */
export function readInt(attributes: Attributes, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute !== undefined && "int" in attribute ? attribute.int : otherwise;
}

export function readFloat(attributes: Attributes, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute !== undefined && "float" in attribute ? attribute.float : otherwise;
}

export function readInts(attributes: Attributes, name: string): readonly number[] | undefined {
  const attribute = attributes[name];
  return attribute !== undefined && "ints" in attribute ? attribute.ints : undefined;
}

export function readText(attributes: Attributes, name: string, otherwise: string): string {
  const attribute = attributes[name];
  return attribute !== undefined && "text" in attribute ? attribute.text : otherwise;
}
