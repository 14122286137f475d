/** What may stand in an address, checked before it is used. */
import { InputError } from "@mesascope/lab/core";
import type { Context } from "hono";
import { z } from "zod";

/** What was asked for is not here. */
export class Missing extends InputError {}

/** Ids of studies and runs are names of folders. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][\w.-]{0,199}$/, "is no id");

/**
 * The query of an address against a schema; unknown names are refused.
 * @throws InputError naming the parameter.
 */
export function queryOf<T extends z.ZodRawShape>(context: Context, shape: T) {
  const given = context.req.queries();
  const twice = Object.entries(given).find(([, values]) => values.length > 1);
  if (twice) throw new InputError(`'${twice[0]}' is given twice`, { place: "query" });
  return checked(z.strictObject(shape), context.req.query(), "query");
}

/** @throws InputError naming the part of `place` that is wrong. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new InputError(path.length > 0 ? `'${path.join(".")}': ${message}` : message, { place });
}

/** A parameter of the address that must be an id. @throws InputError otherwise. */
export const idIn = (context: Context, name: string): string =>
  checked(idSchema, context.req.param(name), name);
