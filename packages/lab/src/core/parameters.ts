/** Parameters as they come from outside, checked against what their owner declares. */
import { z } from "zod";
import { InputError, unknownName } from "./errors.ts";

/**
 * The parameters of a family, an architecture or an algorithm, with defaults filled in.
 * @param place where they stand, for messages; the owner's id when left out.
 * @throws InputError in one sentence: which parameter, what is wrong, and the nearest valid name.
 */
export function parseParameters<P>(
  owner: { readonly id: string; readonly parameters: z.ZodType<P> },
  given: unknown,
  place = `parameters of ${owner.id}`,
): P {
  const parsed = owner.parameters.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt name also leaves one missing; the misspelling is what to say.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  if (issue.code === "unrecognized_keys") {
    const message = unknownName("parameter", issue.keys[0]!, parameterNames(owner.parameters));
    throw new InputError(message, { place });
  }
  const path = issue.path.join(".");
  throw new InputError(path ? `${path}: ${issue.message}` : issue.message, { place });
}

/** Names that a schema declares. */
export function parameterNames(parameters: z.ZodType): readonly string[] {
  return Object.keys(z.toJSONSchema(parameters, { io: "input" }).properties ?? {});
}
