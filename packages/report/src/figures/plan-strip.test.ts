import { expect, test } from "vitest";
import { lightPalette, planStripFigure } from "./index.ts";
import { testDocument } from "./testing/document.ts";
import { syntheticPlan } from "./testing/plan.ts";

const draw = (changes = {}) =>
  planStripFigure(
    { ...syntheticPlan(), ...changes },
    { document: testDocument(), palette: lightPalette, width: 600 },
  );

test("says in its title whether and when the way is found", () => {
  expect(draw().title).toBe("The way stands from tick 2 of 2 on");
  expect(draw({ solvedAt: undefined }).title).toBe("After 2 ticks the way is not marked");
  expect(draw({ most: undefined }).title).toBe("The subject marks the way at once");
});

test("draws heat in one hue, as strong as the value, and none on walls or where there is none", () => {
  const { svg } = draw();
  const heat = [...svg.querySelectorAll("g rect")];
  expect(new Set(heat.map((rect) => rect.getAttribute("fill")))).toEqual(
    new Set([lightPalette.runTime]),
  );
  // 3 + 5 of the subject (0.01 is not seen), 3 + 5 of the wave, 1 of the filling.
  expect(heat).toHaveLength(17);
  expect(heat.map((rect) => Number(rect.getAttribute("fill-opacity"))).slice(0, 3)).toEqual([
    0.9, 0.55, 0.3,
  ]);
});

test("draws start, goal and walls once in each of the five pictures", () => {
  const { svg } = draw();
  for (const kind of ["circle", "polygon", "g path"])
    expect(svg.querySelectorAll(kind)).toHaveLength(5);
});

test("covers every wall pixel and no other with bars", () => {
  const { svg } = draw();
  const bars = svg.querySelector("g path")!.getAttribute("d")!;
  const pixel = Number(svg.querySelector("g rect")!.getAttribute("width"));
  const covered = [...bars.matchAll(/M([\d.]+),([\d.]+)h([\d.]+)/g)].flatMap(([, x, y, length]) => {
    const [column, row, count] = [x, y, length].map((text) => Math.round(Number(text) / pixel));
    return Array.from({ length: count! }, (_, i) => row! * 5 + column! + i);
  });
  const walls = syntheticPlan().walls.flatMap((wall, i) => (wall ? [i] : []));
  expect(covered.sort((a, b) => a - b)).toEqual(walls);
});
