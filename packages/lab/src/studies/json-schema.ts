/** JSON Schema of a study file, for editors. */
import { z } from "zod";
import type { Json } from "../core/index.ts";
import { studySchema } from "./schema.ts";

/** Draft 2020-12 schema, generated from the same zod schema that reads the files. */
export function studyJsonSchema(): Json {
  return z.toJSONSchema(studySchema, { io: "input" }) as Json;
}
