import { describe, expect, test } from "vitest";
import { diversityAxis, labelled, updateAxis } from "./axis.ts";
import { about, count, fixed, list } from "./format.ts";
import { niceTicks } from "./panel.ts";
import { spread, textWidth, wrap } from "./text.ts";

describe("numbers in words", () => {
  test("have true minus signs, and zero has none", () => {
    expect(fixed(-1.234)).toBe("−1.23");
    expect(fixed(-0.001)).toBe("0.00");
    expect(fixed(Number.NaN)).toBe("–");
  });

  test("are rounded to what prose bears", () => {
    expect(about(1138)).toBe("1,100");
    expect(about(1138, 3)).toBe("1,140");
    expect(about(47.3)).toBe("47");
    expect(about(3.14)).toBe("3.1");
    expect(count(1234567)).toBe("1,234,567");
  });

  test("lists", () => {
    expect(list(["a"])).toBe("a");
    expect(list(["a", "b", "c"])).toBe("a, b and c");
  });
});

describe("fitting text", () => {
  test("wraps between words, within the width", () => {
    const lines = wrap("the more distinct instances, the less tuning each can get", 120, 12);
    expect(lines.join(" ")).toBe("the more distinct instances, the less tuning each can get");
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
  });

  test("moves labels apart, keeps their order and stays within bounds", () => {
    const placed = spread([10, 11, 100, 99], 12, 0, 100);
    expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(12);
    expect(placed[2]! - placed[3]!).toBeGreaterThanOrEqual(12);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  });
});

describe("axes", () => {
  test("N is on a log2 scale, and fresh stands apart after a break", () => {
    const axis = diversityAxis([1, 1024, "fresh"]);
    expect(axis.position(1024) - axis.position(1)).toBe(10);
    expect(axis.gap![0]).toBeGreaterThan(axis.position(1024));
    expect(axis.gap![1]).toBeLessThan(axis.position("fresh"));
    expect(axis.ticks.map(({ label }) => label)).toEqual(["1", "1k", "fresh"]);
  });

  test("a threshold past the largest N lies in the break, since fresh has no place on the scale", () => {
    const axis = diversityAxis([1, 1024, "fresh"]);
    expect(axis.between(300)).toBeCloseTo(Math.log2(300));
    expect(axis.between(50_000)).toBeGreaterThan(axis.gap![0]);
    expect(axis.between(50_000)).toBeLessThan(axis.gap![1]);
  });

  test("labels that would touch are left out, the ends last", () => {
    const axis = diversityAxis([1, 4, 16, 64, 256, 1024, 2048, 4096, 16384, "fresh"]);
    const kept = labelled(axis, 160, 11).map(({ label }) => label);
    expect(kept).toContain("1");
    expect(kept).toContain("fresh");
    expect(kept.length).toBeLessThan(10);
  });

  test("a checkpoint before the first update has a place on the log scale", () => {
    const { position } = updateAxis([0, 100, 200]);
    expect(position(0)).toBe(position(100) - 1);
  });

  test("ticks are round numbers", () => {
    expect(niceTicks(0, 21.9, 4)).toEqual([0, 5, 10, 15, 20]);
    expect(niceTicks(-0.3, 0.3, 3)).toEqual([-0.2, 0, 0.2]);
  });
});
