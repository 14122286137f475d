/** Where a measure passes a level as a numeric factor grows, seed by seed, beside where that was predicted. */
import { z } from "zod";
import { groupBy } from "../../core/index.ts";
import type { Arm, Row } from "../types.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  measure: z.string().describe("`signature.part`, e.g. plasticity.share."),
  over: z.string().describe("The factor that grows; its levels are numbers above zero."),
  level: z.number().default(0.5).describe("The value that is passed."),
  predicted: z.string().describe("The measure that holds the predicted crossing."),
});

type Parameters = z.infer<typeof parameters>;

const without = (arm: Arm, factor: string): Arm =>
  Object.fromEntries(Object.entries(arm).filter(([name]) => name !== factor));

/**
 * log2 of where values first pass the level upwards, straight lines between the points; the first or the last point
 * where they are past it from the start, or never.
 */
export function firstPassage(
  points: readonly (readonly [log2: number, value: number])[],
  level: number,
): number {
  const sorted = [...points].sort((a, b) => a[0] - b[0]);
  const after = sorted.findIndex(([, value]) => value > level);
  if (after <= 0) return sorted.at(after)![0];
  const [[x0, y0], [x1, y1]] = [sorted[after - 1]!, sorted[after]!];
  return x0 + ((level - y0) / (y1 - y0)) * (x1 - x0);
}

export const crossing: Analysis<Parameters> = {
  id: "crossing",
  description:
    "Where a measure first passes a level as a factor grows, for each seed, by straight lines over log2 of the factor; and how many doublings that is off the prediction. A measure that is past the level at the first point, or never, counts as crossing at that end of the range.",
  parameters,
  conclude(_, rows, { measure, over, level, predicted }) {
    const final = rows.filter((row) => row.final && row.step === undefined);
    const own = final.filter((row) => row.measure === measure);
    const groups = groupBy(own, ({ arm, seed }) => JSON.stringify([without(arm, over), seed]));
    const expected = new Map(
      final
        .filter((row) => row.measure === predicted)
        .map((row) => [JSON.stringify([without(row.arm, over), row.seed]), row.value]),
    );
    const concluded = [...groups].flatMap(([name, group]): Row[] => {
      const { study, seed, arm } = group[0]!;
      const base = { study, run: "", seed, update: 0, samples: 0, final: true };
      const at = firstPassage(
        group.map((row) => [Math.log2(Number(row.arm[over])), row.value] as const),
        level,
      );
      const row = (part: string, value: number, unit: string): Row => ({
        ...base,
        arm: without(arm, over),
        unit,
        measure: `crossing.${part}`,
        value,
      });
      const wanted = expected.get(name);
      return [
        row("at", 2 ** at, over),
        ...(wanted === undefined
          ? []
          : [row("predicted", wanted, over), row("error", at - Math.log2(wanted), "doublings")]),
      ];
    });
    return { rows: concluded, findings: null };
  },
};
