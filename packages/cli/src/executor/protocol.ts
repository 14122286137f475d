/** What parent and child process tell each other; both sides check what they receive. */
import { plannedRunSchema } from "@mesascope/store";
import { z } from "zod";

const updates = z.number().int().min(0);

/** Parent to child. */
export const requestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run"),
    run: plannedRunSchema,
    /** Absolute path of the data folder. */
    data: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  /** Stop between updates and keep the state. */
  z.object({ type: z.literal("stop") }),
]);

/** Child to parent. */
export const replySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), updates }),
  /** Something that the user should know while the run goes on. */
  z.object({ type: z.literal("notice"), message: z.string() }),
  z.object({
    type: z.literal("ended"),
    outcome: z.discriminatedUnion("status", [
      z.object({ status: z.literal("complete") }),
      z.object({ status: z.literal("failed"), message: z.string() }),
      z.object({ status: z.literal("stopped"), updates }),
    ]),
  }),
]);

export type Request = z.infer<typeof requestSchema>;
export type Reply = z.infer<typeof replySchema>;
