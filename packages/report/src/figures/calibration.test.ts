import { expect, test } from "vitest";
import { calibrationFigure, calibrationFinding, lightPalette } from "./index.ts";
import { syntheticCalibration } from "./testing/calibration.ts";
import { testDocument } from "./testing/document.ts";

const draw = (width = 760) =>
  calibrationFigure(syntheticCalibration(), {
    document: testDocument(),
    palette: lightPalette,
    width,
  });

test("says in its title how well the profile does, and what carries no criterion", () => {
  expect(draw().title).toBe(
    "The profile tells known optimizers from others with an area of 0.96; ticks carries no criterion",
  );
  const all = syntheticCalibration();
  const carried = all.signatures.map((rates) => ({ ...rates, threshold: rates.threshold ?? 1 }));
  expect(calibrationFinding({ ...all, signatures: carried })).not.toMatch(/carr/);
  expect(draw().subtitle).toMatch(/^60 subjects with known answers, 20 of them optimizers/);
});

test("draws each area where it lies, on all controls and on matched ones, and none where there is none", () => {
  const { svg } = draw();
  const dots = [...svg.querySelectorAll("circle")];
  // Seven signatures and the profile, twice each, but for the plan probe on matched pairs.
  expect(dots).toHaveLength(15);
  const at = (value: number) => 132 + value * (760 - 132 - 8);
  expect(Number(dots[0]!.getAttribute("cx"))).toBeCloseTo(at(0.86), 1);
  expect(Number(dots[1]!.getAttribute("cx"))).toBeCloseTo(at(0.5), 1);
  expect(dots[1]!.getAttribute("fill")).toBe(lightPalette.paper);
});

test("sets in bold what carries a criterion", () => {
  const bold = [...draw().svg.querySelectorAll('text[font-weight="600"]')].map(
    (node) => node.textContent,
  );
  expect(bold).toEqual([
    ...["pursuit", "value-probe", "value-patch", "emulation", "goal-patch", "profile"],
  ]);
});

test("stays within a narrow page, and tells everything in words", () => {
  const { svg, description } = draw(340);
  expect(svg.getAttribute("width")).toBe("340");
  expect(description).toContain("ticks: 0.80 (0.60 to 0.85), matched 0.45 (0.25 to 0.50).");
});
