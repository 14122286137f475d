/**
 * What a learner finds with few instances, beside what the same learner reaches where there is nothing to memorize: a
 * low value says something of memory only in one that could have done better.
 */
import { z } from "zod";
import { groupBy, type Json } from "../../core/index.ts";
import type { Arm, Row } from "../types.ts";
import { firstPassage } from "./crossing.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  measure: z
    .string()
    .default("optimization-power.runTime")
    .describe("`signature.part` whose value with fresh instances is the control."),
  least: z
    .number()
    .positive()
    .describe("Value with fresh instances from which on a learner counts as able to reach it."),
  at: z
    .number()
    .default(0.5)
    .describe("Share of the value with fresh instances that is passed at the threshold in N."),
  also: z
    .array(z.string())
    .default([])
    .describe("Measures that are told again, as they are, of the learners that could reach it."),
});

type Parameters = z.infer<typeof parameters>;

/** A learner that falls short of the control's floor, and so is left out. */
interface Short {
  readonly arm: Arm;
  readonly seed: number;
  /** Its value with fresh instances. */
  readonly fresh: number;
}

/** The arm but for the number of instances. */
const learnerOf = ({ diversity: _, ...arm }: Arm): Arm => arm;

const partOf = (measure: string): string => measure.slice(measure.indexOf(".") + 1);

/** What is concluded of one learner with one seed that comes to `fresh` where there is nothing to memorize. */
function ofLearner(own: readonly Row[], fresh: number, { measure, at, also }: Parameters): Row[] {
  const { study, seed, arm } = own[0]!;
  const shares = own
    .filter((row) => row.measure === measure)
    .map((row) => ({ ...row, value: row.value / fresh, unit: "share of fresh" }));
  const points = shares.flatMap(({ arm: { diversity }, value }) =>
    typeof diversity === "number" ? [[Math.log2(diversity), value] as const] : [],
  );
  const again = own.filter((row) => also.includes(row.measure));
  return [
    ...shares.map((row) => ({ ...row, run: "", measure: "reachable.share" })),
    ...again.map((row) => ({ ...row, run: "", measure: `reachable.${partOf(row.measure)}` })),
    ...(points.length === 0
      ? []
      : [
          {
            ...{ study, run: "", arm: learnerOf(arm), seed, update: 0, samples: 0, final: true },
            measure: "reachable.threshold",
            value: firstPassage(points, at),
            unit: "log2 of N",
          },
        ]),
  ];
}

export const reachable: Analysis<Parameters> = {
  id: "reachable",
  description:
    "For each seed, a measure as a share of what the same learner reaches with fresh instances, where there is nothing to memorize; and the N at which that share is passed first, by straight lines over log2 N (a seed that is past it from the start, or never, counts at that end of the range). Seeds of learners that do not come to the stated level with fresh instances are left out, and named: they could not have found it with fewer instances either.",
  parameters,
  conclude(_, rows, given) {
    const final = rows.filter((row) => row.final && row.step === undefined);
    const learners = groupBy(final, ({ arm, seed }) => JSON.stringify([learnerOf(arm), seed]));
    const short: Short[] = [];
    const concluded = [...learners.values()].flatMap((own) => {
      const { arm, seed } = own[0]!;
      const control = own.find(
        (row) => row.measure === given.measure && row.arm["diversity"] === "fresh",
      );
      if (!control) return [];
      if (control.value >= given.least) return ofLearner(own, control.value, given);
      short.push({ arm: learnerOf(arm), seed, fresh: control.value });
      return [];
    });
    return { rows: concluded, findings: { short: short as unknown as Json } };
  },
};
