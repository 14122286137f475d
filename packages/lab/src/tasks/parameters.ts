/** Parameters as they come from outside, checked against what a family declares. */
import { z } from "zod";
import { InputError, type TaskFamily, unknownName } from "../core/index.ts";

/**
 * The parameters of a family, with defaults filled in.
 * @throws InputError in one sentence: which parameter, what is wrong, and the nearest valid name.
 */
export function parseParameters<P>(
  family: Pick<TaskFamily<P>, "id" | "parameters">,
  given: unknown,
): P {
  const parsed = family.parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const place = `parameters of ${family.id}`;
  if (issue.code === "unrecognized_keys") {
    const message = unknownName("parameter", String(issue.keys[0]), namesOf(family.parameters));
    throw new InputError(message, { place });
  }
  const path = issue.path.join(".");
  throw new InputError(path ? `${path}: ${issue.message}` : issue.message, { place });
}

/** Names that the family's schema declares, for the hint at the nearest one. */
function namesOf(parameters: z.ZodType): readonly string[] {
  return Object.keys(z.toJSONSchema(parameters, { io: "input" }).properties ?? {});
}
