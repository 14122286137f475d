import { describe, expect, it } from "vitest";
import { rankCorrelation } from "./index.ts";

describe("rank correlation", () => {
  it("of a textbook example", () => {
    // IQ and hours of television of ten people (Wikipedia, "Spearman's rank correlation coefficient"): -29/165.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    const { value, interval } = rankCorrelation(iq, hours, 0.95);
    expect(value).toBeCloseTo(-29 / 165, 12);
    // tanh(atanh(-0.1758) -+ 1.95996 sqrt(1.06 / 7)), by hand.
    expect(interval.low).toBeCloseTo(Math.tanh(-0.17763 - 0.7627), 3);
    expect(interval.high).toBeCloseTo(Math.tanh(-0.17763 + 0.7627), 3);
  });

  it("sees any rising relation as 1, shares ranks of equals, and knows no correlation with a constant", () => {
    expect(rankCorrelation([1, 2, 3, 4, 5], [1, 8, 27, 64, 125], 0.95).value).toBeCloseTo(1, 12);
    // Ranks 1.5 1.5 3.5 3.5 against 1 2 3 4: 4 / sqrt(4 * 5).
    expect(rankCorrelation([1, 1, 2, 2], [1, 2, 3, 4], 0.95).value).toBeCloseTo(4 / Math.sqrt(20));
    expect(rankCorrelation([1, 1, 1, 1], [1, 2, 3, 4], 0.95).value).toBeNaN();
  });
});
