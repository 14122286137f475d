/** The sources that the lab rests on, from `docs/sources.yaml`. */
import { InputError } from "@mesascope/lab/core";
import { parse } from "yaml";
import { z } from "zod";

const text = z.string().trim().min(1);

/** A work that the lab rests on, as a record in `docs/sources.yaml`; words are ours. */
export const sourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: text,
  authors: z.array(text).min(1),
  type: z.enum(["paper", "preprint", "book", "thesis", "report", "software", "web page"]),
  year: z.number().int().min(1800).max(2100),
  venue: text,
  /** A stable identifier: what resolves it, and the name there. */
  identifier: z.strictObject({ scheme: z.enum(["arXiv", "DOI", "ISBN", "URL"]), value: text }),
  /** What it says, in our own words. */
  abstract: text,
  credibility: z.strictObject({
    /** 1: an unchecked claim; 3: argued in public, not reviewed; 5: reviewed and reproduced or proved. */
    score: z.number().int().min(1).max(5),
    /** Whether the score is the work's own or its venue's. */
    from: z.enum(["own", "venue"]),
    reason: text,
  }),
  /** What of it is kept here and since when; null where nothing is. */
  cached: z.strictObject({ what: text, when: z.iso.date() }).nullable(),
  /** Conditions on which it makes a claim, and whether that is the paper's own (`same`) or its opposite. */
  claims: z.array(
    z.strictObject({
      condition: text,
      says: z.enum(["same", "opposite"]),
      /** Left out where it is the condition's own claim. */
      claim: text.optional(),
    }),
  ),
  /** What in the lab uses it otherwise: a signature, a statistic, a solver. */
  used: z.array(text),
});

export const sourcesSchema = z
  .array(sourceSchema)
  .refine((sources) => new Set(sources.map(({ id }) => id)).size === sources.length, {
    message: "two sources have the same id",
  });

/** @throws InputError naming the place of what is wrong. */
export function sourcesFrom(text: string, place: string): z.infer<typeof sourcesSchema> {
  const read = sourcesSchema.safeParse(parse(text));
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw new InputError(`at '${issue.path.join(".")}': ${issue.message}`, { place });
}
