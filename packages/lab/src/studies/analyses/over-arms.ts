/** One number for several arms: the largest, the least or the mean of a measure over the levels of a factor. */
import { z } from "zod";
import { groupBy } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import type { Arm, Row } from "../types.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  measure: z.string().describe("`signature.part`, e.g. circuit.searching."),
  over: z.string().describe("The factor over whose levels one number is taken."),
});

const takes = {
  most: (values: readonly number[]) => Math.max(...values),
  least: (values: readonly number[]) => Math.min(...values),
  mean: (values: readonly number[]) => mean([...values]),
} as const;

function without(arm: Arm, factor: string): Arm {
  return Object.fromEntries(Object.entries(arm).filter(([name]) => name !== factor));
}

export const overArms: Analysis<z.infer<typeof parameters>> = {
  id: "over-arms",
  description: "The largest, the least and the mean of a measure over all levels of one factor.",
  parameters,
  conclude(_, rows, { measure, over }) {
    const own = rows.filter(
      (row) => row.final && row.step === undefined && row.measure === measure,
    );
    const groups = groupBy(own, ({ arm, seed }) => JSON.stringify([without(arm, over), seed]));
    const concluded = [...groups.values()].flatMap((group) =>
      Object.entries(takes).map(([name, take]): Row => {
        const { study, seed, arm, unit } = group[0]!;
        return {
          ...{ study, run: "", seed, unit, update: 0, samples: 0, final: true },
          arm: without(arm, over),
          measure: `over-arms.${name}`,
          value: take(group.map(({ value }) => value)),
        };
      }),
    );
    return { rows: concluded, findings: null };
  },
};
