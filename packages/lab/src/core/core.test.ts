import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  contentHash,
  createRegistry,
  hashWords,
  InputError,
  keyOf,
  nearestName,
  Random,
  split,
  threefry,
  wordsToHex,
} from "./index.ts";

describe("threefry", () => {
  // Known answers for 2x32, 20 rounds: kat_vectors of the Random123 distribution (Salmon et al. 2011).
  it.each([
    [0, 0, 0, 0, "6b20015999ba4efe"],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, "1cb996fcbb002be7"],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, "c4923a9c483df7a0"],
  ])("key %i %i, counter %i %i", (k0, k1, c0, c1, expected) => {
    expect(wordsToHex(threefry({ high: k0, low: k1 }, c0, c1))).toBe(expected);
  });
});

describe("keys", () => {
  it("gives the same child for the same path and different ones for different paths", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 50; seed++)
      for (const name of ["a", "b", "rollout"])
        for (let i = 0; i < 20; i++) {
          const child = wordsToHex(split(keyOf(seed), name, i));
          expect(child).toBe(wordsToHex(split(split(keyOf(seed), name), i)));
          seen.add(child);
        }
    expect(seen.size).toBe(50 * 3 * 20);
  });

  it("draws uniformly: mean and variance of [0, 1) within five standard errors", () => {
    const random = new Random(split(keyOf(3), "moments"));
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const u = random.uniform();
      sum += u;
      squares += u * u;
    }
    expect(Math.abs(sum / n - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n));
  });

  it("shuffles all 24 orders of four items about equally often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = new Random(split(keyOf(1), i)).shuffle([0, 1, 2, 3]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chi2 = [...counts.values()].reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(24);
    // 0.9999 quantile of chi squared with 23 degrees of freedom (tables): 57.4.
    expect(chi2).toBeLessThan(57.4);
  });

  it("refuses seeds that are not whole numbers", () => {
    expect(() => keyOf(-1)).toThrow("whole number");
    expect(() => keyOf(2.5)).toThrow("whole number");
  });
});

describe("canonical JSON", () => {
  it("does not depend on the order of keys and survives a round trip", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as never);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [true, null, "x"] })).toBe('{"a":[true,null,"x"],"b":1}');
  });

  it("hashes as SHA-256 of the text", () => {
    // printf '{}' | sha256sum
    expect(contentHash({})).toBe(
      "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    );
  });

  it("refuses what JSON cannot carry", () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(RangeError);
  });
});

describe("instance hashes", () => {
  it("tell apart sequences that differ in length or in one word", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 6 }),
        fc.array(fc.integer(), { maxLength: 6 }),
        (a, b) => {
          const same = a.length === b.length && a.every((word, i) => word === b[i]);
          expect(wordsToHex(hashWords(a)) === wordsToHex(hashWords(b))).toBe(same);
        },
      ),
    );
  });
});

describe("names", () => {
  it("finds the nearest one, or none", () => {
    expect(nearestName("grv", ["gru", "mlp", "table"])).toBe("gru");
    expect(nearestName("sedes", ["seeds", "study"])).toBe("seeds");
    expect(nearestName("zzzzzz", ["gru", "mlp"])).toBeUndefined();
  });

  it("are looked up with a clear error", () => {
    const registry = createRegistry("architecture", [{ id: "gru" }, { id: "mlp" }]);
    expect(registry.get("mlp").id).toBe("mlp");
    expect(() => registry.get("grv", "x.yaml:3:5")).toThrow(
      new InputError("unknown architecture 'grv'; did you mean 'gru'? Known: gru, mlp.", {
        place: "x.yaml:3:5",
      }),
    );
  });
});
