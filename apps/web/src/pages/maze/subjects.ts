/** The trained networks that the page comes with: `npm run subjects` trains them and writes the files. */
import { z } from "zod";

const probe = z.object({ intercept: z.number(), weights: z.array(z.number()).readonly() });

export const subjectsSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    /** File of its weights, beside this list. */
    weights: z.string(),
    /** Channels, and ticks that it was trained with. */
    width: z.number().int(),
    ticks: z.number().int(),
    /** Cells of the mazes that it was trained on, and how many different ones. */
    rows: z.number().int(),
    cols: z.number().int(),
    diversity: z.number().int(),
    updates: z.number().int(),
    /** Study and profile that it is a run of. */
    study: z.string(),
    profile: z.string(),
    seed: z.number().int(),
    /** Shares of mazes marked without a mistake: those of training, and new ones. */
    solved: z.object({ training: z.number(), novel: z.number() }),
    /** Shares of new mazes marked without a mistake, in time, later, and after the goal moved; see `endurance.ts`. */
    endurance: z.object({ trained: z.number(), later: z.number(), moved: z.number() }),
    probes: z.object({ plan: probe, near: probe }),
  }),
);

export type SubjectFile = z.infer<typeof subjectsSchema>[number];
