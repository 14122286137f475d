/** Reads the golden values (fixtures/golden) and compares with them. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { TensorValue } from "../core/attributes.ts";
import { readSafetensors } from "../files/safetensors.ts";

export interface GoldenCase {
  readonly name: string;
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
  readonly cotangents?: readonly string[];
  readonly grads?: Readonly<Record<string, string>>;
  readonly final?: Readonly<Record<string, string>>;
}

const folder = new URL("../../fixtures/golden/", import.meta.url);

export const goldenCases = (
  JSON.parse(readFileSync(new URL("golden.json", folder), "utf8")) as { cases: GoldenCase[] }
).cases;

const { tensors } = readSafetensors(readFileSync(new URL("golden.safetensors", folder)));

/** A golden tensor by its name in the file. */
export function golden(name: string): TensorValue {
  const value = tensors[name];
  if (value === undefined) throw new Error(`no golden tensor "${name}"`);
  return value;
}

export const goldenFloats = (name: string): Float32Array => golden(name).data as Float32Array;

/** max|a - b| <= relative * max|b| + 1e-6, with the place of the worst element in the message. */
export function expectClose(
  actual: ArrayLike<number>,
  wanted: ArrayLike<number>,
  label: string,
  relative = 1e-5,
): void {
  expect(actual.length, `${label}: number of elements`).toBe(wanted.length);
  let scale = 0;
  let worst = 0;
  let place = 0;
  for (let i = 0; i < wanted.length; i++) {
    scale = Math.max(scale, Math.abs(wanted[i]!));
    const distance = Math.abs(actual[i]! - wanted[i]!);
    if (!(distance <= worst)) {
      worst = distance;
      place = i;
    }
  }
  const message = `${label}: element ${place} is ${actual[place]}, golden ${wanted[place]}`;
  expect(worst, message).toBeLessThanOrEqual(relative * scale + 1e-6);
}
