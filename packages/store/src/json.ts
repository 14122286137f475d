/** JSON as the store writes it: indented for people, with the numbers that JSON lacks spelled out. */
import { z } from "zod";

/** JSON text with a line for each value; NaN and the infinities become the strings of those names. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_, item: unknown) => spelled(item), 2)}\n`;
}

const spelled = (item: unknown): unknown =>
  typeof item === "number" && !Number.isFinite(item) ? String(item) : item;

/** A number as `toJson` writes it. */
export const numberSchema = z.union([
  z.number(),
  z.enum(["NaN", "Infinity", "-Infinity"]).transform((name) => Number(name)),
]);

/** What was read from a file, or one sentence about what is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly fault: string };

/** Reads JSON against a schema; `path` is named in the fault. */
export function fromJson<T>(bytes: Uint8Array, path: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { fault: `${path} is not valid JSON` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0]!;
  const place = issue.path.length > 0 ? ` at '${issue.path.join(".")}'` : "";
  return { fault: `${path} does not hold what it should${place}: ${issue.message}` };
}
