/** A measure where another one reaches a level along training, so that learners of different speed are compared at one. */
import { z } from "zod";
import { groupBy } from "../../core/index.ts";
import type { Row } from "../types.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  measure: z.string().describe("`signature.part` that is compared."),
  by: z.string().describe("`signature.part` that rises in training and is matched."),
  at: z.number().describe("The level of `by` at which learners are compared."),
});

interface Point {
  readonly value: number;
  readonly by: number;
}

/**
 * The value at the first crossing of the level, on the straight line between the checkpoints around it; that of the
 * first checkpoint where the level was passed before it; undefined where it is never reached.
 */
export function valueAt(points: readonly Point[], level: number): number | undefined {
  const after = points.findIndex(({ by }) => by >= level);
  if (after < 0) return undefined;
  const [a, b] = [points[after - 1], points[after]!];
  if (!a) return b.value;
  return a.value + ((level - a.by) / (b.by - a.by)) * (b.value - a.value);
}

export const matched: Analysis<z.infer<typeof parameters>> = {
  id: "matched",
  description:
    "A measure at the point of training at which another one first reaches a level, by a straight line between checkpoints. Runs that never reach it are left out, and counted.",
  parameters,
  conclude(_, rows, { measure, by, at }) {
    const whole = rows.filter(({ step }) => step === undefined);
    const runs = groupBy(whole, ({ run }) => run);
    const never: string[] = [];
    const concluded = [...runs].flatMap(([run, own]): Row[] => {
      const updates = groupBy(own, ({ update }) => update);
      const points = [...updates.keys()]
        .sort((a, b) => a - b)
        .flatMap((update) => {
          const found = (name: string) =>
            updates.get(update)!.find((row) => row.measure === name)?.value;
          const [value, matching] = [found(measure), found(by)];
          return value === undefined || matching === undefined ? [] : [{ value, by: matching }];
        });
      if (points.length === 0) return [];
      const value = valueAt(points, at);
      if (value === undefined) {
        never.push(run);
        return [];
      }
      const { study, seed, arm } = own[0]!;
      const { unit } = own.find((row) => row.measure === measure)!;
      return [
        {
          ...{ study, run: "", seed, arm, unit, value },
          ...{ update: 0, samples: 0, final: true },
          measure: "matched.value",
        },
      ];
    });
    return { rows: concluded, findings: { never } };
  },
};
