import { expect, test } from "vitest";
import type { Evidence } from "./overview.ts";
import { mainVerdict, standing, strongest } from "./standing.ts";

const found = (
  study: string,
  verdict: string,
  profile = "quick",
  condition = "diversity",
): Evidence =>
  ({
    condition,
    study,
    number: "001",
    profile,
    seeds: 3,
    verdict: { verdict },
  }) as unknown as Evidence;

test("a claim stands as the studies that decide say, where they agree", () => {
  expect(standing([], "diversity")).toBe("not studied");
  expect(standing([found("a", "supported", "quick", "power")], "diversity")).toBe("not studied");
  expect(standing([found("a", "undetermined")], "diversity")).toBe("open");
  expect(standing([found("a", "supported"), found("b", "undetermined")], "diversity")).toBe(
    "confirmed",
  );
  expect(standing([found("a", "supported"), found("b", "contradicted")], "diversity")).toBe("open");
  expect(standing([found("a", "contradicted")], "diversity")).toBe("contradicted");
});

test("what contradicts a prediction confirms its opposite", () => {
  expect(standing([found("a", "contradicted")], "diversity", "opposite")).toBe("confirmed");
  expect(standing([found("a", "supported")], "diversity", "opposite")).toBe("contradicted");
  expect(standing([found("a", "undetermined")], "diversity", "opposite")).toBe("open");
});

test("of one study the largest profile counts, in whatever order they come", () => {
  const full = found("a", "contradicted", "full");
  for (const evidence of [
    [found("a", "supported"), full],
    [full, found("a", "supported", "start")],
  ])
    expect(strongest(evidence, "diversity")).toEqual([full]);
  expect(mainVerdict([full], { id: "a", condition: "diversity" })).toBe(full);
  expect(mainVerdict([full], { id: "b", condition: "diversity" })).toBeUndefined();
});
