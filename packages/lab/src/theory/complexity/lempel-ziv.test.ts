import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lempelZivComplexity, lempelZivWords } from "./index.ts";

const bitsOf = (text: string) => [...text].map(Number);

/** The words by definition: each is lengthened while it occurs in what precedes its own last symbol. */
function byDefinition(text: string): string[] {
  const words: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    while (end < text.length && text.slice(0, end - 1).includes(text.slice(start, end))) end++;
    words.push(text.slice(start, end));
    start = end;
  }
  return words;
}

describe("Lempel-Ziv words", () => {
  it.each([
    // Lempel and Ziv 1976: 0 . 001 . 10 . 100 . 1000 . 101
    ["0001101001000101", 6],
    ["0", 1],
    ["00000000", 2],
    ["01010101", 3],
  ])("%s has %i", (text, words) => {
    expect(lempelZivWords(bitsOf(text))).toBe(words);
  });

  it("agree with the definition on any string", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("0", "1"), { minLength: 1, maxLength: 60 }),
        (symbols) => {
          const text = symbols.join("");
          expect(lempelZivWords(bitsOf(text))).toBe(byDefinition(text).length);
        },
      ),
    );
  });
});

describe("Lempel-Ziv complexity", () => {
  it("is log2 n for a constant string, and for no other", () => {
    expect(lempelZivComplexity(new Array(128).fill(0))).toBe(7);
    expect(lempelZivComplexity(new Array(128).fill(1))).toBe(7);
    expect(lempelZivComplexity([...new Array(127).fill(0), 1])).toBeGreaterThan(7);
  });

  it("is that of the string read backwards", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 40 }),
        (bits) => {
          expect(lempelZivComplexity([...bits].reverse())).toBe(lempelZivComplexity(bits));
        },
      ),
    );
  });
});
