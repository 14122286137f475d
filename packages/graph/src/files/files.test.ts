import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphError } from "../core/errors.ts";
import { size } from "../core/shape.ts";
import { readNpz } from "./npz.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));

describe("npz", () => {
  it("reads what NumPy writes: orders, types, scalars, empty arrays", async () => {
    const arrays = await readNpz(file("exported/arrays.npz"));
    expect(arrays["columns"]).toEqual({
      shape: [2, 3],
      dtype: "float64",
      data: Float64Array.of(0, 1, 2, 3, 4, 5),
    });
    expect(arrays["flags"]).toEqual({ shape: [2], dtype: "bool", data: Uint8Array.of(1, 0) });
    expect(arrays["scalar"]).toEqual({ shape: [], dtype: "int32", data: Int32Array.of(7) });
    expect(arrays["empty"]).toEqual({ shape: [0, 4], dtype: "uint8", data: new Uint8Array() });
    // 1.5 in IEEE 754 half precision is 0x3e00.
    expect(arrays["half"]!.data).toEqual(Uint16Array.of(0x3e00));
  });

  it("says which element type it cannot read", async () => {
    await expect(readNpz(file("exported/unreadable.npz"))).rejects.toThrow(
      'readNpy: not an array that can be read: its element type is "<U2".',
    );
  });

  it("refuses damaged archives in a sentence", async () => {
    const bytes = file("exported/expected.npz");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.boolean(),
        async (at, value, cut) => {
          const damaged = cut ? bytes.slice(0, at) : bytes.with(at, value);
          try {
            await readNpz(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(GraphError);
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("safetensors", () => {
  const tensor = fc
    .tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.constantFrom("float32", "int64", "bool"))
    .chain(([shape, dtype]) =>
      fc.array(fc.nat(1), { minLength: size(shape), maxLength: size(shape) }).map((values) => ({
        shape,
        dtype: dtype as "float32" | "int64" | "bool",
        data:
          dtype === "float32"
            ? Float32Array.from(values)
            : dtype === "int64"
              ? BigInt64Array.from(values, BigInt)
              : Uint8Array.from(values),
      })),
    );

  it("gives back what was written, whatever the mixture of types", () => {
    const name = fc.string({ minLength: 1 }).filter((key) => !key.startsWith("__"));
    fc.assert(
      fc.property(fc.dictionary(name, tensor), (tensors) => {
        const read = readSafetensors(writeSafetensors(tensors, { made: "here" }));
        expect(read.tensors).toEqual({ ...tensors });
        expect(read.metadata).toEqual({ made: "here" });
      }),
    );
  });

  it("refuses damaged files in a sentence", () => {
    const bytes = file("golden/golden.safetensors").slice(0, 20_000);
    fc.assert(
      fc.property(fc.nat(19_999), fc.nat(255), (at, value) => {
        expect(() => readSafetensors(bytes.with(at, value))).toThrow(GraphError);
      }),
      { numRuns: 200 },
    );
  });
});
