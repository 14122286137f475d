/** Points measured by studies 003 to 005, each with the toy model that they test: its budget, cost and ceiling. */
import type { StudyOutcome, ToyModelFindings } from "@mesascope/lab/studies";
import type { SeedValue } from "@mesascope/report/figures";

export interface Overlay {
  readonly id: string;
  /** For a list to choose from. */
  readonly title: string;
  /** P in bits. */
  readonly budget: number;
  readonly cost:
    | { readonly power: number }
    | { readonly table: readonly { readonly x: number; readonly bits: number }[] };
  readonly xMax: number;
  readonly ceiling: number;
  readonly mostInstances: number;
  readonly measured: readonly {
    readonly diversity: number;
    readonly values: readonly SeedValue[];
  }[];
  /** One sentence: what was done. */
  readonly note: string;
}

const methods = [
  { id: "best-of", title: "best of 2^P genomes" },
  { id: "truncation", title: "a population under selection" },
] as const;

const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Selection with counted bits (study 003): one overlay for each method and budget. */
export function meteredOverlays(outcome: StudyOutcome): Overlay[] {
  const rows = outcome.rows.filter((row) => row.final && row.measure === "metered.runTime");
  const budgets = distinct(rows.map(({ arm }) => Number(arm["budget"])));
  return methods.flatMap(({ id, title }) =>
    budgets.flatMap((budget) => {
      const own = rows.filter(({ arm }) => arm["method"] === id && arm["budget"] === budget);
      if (own.length === 0) return [];
      const diversities = distinct(own.map(({ arm }) => Number(arm["diversity"])));
      return [
        {
          ...{ id: `003-${id}-${budget}`, title: `Study 003: ${title}, P = ${budget}` },
          // As the study declares them: f(x) = x^2, entries of eight loci.
          ...{ budget, cost: { power: 2 }, xMax: 8, ceiling: 8, mostInstances: 128 },
          measured: diversities.map((diversity) => ({
            diversity,
            values: own
              .filter(({ arm }) => arm["diversity"] === diversity)
              .map(({ seed, value }) => ({ seed, value })),
          })),
          note: "Selection among random genomes, in which every bit is counted and nothing is fitted.",
        },
      ];
    }),
  );
}

/** Trained learners (studies 004 and 005): one overlay for each of the largest budgets. */
export function fittedOverlays(outcome: StudyOutcome, number: string): Overlay[] {
  const { conclusion } = outcome;
  if (conclusion?.id !== "toy-model") return [];
  const { cells, fits, ceiling } = conclusion.findings as unknown as ToyModelFindings;
  const fit = fits[0];
  if (!fit) return [];
  const xMax = fit.cost.at(-1)!.bits;
  return distinct(cells.map(({ update }) => update))
    .slice(-3)
    .map((update) => {
      const own = cells.filter((cell) => cell.update === update);
      return {
        id: `${number}-${update}`,
        title: `Study ${number}: trained learners, ${update.toLocaleString("en")} updates`,
        ...{ budget: fit.rate * update, xMax, ceiling, mostInstances: 2 ** 15 },
        cost: {
          table: fit.cost.map(({ bits, updates }) => ({ x: bits, bits: fit.rate * updates })),
        },
        measured: distinct(own.map(({ diversity }) => diversity)).map((diversity) => ({
          diversity,
          values: own
            .filter((cell) => cell.diversity === diversity)
            .map(({ seed, measured }) => ({ seed, value: measured })),
        })),
        note: `f and the exchange rate are those fitted to seed ${fit.seed} on fresh instances, before the points shown were run.`,
      };
    });
}
